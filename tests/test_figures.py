"""Every number tells the truth: it is the number of rows of the list it opens and of that list's files, for every role."""

import re
from datetime import timedelta

import pytest

from clients.models import Person, Stay
from monitoring.models import Business, Trade
from monitoring.progress import Category
from monitoring.scheduling import schedule_first
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from ppks.regions.models import Institution
from tests import granting
from tests.crawling import Page, printed_rows, rows_of_csv, rows_of_xlsx
from tests.factories import BusinessFactory, PastGrantFactory, PersonFactory, StayFactory, moved, visited
from tests.office import door, sql
from tests.people import BOJONEGORO, LAMONGAN, ONE_A_ROLE, OWN_UPT, TUBAN, member
from tests.plans.helping import needy, plan_for, seen_again, step_of
from tests.reports.making import MONTH, closed

pytestmark = pytest.mark.long

OF_ONE_PERSON, OF_ONE = re.compile(r"/klien/\d+/"), re.compile(r"/(klien|usaha)/\d+/(?:[a-z]+/)?")
LAST_MONTH = (dates.today() - timedelta(days=30)).isoformat()
STARTS = (
    "/",
    "/dasbor/",
    "/dasbor/hasil/",
    "/kab-kota/",
    "/pantau/",
    "/pantau/petugas/",
    "/rujukan/",
    "/rujukan/kantor/",
    "/klien/",
    "/usaha/",
    "/hibah/",
    "/hibah/program/",
    "/temuan/",
)
ALIKE = {"verifikator", "pptk", "kepala", "bendahara"}  # who see what the province's staff see and change nothing
ALIKE_STARTS = ("/", "/dasbor/", "/hibah/")
FATES = {  # what each visit found, and how many days ago the last one was
    "growing": ((1_000_000, 1_300_000, 1_600_000), 20),
    "steady": ((1_000_000, 1_050_000, 1_000_000), 150),
    "stagnant": ((1_000_000,) * 6, 160),
    "declining": ((1_000_000, 800_000, 600_000), 175),
    "closed": ((1_000_000, None), 5),
    "unknown": ((1_000_000, 900_000), 250),
    "falling": ((1_000_000, 2_000_000, 1_600_000, 1_300_000), 300),
    "unvisited": ((), 0),
}


def make(region: int, fate: str, year: int | None) -> None:
    """Somebody of that kab/kota with a grant, a business and its visits."""
    person = moved(PersonFactory(region_id=region), "register_former")
    PastGrantFactory(person=person, year=year)
    business = BusinessFactory(person=person, reported_condition="stagnant", reported_on=dates.parse("26-08-2020"))
    schedule_first(
        [Business.objects.select_related("person").get(pk=business.pk)], on=dates.today() - timedelta(days=70)
    )
    turnovers, ago = FATES[fate]
    if turnovers:
        visited(business, *turnovers, until=dates.today() - timedelta(days=ago))


def plan() -> None:
    """Of those who need help some have a plan, one of them late; five of one kind have been measured."""
    needs = Business.objects.as_of(dates.today()).needing_help().order_by("pk")
    for number, business in enumerate(needs[:3]):
        step_of(plan_for(business), due=-3 if number == 0 else 9)
    for _ in range(5):
        tailor = BusinessFactory(person=PersonFactory(), trade=Trade.objects.get(code="JAHIT"))
        plan_for(needy(tailor, since=160), began=150)
        seen_again(tailor, (90, 600_000), (20, 900_000))


@pytest.fixture
def programme(db):
    """Three kab/kota, every state in each, all ages of visits; clients in a UPT, one of whom has died."""
    member("bojonegoro")
    for number, region in enumerate((BOJONEGORO, TUBAN, LAMONGAN)):
        for fate in FATES:
            make(region, fate, 2009 + 5 * number if fate != "steady" else None)
    make(BOJONEGORO, "declining", 2012)
    plan()
    unit = Institution.objects.get(code=OWN_UPT)
    for leaves in (False, True):
        resident = StayFactory(person=PersonFactory(region_id=TUBAN), institution=unit).person
        moved(resident, "admit", *(["discharge"] if leaves else []))
    Stay.objects.filter(person__status="former_client").update(left_on=dates.today() - timedelta(days=9))
    moved(Person.objects.filter(region_id=LAMONGAN, status="former_client").first(), "die")
    call = granting.call(granting.allocation(amount=60 * granting.MILLION).line)
    for status in granting.STATIONS:
        granting.brought_to(status, call)
    granting.drafted(call)
    granting.draft_of(granting.applicant(TUBAN))


class Walk:
    """One role's way through every page that shows figures; each address is asked once."""

    def __init__(self, browser):
        self.browser, self.pages, self.wrong = browser, {}, []

    def page(self, url: str) -> Page:
        if url not in self.pages:
            answer = self.browser.get(url)
            assert answer.status_code == 200, url
            self.pages[url] = Page(answer.content.decode())
        return self.pages[url]

    def check(self, url: str) -> None:
        """Every figure of a page is what its list says; no number is linked without saying that it is one."""
        page = self.page(url)
        self.wrong += [f"{url}: {text!r} is not marked as a figure" for text in page.unmarked]
        for figure in page.figures:
            found = self.page(figure.url.partition("#")[0]).total
            if found != figure.figure:
                self.wrong.append(f"{url}: {figure.text.strip()!r} says {figure.figure}, {figure.url} lists {found}")
        for anchor in page.sums:
            there, _, part = anchor.url.partition("#")
            if (found := self.page(there).added.get(part)) != anchor.sum:
                self.wrong.append(f"{url}: {anchor.text.strip()!r} says {anchor.sum}, {anchor.url} adds up to {found}")

    def check_files(self, form: str, count) -> int:
        """Every list that was opened has as many rows in its file."""
        asked = 0
        for url, page in list(self.pages.items()):
            for file in page.files(form):
                asked += 1
                if (found := count(self.browser.get(file))) != page.total:
                    self.wrong.append(f"{url} lists {page.total}, {file} has {found}")
        return asked


REPORTS = (f"/laporan/{MONTH.code}/", f"/laporan/{MONTH.code}/edisi/1/", f"/laporan/{dates.today().year}/")
OF_TODAY = {"/temuan/"}
PLANS = ("/rencana/", "/rencana/perlu/", "/rencana/yang-membantu/")  # of today only


def starts(walk: Walk, *, per: str = "") -> list[str]:
    """The pages of figures that this role's menu leads to, and one region's."""
    told = [url for url in STARTS if not (per and url in OF_TODAY)]
    asked = [url for url in told if walk.browser.get(url).status_code == 200]
    if "/dasbor/" in asked:
        asked += ["/dasbor/35.22/", "/dasbor/hasil/?kab=35.22"]
        asked += [f"/?ukuran={code}" for code in ("bantuan", "terlambat", "keadaan")]
    return [f"{url}{'&' if '?' in url else '?'}per={per}" for url in asked] if per else asked


@pytest.mark.parametrize("who", [who for who in ONE_A_ROLE if who != "admin"])
def test_every_number_is_the_number_of_rows_it_opens(programme, browse, who):
    walk = Walk(browse(member(who)))
    for url in starts(walk) if who not in ALIKE else ALIKE_STARTS:
        walk.check(url)
    for url in PLANS if who in {"provinsi", "bojonegoro", "kadinsos.bojonegoro", "auditor"} else ():
        walk.check(url)
    assert walk.wrong == []
    followed = sum(len(page.figures) for page in walk.pages.values())
    assert followed > {"mitra": -1, "upt": 1}.get(who, 50)


@pytest.mark.parametrize("who", [who for who in ONE_A_ROLE if who not in {"admin", "upt", "mitra"}])
def test_every_number_of_a_report_live_or_closed_is_the_number_of_rows_it_opens(programme, browse, who):
    closed()
    moved(Person.objects.filter(region_id=TUBAN, status="former_client").first(), "die")
    walk = Walk(browse(member(who)))
    for url in REPORTS if who not in ALIKE else REPORTS[1:2]:
        walk.check(url)
        walk.check(f"{url}?kab=35.22")
    walk.check_files("csv", rows_of_csv)
    assert walk.wrong == []
    assert sum(len(page.figures) + len(page.sums) for page in walk.pages.values()) > 30


def _own_pages(walk: Walk, person: str) -> set[str]:
    """The tabs of a person's page and the businesses that they name."""
    tabs = {anchor.url for anchor in walk.page(person).anchors if anchor.url.startswith(person)}
    tabs = {url for url in tabs if OF_ONE.fullmatch(url) and walk.browser.get(url).status_code == 200}
    named = {anchor.url for tab in tabs for anchor in walk.page(tab).anchors}
    return tabs | {url for url in named if OF_ONE.fullmatch(url) and url.startswith("/usaha/") and url.count("/") == 3}


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro", "kadinsos.bojonegoro", "auditor", "upt"])
def test_a_persons_and_a_businesss_own_pages_count_what_they_open(programme, browse, who):
    walk = Walk(browse(member(who)))
    people = {anchor.url for anchor in walk.page("/klien/").anchors if OF_ONE_PERSON.fullmatch(anchor.url)}
    found = {tab for person in sorted(people)[:8] for tab in _own_pages(walk, person)} | people
    for url in sorted(found):
        walk.check(url)
    assert walk.wrong == []
    assert {OF_ONE.fullmatch(url)[1] for url in walk.pages if OF_ONE.fullmatch(url)} == (
        {"klien"} if who == "upt" else {"klien", "usaha"}
    )


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro", "auditor", "upt"])
def test_every_list_that_a_number_opens_has_the_same_rows_in_its_files(programme, browse, who):
    walk = Walk(browse(member(who)))
    walk.check("/")
    kinds = {"csv": rows_of_csv, "xlsx": rows_of_xlsx, "cetak": printed_rows}
    asked = sum(walk.check_files(form, count) for form, count in kinds.items())
    assert walk.wrong == []
    assert asked > (2 if who == "upt" else 20)


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro"])
def test_the_same_holds_for_a_day_a_month_ago(programme, browse, who):
    walk = Walk(browse(member(who)))
    for url in starts(walk, per=LAST_MONTH):
        walk.check(url)
    opened = {url for page in walk.pages.values() for url in (figure.url for figure in page.figures)}
    assert {url for url in opened if f"per={LAST_MONTH}" not in url} == set()
    walk.check_files("csv", rows_of_csv)
    assert walk.wrong == []


@pytest.mark.parametrize("path", ["/kab-kota/", "/pantau/petugas/", f"/kab-kota/?per={LAST_MONTH}"])
def test_kab_kota_and_officers_sum_to_the_province(programme, browse, province, path):
    html = browse(province).get(path).content.decode()
    rows = re.findall(r"<tr role=\"row\".*?</tr>", html.partition("<tbody")[2], re.DOTALL)
    numbers = [_numbers(row) for row in rows]
    *parts, total = numbers
    assert len(parts) >= 3
    assert [sum(column) for column in zip(*parts, strict=True)] == total


def _numbers(row: str) -> list[int]:
    """The counts of a row, a dash for none."""
    cells = re.findall(r"<td role=\"cell\" class=\"c-wide num\">(.*?)</td>", row, re.DOTALL)
    found = [re.search(r'data-figure="(\d+)"|–', cell) for cell in cells]
    return [int(match[1] or 0) for match in found if match]


def test_a_region_compares_itself_with_the_province_and_learns_no_small_group(programme, browse, officer, province):
    own = Business.objects.as_of(dates.today()).in_state(Category.CLOSED)
    assert own.count() == 3
    page = browse(officer).get("/dasbor/35.22/").content.decode()
    row = re.search(r"Tutup.*?</tr>", page, re.DOTALL)[0]
    assert "&lt;5" in row
    assert re.findall(r'data-figure="(\d+)"', row) == ["1"]
    whole = browse(province).get("/dasbor/35.22/").content.decode()
    assert _numbers(re.search(r"Tutup.*?</tr>", whole, re.DOTALL)[0]) == [1, 3]
    assert browse(officer).get("/dasbor/35.23/").status_code == 404


@pytest.mark.parametrize("ago", [0, 30, 200, 900])
def test_what_a_region_is_told_of_the_province_is_what_the_province_counts(programme, officer, province, ago):
    day = dates.today() - timedelta(days=ago)
    figures = Figures(province, day)
    with door(province):
        counted = figures.states | {"late": figures.waiting["late"]}
    with door(officer):
        told = dict(sql("select figure, n from province_figures(%s)", day))
    assert told == {code: None if 0 < n < 5 else n for code, n in counted.items() if n or code in told}


def test_the_province_page_asks_little(programme, browse, province, django_assert_max_num_queries):
    browser = browse(province)
    browser.get("/")
    with django_assert_max_num_queries(24):  # each kind of thing that waits is one count, however many wait
        browser.get("/")
