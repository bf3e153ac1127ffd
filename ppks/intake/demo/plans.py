"""Plans of the demo in every state: done with what came after, stopped, running, late; and some who wait for one."""

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction

from monitoring.models import Business, Obstacle
from monitoring.plans.alerts import raise_alerts
from monitoring.plans.lifecycle import ACTION, PLAN
from monitoring.plans.making import begin
from monitoring.plans.measuring import measure_plans
from monitoring.plans.models import HelpNeed, Plan, PlanAction, Suggestion
from monitoring.progress import Category
from ppks.accounts.models import User
from ppks.kit.doors import entered

CAUSES = {  # by group of trades, the likeliest first
    "sandang": ("PASAR", "ALAT"),
    "kuliner": ("BAHAN_BAKU", "LOKASI"),
    "pangan_olahan": ("BAHAN_BAKU", "IZIN"),
    "jasa": ("ALAT", "PASAR"),
    "perdagangan": ("MODAL", "PESAING"),
    "pertanian": ("MODAL", "BAHAN_BAKU"),
}
GOALS = {
    Category.GROWING: "Omzet naik seperempat sebelum kunjungan kedua",
    Category.STEADY: "Pesanan tetap dari dua pelanggan baru",
    Category.STAGNANT: "Omzet naik lagi sesudah setengah tahun diam",
    Category.DECLINING: "Omzet kembali seperti sebelum turun",
    Category.CLOSED: "Usaha dibuka lagi",
}
RESULTS = (
    "Sudah jalan; pemilik mengerjakan sendiri sejak minggu kedua.",
    "Kantor membantu, berkasnya lengkap dalam dua minggu.",
    "Dicoba sebulan, pembeli bertambah sedikit.",
    "Keluarga ikut membantu.",
)
FORMER, STOPPED, RUNNING = 0.2, 0.12, 0.55  # shares: of businesses with enough visits, of those, of those in need
MOST = 40  # businesses of an office that are looked at, so that a large demo does not take long
OWN = ("late", "waiting", "running")  # what the demo's own kab/kota shows first


@transaction.atomic
def make_plans(offices: Iterable[int], *, day: date, seed: int, own_region: int) -> None:
    """As each office's officer, unless there are any; then the clock tells of whom nobody helps."""
    chance, own = random.Random(seed + 3), iter(OWN)
    with entered(User.objects.clock(), write=False):
        if Plan.objects.exists():
            return
    obstacles = {obstacle.code: obstacle for obstacle in Obstacle.objects.all()}
    users = {user.reach[0]: user for user in User.objects.with_reach().filter(role="officer") if user.reach}
    for office in sorted(offices):
        with entered(users[office], write=True, command="demo"):
            for business in _with_visits(office):
                if chance.random() < FORMER:
                    _former(business, obstacles, users[office], chance)
            shown = own if office == own_region else iter(())
            for need in _waiting(office, day):
                wanted = next(shown, "running" if chance.random() < RUNNING else "waiting")
                if wanted != "waiting":
                    is_late = wanted == "late" or chance.random() < 0.3
                    _running(need, obstacles, users[office], chance, day, is_late=is_late)
    with entered(User.objects.clock(), write=True, command="demo"):
        raise_alerts(day)


def _waiting(office: int, day: date) -> list[HelpNeed]:
    needs = HelpNeed.objects.on(day).without_plan().filter(region=office).order_by("since", "pk")
    return list(needs.select_related("business__trade")[:MOST])


def _with_visits(office: int) -> list[Business]:
    """Those visited often enough that a plan made after the third last visit can be told the effect of."""
    found = Business.objects.filter(region=office).exclude(category=Category.UNKNOWN).exclude(visits=None)
    return list(found.select_related("trade").prefetch_related("visits").distinct().order_by("pk")[:MOST])


def _causes(business: Business, obstacles: dict[str, Obstacle], chance: random.Random) -> list[Obstacle]:
    codes = CAUSES.get(business.trade.group if business.trade else "", ("PASAR", "MODAL"))
    return [obstacles[code] for code in codes[: 2 if chance.random() < 0.25 else 1]]


def _steps(causes: Sequence[Obstacle], officer: User, began: date, chance: random.Random) -> list[PlanAction]:
    usual = list(Suggestion.objects.filter(obstacle__in=causes))
    return [
        PlanAction(
            suggestion=one,
            what=one.action,
            owner=officer if one.done_by == Suggestion.By.OFFICER else None,
            office=one.office,
            due_on=began + timedelta(days=one.days),
        )
        for one in chance.sample(usual, min(len(usual), chance.choice((1, 2, 2, 3))))
    ]


def _begin(business: Business, causes: list[Obstacle], began: date, officer: User, chance: random.Random) -> Plan:
    plan = begin(
        business,
        goal=GOALS.get(business.category, GOALS[Category.STEADY]),
        causes=causes,
        actions=_steps(causes, officer, began, chance),
        by=officer,
        on=began,
    )
    return Plan.objects.get(pk=plan.pk)


def _former(business: Business, obstacles: dict[str, Obstacle], officer: User, chance: random.Random) -> None:
    """Made after the third last visit, its steps carried out, measured by the two since; some were stopped instead."""
    days = sorted(visit.visited_on for visit in business.visits.all())
    if len(days) < 3:
        return
    began = days[-3] + timedelta(days=2)
    plan = _begin(business, _causes(business, obstacles, chance), began, officer, chance)
    for action in plan.actions.order_by("pk"):
        done_on = began + timedelta(days=chance.randint(5, 40))
        ACTION.make("finish", action, by=officer, note=chance.choice(RESULTS), effective_on=min(done_on, days[-1]))
    measure_plans([business])
    plan.refresh_from_db()
    if chance.random() < STOPPED or PLAN.moves["finish"].problems(plan, by=officer):
        PLAN.make("stop", plan, by=officer, note="Pemilik memilih berusaha sendiri.", effective_on=days[-1])
    else:
        PLAN.make("finish", plan, by=officer, effective_on=days[-1])


def _running(need, obstacles, officer: User, chance: random.Random, day: date, *, is_late: bool) -> None:
    """Begun after the need was found; late ones long enough ago that a step has passed its day."""
    business = need.business
    began = max(need.since, day - timedelta(days=70 if is_late else chance.randint(1, 12)))
    plan = _begin(business, _causes(business, obstacles, chance), began, officer, chance)
    others = list(plan.actions.order_by("due_on", "pk"))[1:]
    if others and chance.random() < 0.6:
        done_on = min(began + timedelta(days=chance.randint(3, 20)), day)
        ACTION.make("finish", others[-1], by=officer, note=chance.choice(RESULTS), effective_on=done_on)
    measure_plans([business])
