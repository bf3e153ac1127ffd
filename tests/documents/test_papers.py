"""Papers: rendered whatever the words are, issued once and never changed, revoked for good, checked by anybody."""

import hashlib
import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ppks.audit.models import Look
from ppks.documents import codes, papers, setting
from ppks.documents.kinds import KINDS
from ppks.documents.kinds.shared import plain, printed, shaped
from ppks.documents.letterheads import Letterhead
from ppks.documents.letters import MISSING, printable
from ppks.documents.models import Paper, Revocation
from tests.documents.written import SAMPLES, lines
from tests.office import door, refused, sql
from tests.people import BOJONEGORO, TUBAN, member

pytestmark = pytest.mark.django_db
NUMBER = "400.9/123/107.3/2026"
TYPST = '"#panic() #read("main.typ") $x^2$ *b* _i_ `c` @nama <l> \\ // /* ~ -- [x] {y} = + - #eval("1")'
FOREIGN = "שלום مرحبا 😀 日本語 ꦲꦤ ש\u0651\u05b0 \u202eyad \u0000\x07 e\u0301 \ud800 \ufeff"
TEXTS = {"typst": TYPST, "foreign": FOREIGN, "one long word": "x" * 5_000, "many words": "kata " * 1_000, "empty": "",
         "lines": "a\n\n\r\nb\n"}  # fmt: skip


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "surat"


def with_text(value, text: str, most: int = 2):
    """The data with every text replaced by this one, and lists cut short."""
    if isinstance(value, dict):
        return {name: with_text(one, text) for name, one in value.items()}
    if isinstance(value, list):
        return [with_text(one, text) for one in value[:most]]
    return text if isinstance(value, str) else value


def sheet(kind: str, data: dict) -> dict:
    return papers.sheet(
        kind, papers.read(kind, data), Letterhead.of(BOJONEGORO), number=NUMBER, code="7K2QD-0X9VB-M4T1H-Z8RNE"
    )


def issued(by, kind: str = "receipt", *, region_id: int | None = BOJONEGORO, **more) -> Paper:
    with door(by, write=True):
        return papers.issue(kind, SAMPLES[kind], region_id=region_id, by=by, number=NUMBER, **more)


def checked(browser, code: str) -> str:
    answer = browser.get(f"/periksa/{code}/")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_an_archivable_file_and_the_same_data_the_same_bytes(kind):
    first = papers.render(kind, SAMPLES[kind], region_id=BOJONEGORO, number=NUMBER)
    second = papers.render(kind, SAMPLES[kind], region_id=BOJONEGORO, number=NUMBER)

    assert first.startswith(b"%PDF-1.7")
    assert re.search(rb"pdfaid:part>2<.*pdfaid:conformance>A<", first, re.DOTALL)
    assert first == second


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", TEXTS)
def test_whatever_the_words_are_there_is_a_paper(kind, text):
    content = papers.render(kind, with_text(SAMPLES[kind], TEXTS[text]), number=TEXTS[text])

    assert content.startswith(b"%PDF-")


@pytest.mark.long
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_can_be_set(text):
    assert papers.render("independence_certificate", with_text(SAMPLES["independence_certificate"], text))


def test_an_annex_of_376_lines_goes_over_many_pages_and_adds_up():
    data = SAMPLES["decree_annex"] | {"lines": lines(376)}

    paper, pages = sheet("decree_annex", data), setting.images([sheet("decree_annex", data)], ppi=20)

    assert len(paper["data"]["lines"]) == 376
    assert (paper["data"]["total"], paper["data"]["total_words"]) == (
        "Rp1.315.500.000",
        "satu miliar tiga ratus lima belas juta lima ratus ribu rupiah",
    )
    assert len(pages) == 23


@pytest.mark.parametrize(
    ("amount", "spelt"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (11_111_111, "sebelas juta seratus sebelas ribu seratus sebelas rupiah"),
        (2_000_000_000, "dua miliar rupiah"),
    ],
)
def test_a_receipt_spells_its_amount(amount, spelt):
    data = papers.read("receipt", SAMPLES["receipt"] | {"amount": amount})

    assert printed(data, type(data))["amount_words"] == spelt


def test_amounts_days_and_numbers_are_written_as_offices_do():
    handover, ranking = (sheet(kind, SAMPLES[kind])["data"] for kind in ("handover_minutes", "ranking_reason"))

    assert (handover["weekday"], handover["day"], handover["total"]) == ("Kamis", "26 November 2026", "Rp3.000.000")
    assert handover["items"][1] | {"name": ""} == {
        "name": "", "count": "25", "unit": "meter", "price": "Rp22.000", "amount": "Rp550.000",
    }  # fmt: skip
    assert ranking["applications"] == "1.023"


def test_data_come_back_from_json_as_they_were():
    for kind, data in SAMPLES.items():
        read = papers.read(kind, data)
        assert shaped(KINDS[kind], plain(read)) == read


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"amount": "3.000.000"}, "Receipt"),
        ({"amount": True}, "Receipt"),
        ({"day": "kemarin"}, "isoformat"),
        ({"rahasia": 1}, "Receipt: rahasia"),
        ({"receiver": {"nama": "Ngatini"}}, "Party: nama, name"),
        ({"receiver": None}, "Receipt"),
    ],
)
def test_data_of_another_shape_are_refused_by_the_name_of_the_field(change, named):
    with pytest.raises(ValueError, match=named):
        papers.read("receipt", SAMPLES["receipt"] | change)


def test_what_no_font_has_leaves_a_mark_and_what_cannot_be_seen_goes():
    assert printable("a😀b\u202e\x00c\td") == f"a{MISSING}bc d"
    assert printable("x" * 30) == "\u200b".join(("x" * 12, "x" * 12, "x" * 6))


def test_a_paper_without_a_code_says_that_it_is_a_preview():
    preview, real = sheet("receipt", SAMPLES["receipt"]) | {"check": None}, sheet("receipt", SAMPLES["receipt"])

    assert setting.images([preview], ppi=20) != setting.images([real], ppi=20)
    assert real["check"]["url"].endswith("/periksa/7K2QD-0X9VB-M4T1H-Z8RNE/")


def test_each_office_has_its_own_letterhead_and_the_province_stands_in(province):
    assert Letterhead.of(BOJONEGORO).full_name == "Dinas Sosial Kabupaten Bojonegoro"
    assert Letterhead.of(None).full_name == "Dinas Sosial Provinsi Jawa Timur"
    Letterhead.objects.filter(region_id=BOJONEGORO).update(retired_on="2026-01-01")
    assert Letterhead.of(BOJONEGORO).full_name == "Dinas Sosial Provinsi Jawa Timur"
    Letterhead.objects.all().delete()
    assert Letterhead.of(BOJONEGORO).full_name == "Dinas Sosial Provinsi Jawa Timur"


def test_an_issued_paper_is_one_file_that_its_row_knows(browse, officer, ngatini):
    paper = issued(officer, subjects=[ngatini.identity_id])

    answer = browse(officer).get(f"/surat/{paper.pk}/")

    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == paper.sha256
    assert (paper.office, paper.number, paper.size) == ("Dinas Sosial Kabupaten Bojonegoro", NUMBER, len(content))
    assert answer.headers["Content-Disposition"] == 'inline; filename="receipt-400-9-123-107-3-2026.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Look.objects.get(page="paper_file").subject == ngatini.identity_id


def test_a_paper_is_reached_as_its_region_is(browse, officer):
    paper = issued(officer)

    who = ("provinsi", "bendahara", "kadinsos.bojonegoro", "tuban", "auditor", "upt")
    answers = [browse(member(name)).get(f"/surat/{paper.pk}/").status_code for name in who]

    assert answers == [200, 200, 200, 404, 403, 403]


@pytest.mark.parametrize(
    "damage", [lambda file: file.write_bytes(file.read_bytes() + b" "), lambda file: file.unlink()]
)
def test_a_paper_altered_on_disk_is_not_given_and_nobody_was_seen(browse, officer, own_folder, damage, ngatini):
    paper = issued(officer, subjects=[ngatini.identity_id])
    damage(next(own_folder.glob("*/*")))

    answer = browse(officer).get(f"/surat/{paper.pk}/")

    assert (answer.status_code, "tidak lagi sama dengan yang disimpan" in answer.content.decode()) == (409, True)
    assert not Look.objects.exists()


@pytest.mark.database_sensitive
def test_papers_and_revocations_never_change(officer, province):
    paper = issued(officer)
    with door(officer, write=True):
        papers.revoke(paper, by=officer, reason="Nama keliru.")

    for table in ("documents_paper", "documents_revocation"):
        for statement in (f"update {table} set by_id = by_id", f"delete from {table}"):
            with door(province, write=True), refused("permission denied"):
                sql(statement)
    with door(officer, write=True), refused("row-level security"):
        papers.issue("receipt", SAMPLES["receipt"], region_id=TUBAN, by=officer)
    with door(officer, write=True), refused("atas nama sendiri"):
        papers.issue("receipt", SAMPLES["receipt"], region_id=BOJONEGORO, by=province)


def test_a_paper_is_revoked_once_and_for_a_reason(officer):
    paper = issued(officer)

    with door(officer, write=True):
        for reason in ("", "  \n", "\x00"):
            with pytest.raises(ValidationError, match="alasan"):
                papers.revoke(paper, by=officer, reason=reason)
        papers.revoke(paper, by=officer, reason="Nama keliru.")
        with pytest.raises(ValidationError, match="sudah dicabut"):
            papers.revoke(paper, by=officer, reason="Lagi.")

    assert Revocation.objects.get().reason == "Nama keliru."


def test_who_does_not_reach_a_paper_cannot_revoke_it(officer, stranger):
    paper = issued(officer)

    with door(stranger, write=True), refused("row-level security"):
        Revocation.objects.create(paper=paper, by=stranger, reason="Bukan milik saya.")


def test_anybody_can_check_a_paper_and_learns_nothing_personal(browse, officer, ngatini):
    paper = issued(officer)
    spelt = paper.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    for code in (paper.code, spelt):
        html = checked(browse(), code)
        assert "Surat berlaku" in html
        for fact in ("Kwitansi", NUMBER, "26 November 2026", "Dinas Sosial Kabupaten Bojonegoro"):
            assert fact in html
        assert "Ngatini" not in html
        assert "Wahyu" not in html
    assert browse().get("/periksa/", {"kode": spelt}).url == f"/periksa/{paper.code}/"


def test_a_revoked_paper_says_so_and_not_why(browse, officer):
    paper = issued(officer)
    with door(officer, write=True):
        papers.revoke(paper, by=officer, reason="Penerima meninggal.")

    html = checked(browse(), paper.code)

    assert "Surat sudah dicabut" in html
    assert "meninggal" not in html


@pytest.mark.parametrize("code", ["7K2QD-0X9VB-M4T1H-Z8RNE", "x", "%00", ".....", "a" * 3000, "😀", "' or 1=1"])
def test_an_unknown_code_is_told_so_by_as_many_questions_as_a_known_one(
    browse, officer, django_assert_num_queries, code
):
    paper, browser = issued(officer), browse()
    checked(browser, paper.code)  # asks once whether this is a demo

    with django_assert_num_queries(7):
        checked(browser, paper.code)
    with django_assert_num_queries(7):
        html = checked(browser, code)

    assert "Surat tidak dikenal" in html


def test_codes_are_long_and_never_the_same():
    made = {codes.new_code() for _ in range(2_000)}

    assert len(made) == 2_000
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}", code) for code in made)
    assert all(codes.typed(code) == code for code in made)
