"""When a business is to be visited: the calendar after a grant, spread first visits, and the schedule that triggers keep."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.models import Business, DueVisit
from monitoring.schedule import AGES, LATE, add_months, calendar_of, first_dues, next_due
from monitoring.scheduling import FirstVisits, schedule_first
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, moved
from tests.office import column, door, refused, sql
from tests.people import LAMONGAN

DAYS = st.dates(min_value=date(2009, 1, 1), max_value=date(2030, 12, 31))


def ago(days: int) -> date:
    return dates.today() - timedelta(days=days)


def schedule_of(business: Business) -> list[tuple]:
    """What was due, oldest first: since when, when, until when."""
    return list(
        DueVisit.objects.filter(business=business)
        .order_by("opens_on", "pk")
        .values_list("opens_on", "due_on", "closed_on")
    )


def due(business: Business) -> DueVisit:
    return DueVisit.objects.open_on(dates.today()).get(business=business)


@pytest.fixture
def scheduled(tailoring):
    """Ngatini's business, imported 100 days ago, its first visit due 50 days ago."""
    DueVisit.objects.create(business=tailoring, due_on=ago(50), opens_on=ago(100))
    return tailoring


# The rule


def test_after_a_grant_months_1_3_6_then_every_3_until_24_then_every_5():
    granted = date(2026, 1, 31)
    days = calendar_of(granted)
    assert [next(days) for _ in range(11)] == [
        add_months(granted, months) for months in (1, 3, 6, 9, 12, 15, 18, 21, 24, 29, 34)
    ]
    assert add_months(granted, 1) == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("visited", "following"),
    [
        ("2026-02-10", "2026-04-15"),
        ("2026-01-20", "2026-02-15"),
        ("2026-04-02", "2026-07-15"),
        ("2026-06-30", "2026-07-15"),
    ],
    ids=["in time", "long before month 1", "shortly before month 3", "late for month 3"],
)
def test_a_visit_counts_for_the_month_it_is_close_to(visited, following):
    assert next_due(date.fromisoformat(visited), date(2026, 1, 15)) == date.fromisoformat(following)


def test_without_a_day_of_the_grant_every_five_months():
    assert next_due(date(2026, 9, 30)) == date(2027, 2, 28)


@given(visited=DAYS, granted=st.none() | DAYS)
@settings(max_examples=150, deadline=None)
@pytest.mark.django_db
def test_the_database_keeps_the_same_calendar(visited, granted):
    assert column("select monitoring_next_due(%s, %s)", visited, granted) == [next_due(visited, granted)]


def test_first_visits_fill_the_working_days_of_eight_weeks_evenly_and_help_comes_within_four():
    on = date(2026, 11, 24)
    days = first_dues(on, [True] * 20 + [False] * 60)
    assert max(days[:20]) <= on + timedelta(days=30)
    assert max(days) <= on + timedelta(days=60)
    assert all(day.weekday() < 5 for day in days)
    assert {days.count(day) for day in set(days)} == {2}
    assert days == first_dues(on, [True] * 20 + [False] * 60)


@given(past=st.integers(-400, 400))
def test_every_late_day_has_one_age(past):
    today = dates.today()
    day = today - timedelta(days=past)
    found = [age.code for age in AGES if age.holds(day, today)]
    assert len(found) == (0 if past < -7 else 1)
    assert (found and found[0].startswith("lewat")) == LATE.holds(
        dates.today() - timedelta(days=past), dates.today()
    ) or past < -7


# After an import


@pytest.mark.django_db
def test_an_import_schedules_each_business_in_its_own_office(officer, stranger):
    ours = [
        BusinessFactory(reported_condition="stagnant", reported_on=dates.today()),
        BusinessFactory(),
        BusinessFactory(),
    ]
    far = BusinessFactory(person=PersonFactory(region_id=LAMONGAN))
    schedule_first(Business.objects.select_related("person").order_by("pk"), on=dates.today())
    assert len({due(business).due_on for business in ours}) == 3
    assert [due(business).officer for business in ours] == [officer] * 3
    assert due(far).officer is None
    assert due(far).region_id == LAMONGAN


@pytest.mark.django_db
def test_later_batches_of_an_import_are_counted_on_what_came_before(officer):
    batches = [[BusinessFactory() for _ in range(number)] for number in (45, 7, 30)]
    visits = FirstVisits(dates.today())
    counted = [visit for batch in batches for visit in visits.of(batch)]

    for batch in batches:
        schedule_first(batch, on=dates.today())  # asks anew what was stored

    stored = DueVisit.objects.order_by("business").values_list("business", "due_on", "officer")
    assert sorted((visit.business_id, visit.due_on, visit.officer_id) for visit in counted) == list(stored)


@pytest.mark.django_db
def test_who_is_gone_is_not_scheduled(ngatini, tailoring):
    moved(ngatini, "lose_contact")
    schedule_first(Business.objects.select_related("person"), on=dates.today())
    assert not DueVisit.objects.exists()


# What visits do


def test_a_visit_closes_what_was_due_and_sets_the_next(scheduled, officer):
    visit = VisitFactory(business=scheduled, visited_on=ago(10), by=officer)
    assert schedule_of(scheduled) == [(ago(100), ago(50), ago(10)), (ago(10), next_due(ago(10)), None)]
    assert due(scheduled).after == visit
    assert due(scheduled).officer == officer


def test_a_business_that_nobody_scheduled_is_scheduled_by_its_first_visit(tailoring):
    VisitFactory(business=tailoring, visited_on=ago(3))
    assert schedule_of(tailoring) == [(ago(3), next_due(ago(3)), None)]


def test_visits_may_arrive_in_any_order(scheduled):
    orders = [(90, 60, 30), (30, 90, 60), (60, 30, 90), (120, 60, 60)]
    found = []
    for order in orders:
        business = BusinessFactory()
        DueVisit.objects.create(business=business, due_on=ago(50), opens_on=ago(100))
        for days in order:
            VisitFactory(business=business, visited_on=ago(days))
        found.append(schedule_of(business))
    assert found[0] == found[1] == found[2]
    assert found[3] == [
        (ago(120), ago(50), ago(120)),
        (ago(120), next_due(ago(120)), ago(60)),
        (ago(60), next_due(ago(60)), None),
    ]


def test_a_visit_close_to_a_month_of_the_grant_waits_for_the_following_one(tailoring):
    granted = ago(29)
    DueVisit.objects.create(
        business=tailoring, kind="grant", granted_on=granted, due_on=add_months(granted, 1), opens_on=granted
    )
    VisitFactory(business=tailoring, visited_on=ago(1))
    assert due(tailoring).due_on == add_months(granted, 3)


def test_a_correction_of_the_day_moves_the_schedule_and_one_of_the_figures_does_not(scheduled):
    visit = VisitFactory(business=scheduled, visited_on=ago(10))
    same = VisitFactory(business=scheduled, visited_on=ago(10), turnover=1, replaces=visit)
    assert schedule_of(scheduled) == [(ago(100), ago(50), ago(10)), (ago(10), next_due(ago(10)), None)]
    VisitFactory(business=scheduled, visited_on=ago(20), replaces=same)
    assert schedule_of(scheduled) == [(ago(100), ago(50), ago(20)), (ago(20), next_due(ago(20)), None)]


def test_a_past_day_is_told_from_what_waited_then(scheduled):
    VisitFactory(business=scheduled, visited_on=ago(10))
    late = {
        days: DueVisit.objects.open_on(ago(days)).aged(LATE, on=ago(days)).count() for days in (101, 43, 42, 11, 10, 0)
    }
    assert late == {101: 0, 43: 0, 42: 1, 11: 1, 10: 0, 0: 0}


# What steps do


def test_exit_cancels_and_undo_restores_exactly_those(scheduled, ngatini):
    VisitFactory(business=scheduled, visited_on=ago(10))
    before = schedule_of(scheduled)
    gone = moved(ngatini, "move_away")
    assert not DueVisit.objects.open_on(dates.today()).exists()
    back = moved(gone, "return_as_former")
    assert schedule_of(scheduled) == before
    moved(back, "die")
    assert not DueVisit.objects.open_on(dates.today()).exists()


def test_a_raw_step_cancels_and_restores_too(scheduled, ngatini, officer):
    def step(version, move, source, target):
        sql(
            "insert into clients_personstep (person_id, version, move, source, target, by_id, note, effective_on, recorded_at)"
            " values (%s, %s, %s, %s, %s, %s, 'surat', %s, now())",
            ngatini.pk, version, move, source, target, officer.pk, ago(5),
        )  # fmt: skip

    with door(officer, write=True):
        step(2, "die", "former_client", "deceased")
        assert schedule_of(scheduled) == [(ago(100), ago(50), ago(5))]
        step(3, "return_as_former", "deceased", "former_client")
        assert schedule_of(scheduled) == [(ago(100), ago(50), None)]


def test_a_visit_between_exit_and_undo_is_not_lost(scheduled, ngatini):
    gone = moved(ngatini, "lose_contact")
    VisitFactory(business=scheduled, visited_on=dates.today())
    assert not DueVisit.objects.open_on(dates.today()).exists()
    moved(gone, "return_as_former")
    assert due(scheduled).due_on == next_due(dates.today())


# What nobody can do


def test_only_an_officer_posted_there_is_given_a_visit(scheduled, officer, stranger, regional_head):
    due_visit = due(scheduled)
    with door(regional_head, write=True):
        for user in (stranger, regional_head):
            with refused("tidak bertugas di kab/kota"):
                DueVisit.objects.filter(pk=due_visit.pk).update(officer=user)
        DueVisit.objects.filter(pk=due_visit.pk).update(officer=officer)
    assert due(scheduled).officer == officer


def test_an_officer_can_move_no_day_but_by_a_snooze_with_a_reason(scheduled, officer, stranger):
    rows = DueVisit.objects.filter(business=scheduled)
    with door(officer, write=True):
        with refused("permission denied"):
            rows.update(due_on=dates.today())
        with refused("due_visit_snooze_is_whole"):
            rows.update(snoozed_on=dates.today(), snoozed_until=dates.today() + timedelta(days=3))
        with refused("due_visit_snooze_is_whole"):
            rows.update(
                snoozed_on=dates.today(), snoozed_until=dates.today() + timedelta(days=31), snooze_reason="Panen"
            )
        assert (
            rows.update(
                snoozed_on=dates.today(), snoozed_until=dates.today() + timedelta(days=30), snooze_reason="Panen"
            )
            == 1
        )
    with door(stranger, write=True):
        assert rows.update(snoozed_on=None, snoozed_until=None, snooze_reason="") == 0


def test_a_snooze_is_kept_in_the_history_with_who_did_it(scheduled, officer):
    with door(officer, write=True):
        DueVisit.objects.update(
            snoozed_on=dates.today(), snoozed_until=dates.today() + timedelta(days=3), snooze_reason="Panen"
        )
        DueVisit.objects.update(snoozed_on=None, snoozed_until=None, snooze_reason="")
    kept = sql("select snooze_reason, (pgh_context->>'user')::bigint from monitoring_duevisitevent order by pgh_id")
    assert kept == [("Panen", officer.pk), ("", officer.pk)]
