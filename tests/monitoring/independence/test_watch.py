"""After the decision: visits at 6, 12 and 24 months, kept by triggers, and who is still independent when they are due."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clients.models import Person, PpksKind
from monitoring.assessing import assess_from
from monitoring.independence.models import Graduation
from monitoring.independence.proposing import fall_back
from monitoring.models import DueVisit
from monitoring.schedule import add_months, next_watch
from ppks.kit import dates
from tests.crawling import Page
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, moved
from tests.monitoring.independence.making import ago, decided, decided_ago, make_ready
from tests.office import column, door
from tests.people import TUBAN

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))


@pytest.fixture
def ready(ngatini, tailoring):
    return make_ready(ngatini)


def waits(person: Person) -> list[tuple]:
    """What waits for the person's business: kind, day, since when mandiri."""
    dues = DueVisit.objects.filter(business__person=person, closed_on=None)
    return list(dues.values_list("kind", "due_on", "watched_from"))


@given(visited=DAYS, since=DAYS)
@settings(max_examples=100, deadline=None)
def test_the_database_keeps_the_same_watch(visited, since):
    assert column("select monitoring_next_watch(%s, %s)", since, visited) == [next_watch(visited, since)]


def test_six_twelve_and_twentyfour_months_and_then_no_more():
    since = date(2025, 1, 31)
    days = [since]
    while (day := next_watch(days[-1], since)) is not None:
        days.append(day)
    assert days[1:] == [date(2025, 7, 31), date(2026, 1, 31), date(2027, 1, 31)]


def test_a_decision_replaces_what_waited_by_the_first_watch(ready):
    decided(ready)
    assert waits(ready) == [("watch", add_months(dates.today(), 6), dates.today())]
    assert DueVisit.objects.exclude(cancelled_by=None).get().cancelled_by.move == "graduate"


def test_each_visit_sets_the_next_watch_and_the_last_sets_none(ready):
    business, since = ready.businesses.get(), ago(800)
    DueVisit.objects.all().delete()
    decided_ago(ready, since)
    DueVisit.objects.all().delete()
    due = DueVisit.objects.create(
        business=business, kind="watch", watched_from=since, due_on=add_months(since, 6), opens_on=since
    )
    for months, following in ((6, 12), (12, 24)):
        VisitFactory(business=business, visited_on=add_months(since, months))
        assert waits(ready) == [("watch", add_months(since, following), since)]
    VisitFactory(business=business, visited_on=add_months(since, 24))
    assert waits(ready) == []
    last = DueVisit.objects.filter(business=business).order_by("-opens_on").first()

    VisitFactory(business=business, visited_on=ago(3))

    assert waits(ready) == []
    last.refresh_from_db()
    assert last.closed_on == add_months(since, 24)
    assert due.kind == DueVisit.Kind.WATCH


def test_a_relapse_is_visited_within_thirty_days(ready, officer):
    graduation = decided(ready)
    with door(officer, write=True):
        fall_back(graduation, kind=PpksKind.objects.first(), reason="Usaha bangkrut.", by=officer)
    assert waits(ready) == [("next", dates.today() + timedelta(days=30), None)]


def test_death_cancels_the_watch_and_its_undoing_restores_it(ready):
    decided(ready)
    before = waits(ready)
    moved(ready, "die")
    assert waits(ready) == []
    moved(ready, "return_as_independent")
    assert waits(ready) == before


# Who is still independent


def independent_since(months: int, *, seen: int | None = None, region: int = 3522) -> Graduation:
    """Decided so many months ago; the business visited `seen` days ago."""
    person = moved(PersonFactory(region_id=region), "register_former")
    business = BusinessFactory(person=person)
    graduation = decided_ago(person, add_months(dates.today(), -months))
    if seen is not None:
        VisitFactory(business=business, visited_on=ago(seen))
        assess_from(business, ago(seen))
    return graduation


@pytest.fixture
def spells(officer):
    """By hand: of six decided a year ago or longer, two were seen since, two not, one fell back before, one is gone."""
    independent_since(3, seen=1)
    independent_since(12, seen=10)
    independent_since(25, seen=20)
    independent_since(13)
    independent_since(14, seen=100)  # two months too early
    back, lost = independent_since(16), independent_since(18, seen=1)
    moved(lost.person, "move_away")
    with door(officer, write=True):
        fall_back(back, kind=PpksKind.objects.first(), reason="Usaha bangkrut.", by=officer)
    Graduation.objects.filter(pk=back.pk).update(ended_on=ago(200))


def test_figures_are_those_counted_by_hand_and_open_their_rows(spells, browse, province):
    browser = browse(province)
    page = browser.get("/mandiri/pantauan/").content.decode()
    assert (
        "2 dari 6 orang masih mandiri 12 bulan sesudah ditetapkan; 2 belum dilihat, 1 kembali, 1 tidak dapat ditemui"
        in page
    )
    figures = Page(page).figures
    assert [figure.figure for figure in figures] == [6, 2, 2, 1, 1, 1, 1]
    for figure in figures:
        assert Page(browser.get(figure.url).content.decode()).total == figure.figure


def test_the_table_and_the_list_go_out_as_files(spells, browse, province):
    browser = browse(province)
    table = b"".join(browser.get("/mandiri/pantauan.csv").streaming_content).decode("utf-8-sig")
    assert "12 bulan;6;2;2;1;1" in table.replace(",", ";").replace('"', "")
    rows = b"".join(browser.get("/unduh/pantauan.csv?sesudah=12-kembali").streaming_content).decode("utf-8-sig")
    assert len(rows.strip().splitlines()) == 2


def test_an_office_counts_its_own(spells, browse, officer, stranger):
    independent_since(15, seen=1, region=TUBAN)
    totals = [Page(browse(user).get("/mandiri/pantauan/").content.decode()).total for user in (officer, stranger)]
    assert totals == [7, 1]
