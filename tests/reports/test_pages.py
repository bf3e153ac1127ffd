"""Reports on screen, as rows, as workbook and on paper; closing by the province alone; queries that do not grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Person
from monitoring.models import Business
from monitoring.reports.models import Edition
from monitoring.reports.periods import Period
from ppks.audit.models import Look
from ppks.kit import dates
from ppks.regions.models import Region
from tests.crawling import Page, printed_rows, rows_of_csv, rows_of_xlsx
from tests.kit.test_exporting import cells
from tests.people import BOJONEGORO, LAMONGAN, TUBAN, member
from tests.reports.making import MONTH, closed, declining, former, growing, on, seen, shut, stepped

pytestmark = pytest.mark.django_db
URL = f"/laporan/{MONTH.code}/"
EDITION = f"{URL}edisi/1/"
ROWS = f"/laporan/baris/?periode={MONTH.code}"


def read(browser, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


@pytest.fixture(scope="module")
def month(world):
    growing(), shut(), declining(TUBAN), growing(LAMONGAN)


def seal(browser) -> str:
    """The fingerprint on the check page."""
    return re.search(r'name="seen" value="(\w{64})"', read(browser, f"{URL}tutup/"))[1]


def test_the_province_checks_closes_and_sees_it_frozen(month, browse, province):
    browser = browse(province)
    assert "belum ditutup" in read(browser, URL)

    answer = browser.post(f"{URL}tutup/", {"seen": seal(browser)})

    assert (answer.status_code, answer.url) == (302, EDITION)
    page = read(browser, EDITION)
    assert "Semua angka hari ini masih sama" in page
    assert "oleh Rahmawati" in page
    assert "Definisi" in page or "definisinya" in page
    assert EDITION in read(browser, "/laporan/")


def test_the_same_form_sent_again_closes_nothing_more(month, browse, province):
    browser = browse(province)
    form = {"seen": seal(browser)}
    first, second = browser.post(f"{URL}tutup/", form), browser.post(f"{URL}tutup/", form)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Tulis alasan edisi perbaikan." in second.content.decode()
    assert Edition.objects.count() == 1


def test_a_page_that_was_overtaken_is_shown_again(month, browse, province):
    browser = browse(province)
    form = {"seen": seal(browser)}
    former(TUBAN)

    answer = browser.post(f"{URL}tutup/", form)

    assert answer.status_code == 422
    assert "Angkanya berubah sejak halaman ini dibuka" in answer.content.decode()
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("reason", ["", " ", "a\0b", "x" * 501])
def test_a_revision_without_words_that_can_be_kept_is_refused_in_a_sentence(month, browse, province, reason):
    closed()
    browser = browse(province)
    answer = browser.post(f"{URL}tutup/", {"seen": seal(browser), "reason": reason})

    assert answer.status_code == 422
    assert "Ada yang perlu diperbaiki" in answer.content.decode()
    assert Edition.objects.count() == 1


def test_a_revision_is_the_one_that_the_list_opens_and_the_first_stays(month, browse, province):
    closed()
    seen(Business.objects.get(region=TUBAN), on(25), 1_900_000)
    browser = browse(province)

    browser.post(f"{URL}tutup/", {"seen": seal(browser), "reason": "Kunjungan Tuban terlambat dikirim."})

    assert f"{URL}edisi/2/" in read(browser, "/laporan/")
    second = read(browser, f"{URL}edisi/2/")
    assert "Alasan edisi ini: Kunjungan Tuban terlambat dikirim." in second
    assert EDITION in second
    assert "Ada angka yang hari ini berbeda" in read(browser, EDITION)


def test_a_running_period_is_not_closed(browse, province):
    running = Period(dates.today().replace(day=1), 1)
    answer = browse(province).post(f"/laporan/{running.code}/tutup/", {"seen": "x"}, follow=True)

    assert "belum berakhir" in answer.content.decode()
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("who", ["verifikator", "kepala", "bojonegoro", "kadinsos.bojonegoro", "auditor"])
def test_others_read_and_close_nothing(month, browse, who):
    browser = browse(member(who))
    closed()
    for url in ("/laporan/", URL, EDITION, f"{EDITION}beda/"):
        assert "tutup/" not in read(browser, url)
    read(browser, f"{URL}tutup/", 403)


def test_a_kab_kota_sees_its_own_figures_and_rows(month, browse, officer):
    closed()
    browser = browse(officer)
    page = Page(read(browser, EDITION))
    assert {figure.figure for figure in page.figures if "usaha_semua" in figure.url} == {2}
    rows = read(browser, f"{ROWS}&ukuran=usaha_semua&edisi=1")
    assert (Page(rows).total, "Kab. Tuban" in rows) == (2, False)
    read(browser, f"{EDITION}?kab=35.23", 404)
    assert Page(read(browser, f"{ROWS}&ukuran=usaha_semua&edisi=1&kab=35.23")).total == 2


def test_what_comes_in_counts_at_the_next_look_and_a_new_name_is_told(month, browse, officer):
    def told(page: str) -> list[int]:
        return [figure.figure for figure in Page(page).figures if "kunjungan_semua" in figure.url]

    browser = browse(officer)
    before = read(browser, URL)
    seen(Business.objects.filter(region=BOJONEGORO).earliest("pk"), on(25), 1_900_000)
    Region.objects.filter(pk=BOJONEGORO).update(name="Bojonegoro Baru")
    after = read(browser, URL)

    assert (told(before), told(after)) == ([2], [3])
    assert "Kunjungan, selama periode, Kab. Bojonegoro</caption>" in before
    assert "Kunjungan, selama periode, Kab. Bojonegoro Baru</caption>" in after


def test_the_auditor_gets_initials(browse, auditor):
    growing()
    Person.objects.update(name="Sulastri Wulandari", initials="S. W.")
    closed()
    for edition in ("", "&edisi=1"):
        page = read(browse(auditor), f"{ROWS}&ukuran=usaha_semua{edition}")
        assert "S. W." in page
        assert "Sulastri" not in page


def test_looking_at_the_rows_is_written_down(month, browse, officer):
    closed()
    read(browse(officer), f"{ROWS}&ukuran=usaha_semua&edisi=1")
    subjects = set(Look.objects.filter(page="period_rows").values_list("subject", flat=True))
    assert subjects == set(Person.objects.filter(region=BOJONEGORO).values_list("identity", flat=True))


def test_what_changed_is_listed_row_by_row(month, browse, province):
    closed()
    business = Business.objects.get(region=TUBAN)
    seen(business, on(25), 1_900_000)
    stepped(business.person, "die", on(28))
    name = Person.objects.get(pk=business.person_id).name
    page = read(browse(province), f"{EDITION}beda/")
    sections = dict(re.findall(r'aria-label="([^"]+)">\s*<header>(.*?)</section>', page, re.DOTALL))
    eks = sections["Orang, pada akhir periode: Eks klien"]
    visits = sections["Kunjungan, selama periode: Kunjungan dilakukan"]
    assert ("Ada di laporan, hari ini tidak" in eks, "Hari ini ada" in eks, name in eks) == (True, False, True)
    assert ("Ada di laporan" in visits, "Hari ini ada, di laporan tidak" in visits) == (False, True)


def test_somebody_who_moved_is_a_difference_though_the_province_has_as_many(month, browse, province):
    closed()
    person = Business.objects.get(region=TUBAN).person
    Person.objects.filter(pk=person.pk).update(region=BOJONEGORO)
    page = read(browse(province), f"{EDITION}beda/")
    assert "Ada di laporan, hari ini tidak" in page
    assert "Hari ini ada, di laporan tidak" in page


def test_an_old_office_still_opens_the_frozen_rows_of_who_left_it(month, browse, stranger):
    closed()
    person = Business.objects.get(region=TUBAN).person
    Person.objects.filter(pk=person.pk).update(name="Sudah Pindah", initials="S. P.", region=BOJONEGORO)
    page = read(browse(stranger), f"{ROWS}&ukuran=orang_eks&edisi=1")
    assert Page(page).total == 1
    assert "Sudah Pindah" not in page
    assert f'href="/klien/{person.pk}/"' not in page


@pytest.mark.parametrize("edition", ["", "&edisi=1"])
def test_page_and_files_of_a_figure_have_the_same_rows(month, browse, province, edition):
    closed()
    browser = browse(province)
    query = f"periode={MONTH.code}&ukuran=kunjungan_semua{edition}"
    counts = (
        Page(read(browser, f"/laporan/baris/?{query}")).total,
        rows_of_csv(browser.get(f"/unduh/laporan.csv?{query}")),
        rows_of_xlsx(browser.get(f"/unduh/laporan.xlsx?{query}")),
        printed_rows(browser.get(f"/unduh/laporan/cetak/?{query}")),
    )
    assert counts == (4, 4, 4, 4)


@pytest.mark.parametrize(
    "query",
    [
        "ukuran=usaha_semua",
        "periode=2026-13&ukuran=usaha_semua",
        "periode=2099&ukuran=usaha_semua",
        f"periode={MONTH.code}&ukuran=apa",
        f"periode={MONTH.code}&ukuran=uang_spj&edisi=9",
        f"periode={MONTH.code}&ukuran=usaha_semua&edisi=x",
    ],
)
def test_rows_of_what_does_not_exist_are_not_found(browse, province, query):
    browser = browse(province)
    read(browser, f"/laporan/baris/?{query}", 404)
    read(browser, f"/unduh/laporan.csv?{query}", 404)


@pytest.mark.parametrize(
    "url", ["/laporan/2099/", "/laporan/apa/", f"{URL}edisi/7/", "/laporan/?tahun=1066", f"{URL}?kab=99"]
)
def test_periods_that_do_not_exist_are_not_found(browse, province, url):
    read(browse(province), url, 404)


def test_the_workbook_says_what_the_page_says(month, browse, province):
    closed()
    former(TUBAN)
    browser = browse(province)
    table = cells(b"".join(browser.get(f"{URL}berkas.xlsx?edisi=1").streaming_content))
    head = next(row for row in table if row[0] == "KELOMPOK")
    lines = {
        row[1]: dict(zip(head, row, strict=True))
        for row in table
        if row[0] == "Usaha menurut kunjungan, pada akhir periode"
    }
    assert head[3:] == ["Kab. Bojonegoro", "Kab. Tuban", "Kab. Lamongan", "JUMLAH", "DEFINISI"]
    assert [lines["Semua usaha"][name] for name in head[3:7]] == [2, 1, 1, 4]
    assert [lines["Berkembang"][name] for name in head[3:7]] == [1, 0, 1, 2]
    assert lines["Tutup"]["DEFINISI"]


def sums(table: str) -> None:
    body = table.partition("<tbody")[2]
    numbers = [
        [int(match[1] or 0) for cell in re.findall(r'class="c-wide num">(.*?)</td>', row, re.DOTALL)
         for match in [re.search(r'data-(?:figure|sum)="(-?\d+)"|–', cell)] if match]
        for row in re.findall(r"<tr role=\"row\".*?</tr>", body, re.DOTALL)
    ]  # fmt: skip
    *parts, total = numbers
    assert [sum(column) for column in zip(*parts, strict=True)] == total


@pytest.mark.parametrize("url", [URL, EDITION])
def test_kab_kota_sum_to_the_province_on_the_page(month, browse, province, url):
    closed()
    page = read(browse(province), url)
    tables = re.findall(r"<summary>Menurut kab/kota.*?<table.*?</table>", page, re.DOTALL)
    assert len(tables) > 5
    for table in tables:
        if "c-wide num" in table.partition("<tbody")[2].partition('class="sum"')[0]:
            sums(table)


def asked(browser, url: str) -> int:
    read(browser, url)
    with CaptureQueriesContext(connection) as queries:
        read(browser, url)
    return len(queries)


@pytest.mark.long
@pytest.mark.parametrize(
    "url", ["/laporan/", URL, EDITION, f"{ROWS}&ukuran=usaha_semua", f"{ROWS}&ukuran=usaha_semua&edisi=1"]
)
def test_more_rows_ask_no_more(browse, province, url):
    growing()
    closed()
    few = asked(browse(province), url)
    for number in range(49):
        growing((BOJONEGORO, TUBAN, LAMONGAN)[number % 3])
    closed(reason="Lima puluh usaha.")
    many = asked(browse(province), url.replace("edisi/1/", "edisi/2/").replace("edisi=1", "edisi=2"))
    assert many == few
