"""Decrees by their pages: picked, filled in, checked, enacted once or not at all, amended, discarded."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget import verifying
from grants.decrees.enacting import enact
from grants.models import ApplicationBalance, Decree, DecreeLine, Entry, Hold
from ppks.documents.models import Paper
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests import granting
from tests.crawling import rows_of_csv
from tests.documents.scanned import pdf
from tests.granting import MILLION, again, brought_to
from tests.grants import crowd
from tests.office import door
from tests.people import BOJONEGORO, member
from tests.test_figures import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
YEAR = dates.today().year


@pytest.fixture(scope="module")
def call(world):
    return granting.call(granting.allocation().line)


@pytest.fixture(scope="module")
def two(call):
    return [brought_to(Status.NOMINATED, call) for _ in range(2)]


@pytest.fixture
def nominees(two, db):
    return [granting.again(one) for one in two]


def seen(page) -> str:
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def enacted(browse, decree: Decree):
    """The head's way through the check page."""
    browser, url = browse(member("kepala")), f"/hibah/sk/{decree.pk}/tetapkan/"
    return browser.post(url, {"seen": seen(browser.get(url))})


def test_from_nominees_to_an_enacted_decree(browse, pptk, nominees):
    browser = browse(pptk)
    url = browser.post("/hibah/sk/baru/", {"subject": "Penerima bantuan usaha", "year": YEAR})["Location"]
    decree = Decree.objects.get()
    assert url == f"/hibah/sk/{decree.pk}/pilih/"

    page = browser.get(url).content.decode()
    assert "Terpilih 2 orang, jumlah Rp6.000.000" in page
    counted = browser.post(url, {"usulan": [nominees[0].pk], "step": "count"}).content.decode()
    assert "Terpilih 1 orang, jumlah Rp3.000.000" in counted
    assert not decree.lines.exists()
    browser.post(url, {"usulan": [one.pk for one in nominees]})
    paper = {"subject": decree.subject, "number": "188/77/KPTS", "signed_on": "1/1/2026", "stated_total": "6.000.000"}
    browser.post(f"/hibah/sk/{decree.pk}/isi/", paper | {"scan": SimpleUploadedFile("sk.pdf", pdf())})
    answer = enacted(browse, decree)

    decree = Decree.objects.get()
    assert answer.status_code == 302
    assert (decree.status, decree.number, decree.scan.region_id) == ("enacted", "188/77/KPTS", None)
    assert [again(one).status for one in nominees] == [Status.DECREED] * 2
    assert ApplicationBalance.objects.filter(committed=3 * MILLION).count() == 2
    assert decree.annex == Paper.objects.get(kind="decree_annex", number="188/77/KPTS")
    assert list(verifying.differences()) == []


@pytest.mark.parametrize(
    ("who", "annex"),
    [("kepala", "Buka lampiran yang diterbitkan"), ("bojonegoro", "ada pada dinas sosial provinsi"), ("auditor", "")],
)
def test_the_annex_is_offered_to_whom_it_opens_alone(browse, nominees, who, annex):
    """It names people of every kab/kota."""
    decree = granting.decree_of(*nominees)
    enacted(browse, decree)
    browser = browse(member(who))
    page = browser.get(f"/hibah/sk/{decree.pk}/").content.decode()

    told = re.search(r"<dt>Lampiran</dt><dd>(.*?)</dd>", page)
    links = re.findall(r'href="(/surat/\d+/|/berkas/[^"]+)"', page)

    assert (re.sub("<.*?>", "", told[1]) if told else "") == annex
    assert [browser.get(link).status_code for link in links] == [200] * len(links)
    assert bool(links) == (who == "kepala")


def test_enacting_twice_is_enacting_once(browse, nominees):
    decree = granting.decree_of(*nominees)
    browser, url = browse(member("kepala")), f"/hibah/sk/{decree.pk}/tetapkan/"
    typed = {"seen": seen(browser.get(url))}

    answers = [browser.post(url, typed).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Entry.objects.count() == 2
    assert Paper.objects.filter(kind="decree_annex").count() == 1


def test_a_draft_that_changed_since_it_was_checked_is_not_enacted(browse, pptk, nominees):
    decree = granting.decree_of(*nominees)
    browser, url = browse(member("kepala")), f"/hibah/sk/{decree.pk}/tetapkan/"
    typed = {"seen": seen(browser.get(url))}
    paper = {"subject": "Hal lain", "number": decree.number, "signed_on": "1/1/2026", "stated_total": "6.000.000"}
    browse(pptk).post(f"/hibah/sk/{decree.pk}/isi/", paper)

    page = browser.post(url, typed).content.decode()

    assert "berubah sejak Anda memeriksanya" in page
    assert Decree.objects.get().status == "draft"
    assert not Entry.objects.exists()


def _held(application):
    by = member("pptk")
    with door(by, write=True):
        Hold.objects.create(application=application, reason="Aduan warga", by=by)


def _withdrawn(application):
    by = member("bojonegoro")
    with door(by, write=True):
        APPLICATION.make("withdraw", application, by=by, note="Pindah kerja")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"number": " "}, "Nomor SK belum diisi."),
        ({"signed_on": None}, "Tanggal SK belum diisi."),
        ({"stated_total": 6_000_001}, "Jumlah menurut SK Rp6.000.001, sedangkan jumlah lampiran Rp6.000.000."),
        ({"scan": None}, "Pindaian SK yang ditandatangani belum diunggah."),
        (_held, "{one} sedang ditahan: Aduan warga"),
        (_withdrawn, "{one} tidak di daftar nominatif lagi"),
    ],
)
def test_what_is_not_in_order_is_said_with_its_line_and_nothing_moves(browse, nominees, spoil, sentence):
    decree = granting.decree_of(*nominees, **(spoil if isinstance(spoil, dict) else {}))
    if callable(spoil):
        spoil(nominees[1])

    answer = enacted(browse, decree)

    assert answer.status_code == 200
    assert sentence.format(one=nominees[1]) in answer.content.decode()
    assert Decree.objects.get().status == "draft"
    assert not Entry.objects.exists()
    assert not Paper.objects.exists()


def test_who_verified_a_line_cannot_enact_and_reads_which(browse, verifier, nominees):
    decree = granting.decree_of(*nominees)
    verifier.role = "head"
    verifier.save()
    browser, url = browse(member("verifikator")), f"/hibah/sk/{decree.pk}/tetapkan/"

    page = browser.post(url, {"seen": seen(browser.get(url))}).content.decode()

    assert f"{nominees[0]}: Anda sudah memverifikasi pada usulan ini" in page
    assert Decree.objects.get().status == "draft"


def test_nobody_of_another_year_or_station_is_picked_by_a_bent_form(browse, pptk, call, nominees):
    decree = granting.decree_of(nominees[0])
    stranger = brought_to(Status.VERIFIED, call)

    page = browse(pptk).post(f"/hibah/sk/{decree.pk}/pilih/", {"usulan": [stranger.pk, "x", "9" * 30]})

    assert "tidak lagi dapat dipilih" in page.content.decode()
    assert list(DecreeLine.objects.values_list("application", flat=True)) == [nominees[0].pk]


def test_an_amendment_releases_one_grant_lowers_another_and_tells_who_waits(browse, pptk, call, nominees):
    for one in nominees:
        granting.decreed(one)
    waiting = granting.scored(brought_to(Status.VERIFIED, call))
    with door(pptk, write=True):
        APPLICATION.make("waitlist", waiting, by=pptk)
    first = Decree.objects.order_by("pk").first()
    line, url = nominees[0], f"/hibah/sk/{first.pk}/perubahan/"

    missing = browse(pptk).post(url, {"subject": "Perubahan", f"a{line.pk}": "0"})
    assert "Tulis alasan perubahannya" in missing.content.decode()
    foreign = browse(pptk).post(url, {"subject": "Perubahan", f"a{nominees[1].pk}": "0", f"r{nominees[1].pk}": "x"})
    assert "Belum ada baris yang diubah" in foreign.content.decode()
    browse(pptk).post(url, {"subject": "Perubahan", f"a{line.pk}": "0", f"r{line.pk}": "Meninggal"})
    amendment = Decree.objects.get(amends=first)
    page = browse(pptk).get(f"/hibah/sk/{amendment.pk}/").content.decode()
    assert "Sebelumnya" in page
    filled = {"number": "188/2/PERUBAHAN", "signed_on": dates.today(), "stated_total": 0, "scan": first.scan}
    Decree.objects.filter(pk=amendment.pk).update(**filled)
    enacted(browse, amendment)

    assert again(line).status == Status.CANCELLED
    assert ApplicationBalance.objects.get(application=line).committed == 0
    assert Notice.objects.filter(user=pptk, key__startswith=f"decree:{amendment.pk}:released:").count() == 1
    assert list(verifying.differences()) == []


def test_a_discarded_draft_gives_its_people_back(browse, pptk, nominees):
    decree = granting.decree_of(*nominees)
    browser = browse(pptk)

    browser.post(f"/hibah/sk/{decree.pk}/buang/", {"note": ""})
    assert Decree.objects.get().status == "draft"
    browser.post(f"/hibah/sk/{decree.pk}/buang/", {"note": "Salah tahun"})

    assert Decree.objects.get().status == "discarded"
    assert "2 orang di daftar nominatif" in browser.get("/hibah/sk/baru/").content.decode()
    for form in ("pilih", "isi"):
        assert browser.post(f"/hibah/sk/{decree.pk}/{form}/").status_code == 302


@pytest.mark.long
@pytest.mark.parametrize("who", ["provinsi", "bojonegoro", "auditor"])
def test_numbers_of_decrees_open_their_rows(browse, nominees, who):
    granting.decreed(*nominees)
    walk = Walk(browse(member(who)))

    for url in ("/hibah/sk/", "/hibah/sk/lampiran/", f"/hibah/sk/{Decree.objects.get().pk}/"):
        walk.check(url)
    walk.check_files("csv", rows_of_csv)

    assert walk.wrong == []


def test_a_region_reaches_a_decree_only_through_its_own_people(browse, stranger, nominees):
    (decree,) = {one.decree_lines.get().decree for one in granting.decreed(*nominees)}

    assert browse(stranger).get(f"/hibah/sk/{decree.pk}/").status_code == 404
    assert "Penerima bantuan usaha" not in browse(stranger).get("/hibah/sk/").content.decode()


@pytest.mark.long
def test_a_decree_of_376_lines_takes_few_statements(head, django_assert_max_num_queries):
    of = granting.call(granting.allocation(granting.line(ceiling=2_000 * MILLION), amount=1_200 * MILLION).line)
    decree = crowd.drafted(crowd.nominated(of, 376, [BOJONEGORO]))

    with door(head, write=True), django_assert_max_num_queries(60):
        enact(decree, by=head)

    assert Entry.objects.filter(kind="commit").count() == 376
    assert list(verifying.differences()) == []
