"""Nobody who needs help is left for more than 14 days without a plan or an alert, also when the clock misses days."""

import random
from datetime import date, timedelta

import pytest

from monitoring.assessing import assess_from
from monitoring.models import Assessment, Business
from monitoring.plans.alerts import raise_alerts
from monitoring.plans.clock import needs_help_since
from monitoring.plans.lifecycle import PLAN
from monitoring.plans.models import HelpAlert, HelpNeed, Plan
from ppks.accounts.models import User
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, moved
from tests.office import door, refused
from tests.people import BOJONEGORO, LAMONGAN, TUBAN
from tests.plans.helping import ago, needy, plan_for

MISSED = 0.4  # share of days on which the clock does not run


def tick(day: date | None = None) -> str:
    with door(User.objects.clock(), write=True):
        return raise_alerts(day or dates.today())


def said(head: int, province: int) -> str:
    return f"Peringatan perlu bantuan tanpa rencana: {head} kepada kepala dinas kab/kota, {province} kepada provinsi."


def alerts(business: Business) -> list[tuple[int, date, date]]:
    rows = HelpAlert.objects.filter(business=business).order_by("level", "pk")
    return list(rows.values_list("level", "since", "raised_on"))


@pytest.mark.parametrize(("since", "levels"), [(13, []), (14, [1]), (27, [1]), (28, [1, 2]), (200, [])])
def test_alerts_are_raised_at_their_limits_once(db, since, levels):
    """After 183 days without a visit nobody knows how the business stands: it is unknown, and no need any more."""
    business = needy(since=since)
    assert tick() == said(levels.count(1), levels.count(2))
    assert [level for level, _, _ in alerts(business)] == levels
    assert tick() == said(0, 0)


def test_who_has_a_plan_or_is_gone_is_not_told_of(ngatini, tailoring):
    planned = needy(since=20)
    plan_for(planned)
    needy(tailoring, since=20)
    moved(ngatini, "die")
    tick()
    assert not HelpAlert.objects.exists()


def test_a_stopped_plan_leaves_the_business_to_be_told_of_at_once(db, officer):
    business = needy(since=60)
    plan = plan_for(business, began=50)
    tick()
    assert alerts(business) == []
    with door(officer, write=True):
        PLAN.make("stop", plan, by=officer, note="Pemilik tidak mau")
    tick()
    assert alerts(business) == [(1, ago(60), dates.today()), (2, ago(60), dates.today())]


def test_a_first_day_that_moves_is_the_same_time_of_need(db):
    business = needy(since=15)
    tick()
    VisitFactory(business=business, visited_on=ago(20), turnover=500_000)  # entered late
    assess_from(business, ago(20))
    assert HelpNeed.objects.get(business=business).since == ago(20)
    tick()
    assert alerts(business) == [(1, ago(15), dates.today())]


def test_a_new_time_of_need_is_told_of_anew(db):
    business = needy(since=150)
    tick(ago(130))
    VisitFactory(business=business, visited_on=ago(100), turnover=1_000_000)
    VisitFactory(business=business, visited_on=ago(40), turnover=500_000)
    VisitFactory(business=business, visited_on=ago(39), turnover=500_000)
    assess_from(business, ago(100))
    tick()
    assert [(level, raised) for level, _, raised in alerts(business)] == [
        (1, ago(130)),
        (1, dates.today()),
        (2, dates.today()),
    ]


def test_the_head_and_later_the_province_find_it_in_their_inbox(browse, regional_head, province, officer):
    for since in (14, 20, 28):
        needy(since=since)
    for _ in "ab":
        tick()
    told = [(notice.user, notice.text) for notice in Notice.objects.exclude(user=User.objects.system()).order_by("pk")]
    assert told == [
        (regional_head, "3 usaha perlu bantuan 14 hari atau lebih dan belum punya rencana."),
        (province, "1 usaha di 1 kab/kota perlu bantuan 28 hari atau lebih dan belum punya rencana."),
    ]
    for user, _ in told:
        answer = browse(user).post(f"/kotak-masuk/{Notice.objects.get(user=user).pk}/buka/")
        assert answer.url == "/rencana/perlu/"


def test_lists_tell_the_truth_before_the_clock_has_run(browse, officer):
    business = needy(since=14)
    page = browse(officer).get("/rencana/perlu/?umur=lewat").content.decode()
    assert "14 hari; ke kepala dinas kab/kota" in page
    tick()
    page = browse(officer).get(f"/usaha/{business.pk}/").content.decode()
    assert f"Tercatat {dates.long(dates.today())} untuk kepala dinas kab/kota." in page


def test_nobody_but_the_clock_writes_alerts_and_nobody_moves_the_clock(officer, province):
    business = needy(since=20)
    for user in (officer, province):
        with door(user, write=True):
            for change in (
                lambda: HelpAlert.objects.create(business=business, since=ago(20), level=1, raised_on=dates.today()),
                lambda: HelpNeed.objects.update(since=dates.today()),
                lambda: HelpNeed.objects.all().delete(),
            ):
                with refused("permission denied"):
                    change()


class Year:
    """An office's year by chance: visits that find better or worse, plans made and stopped, a clock that misses days."""

    def __init__(self, seed: int, first: date, user: User):
        self.chance, self.day, self.user = random.Random(seed), first, user
        regions = (BOJONEGORO, TUBAN, LAMONGAN)
        self.businesses = [BusinessFactory(person=PersonFactory(region_id=regions[n % 3])) for n in range(12)]
        self.turnover = {business.pk: 1_000_000 for business in self.businesses}
        self.ticked: date | None = None
        for ago_then in (60, 20):
            self.day = first - timedelta(days=ago_then)
            for business in self.businesses:
                self._visit(business)
        self.day = first

    def live(self) -> None:
        """A day of work, at the end of which the clock may run."""
        for business in self.businesses:
            if self.chance.random() < 0.03:
                self._visit(business)
            if self.chance.random() < 0.02:
                self._plan(business)
        if self.chance.random() >= MISSED:
            tick(self.day)
            self.ticked = self.day

    def _visit(self, business: Business) -> None:
        back = self.chance.choice((0, 0, 0, 3, 16))  # some are entered late
        share = self.chance.choice((60, 85, 100, 100, 115, 160))
        is_shut = self.chance.random() < 0.08
        turnover = self.turnover[business.pk] * share // 100
        self.turnover[business.pk] = max(turnover, 200_000)
        found = {"operating": not is_shut, "turnover": None if is_shut else turnover}
        VisitFactory(business=business, visited_on=self.day - timedelta(days=back), **found)
        assess_from(business, self.day - timedelta(days=back))

    def _plan(self, business: Business) -> None:
        plan = Plan.objects.filter(business=business, status="open").first()
        with door(self.user, write=True):
            if plan:
                PLAN.make("stop", plan, by=self.user, note="Tidak berlanjut", effective_on=self.day)
            else:
                Plan.objects.create(business=business, goal="Omzet naik", began_on=self.day, by=self.user)

    def check(self) -> None:
        """Against the rule in Python: who has waited 14 days is on the list, and told of where the clock has run."""
        for business in self.businesses:
            assessments = Assessment.objects.filter(business=business).order_by("pk")
            since = needs_help_since(assessments, on=self.day)
            is_planned = Plan.objects.filter(business=business, status="open").exists()
            is_left = since is not None and (self.day - since).days >= 14 and not is_planned
            listed = HelpNeed.objects.on(self.day).waiting(self.day).filter(business=business).exists()
            assert listed == is_left, (business.pk, self.day, since)
            if is_left and self.ticked == self.day:
                told = HelpAlert.objects.filter(business=business, level=1, raised_on__gte=since)
                assert told.count() == 1, (business.pk, self.day, since)


def run_through(days: int, seed: int, user: User, monkeypatch) -> int:
    """So many days up to today, each with its own "today"; how many alerts were raised."""
    first = dates.today() - timedelta(days=days)
    monkeypatch.setattr(dates, "today", lambda: first)
    year = Year(seed, first, user)
    for number in range(days + 1):
        year.day = first + timedelta(days=number)
        monkeypatch.setattr(dates, "today", lambda day=year.day: day)
        year.live()
        year.check()
    return HelpAlert.objects.count()


@pytest.mark.long
def test_nobody_is_left_during_a_month_with_missed_days(province, monkeypatch):
    assert run_through(31, 1, province, monkeypatch) > 3


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_left_during_a_year_with_missed_days(province, monkeypatch, seed):
    assert run_through(365, seed, province, monkeypatch) > 10
