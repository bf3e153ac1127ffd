"""Visits up to yesterday: each business gets a fate, and its figures follow it."""

import random
from datetime import date, timedelta

from monitoring.assessing import assessment
from monitoring.models import Assessment, Business, Visit
from ppks.accounts.models import User
from ppks.intake.demo.findings import add_answers, make_findings, put_right

FATES = {  # name: (weight, change of turnover from visit to visit in percent)
    "grows": (30, (6, 18)),
    "steady": (28, (-6, 7)),
    "stagnates": (14, (-3, 3)),
    "declines": (10, (-16, -9)),
    "closes": (3, (-12, -4)),
    "forgotten": (8, (-5, 10)),
    "unvisited": (7, (0, 0)),
}
NOTES = {
    "grows": ("pesanan bertambah", "mulai menjual daring", "membeli alat baru dari keuntungan", ""),
    "steady": ("ramai menjelang hari raya saja", "pelanggan tetap", ""),
    "stagnates": ("pembeli hanya tetangga", "belum ada izin", "alat perlu diganti"),
    "declines": ("bahan baku mahal", "modal terpakai untuk berobat", "pesanan sepi"),
    "closes": ("berhenti karena sakit", "pindah ikut keluarga"),
    "forgotten": ("", "perlu dikunjungi lagi"),
}
BETWEEN_VISITS = (62, 98)  # days
LAST_VISIT, LONG_AGO = (0, 165), (200, 320)  # days before the demo
# What the demo's own kab/kota shows first, so that no worklist of its officer is empty: fate, days since the last visit.
SHOWN_FIRST = (
    ("grows", 147),
    ("steady", 152),
    ("declines", 175),
    ("forgotten", 215),
    ("forgotten", 290),
    ("unvisited", 0),
    ("stagnates", 60),
    ("closes", 40),
)
STAND_STILL = 5  # visits that show a business going nowhere


def make_history(
    officers: dict[int, User], *, day: date, seed: int, keep_unvisited: set[int], most: int, own_region: int
) -> int:
    """Visits for every business but the kept ones, at most `most` in all; returns how many."""
    chance, asking = random.Random(seed), random.Random(seed + 1)
    visits: list[Visit] = []
    last_visits: list[tuple[Visit, Visit, str]] = []
    shown = iter(SHOWN_FIRST)
    businesses = Business.objects.exclude(pk__in=keep_unvisited).prefetch_related("listed_figures").order_by("pk")
    for business in businesses:
        fate = chance.choices(list(FATES), [weight for weight, _ in FATES.values()])[0]
        since = chance.randint(*(LONG_AGO if fate == "forgotten" else LAST_VISIT))
        if business.region_id == own_region:
            fate, since = next(shown, (fate, since))
        made = _visits(business, fate, officers[business.region_id], day - timedelta(days=since), chance)
        if len(visits) + len(made) > most:
            break
        for visit in made:
            add_answers(visit, fate, asking)
        visits += made
        last_visits += [(made[-2], made[-1], fate)] if made else []
    put_right(visits)
    Visit.objects.bulk_create(visits, batch_size=1_000)
    make_findings(last_visits, seed=seed)
    _assess(businesses)
    return len(visits)


def _visits(business: Business, fate: str, by: User, last: date, chance: random.Random) -> list[Visit]:
    if fate == "unvisited":
        return []
    number = chance.randint(STAND_STILL, STAND_STILL + 2)
    days = [last]
    while len(days) < number:
        days.append(days[-1] - timedelta(days=chance.randint(*BETWEEN_VISITS)))
    listed = [figure.turnover for figure in business.listed_figures.all() if figure.turnover]
    turnover = listed[-1] if listed else chance.randrange(600_000, 2_000_000, 50_000)
    workers = max((figure.workers or 0 for figure in business.listed_figures.all()), default=0)
    made = []
    for visited_on in reversed(days):
        shut = fate == "closes" and visited_on == last
        turnover = _next(turnover, fate, chance)
        made.append(
            _visit(
                business, by, visited_on, turnover=None if shut else turnover, workers=workers, fate=fate, chance=chance
            )
        )
    return made


def _next(turnover: int, fate: str, chance: random.Random) -> int:
    low, high = FATES[fate][1]
    moved = turnover * (100 + chance.randint(low, high)) // 100
    return max(round(moved, -4), 50_000)


def _visit(business, by, visited_on, *, turnover, workers, fate, chance) -> Visit:
    return Visit(
        business=business,
        visited_on=visited_on,
        met=chance.choice([Visit.Met.OWNER] * 6 + [Visit.Met.FAMILY]) if turnover else Visit.Met.NEIGHBOUR,
        operating=turnover is not None,
        turnover=turnover,
        profit=turnover * chance.randint(25, 45) // 100 if turnover else None,
        workers=workers if turnover else None,
        basis=chance.choice(Visit.Basis.values) if turnover else "",
        note=chance.choice(NOTES[fate]),
        by=by,
    )


def _assess(businesses) -> None:
    """One assessment a visit, in the order of the days, so that the business keeps the last."""
    made: list[Assessment] = []
    replaced = set(Visit.objects.exclude(replaces=None).values_list("replaces", flat=True))
    for business in businesses.prefetch_related(None).prefetch_related("listed_figures", "visits"):
        visits = [visit for visit in business.visits.all() if visit.pk not in replaced]
        seen = sorted([*business.listed_figures.all(), *visits], key=lambda one: (one.on, one.pk))
        made += [assessment(business, seen, visit.on) for visit in seen if isinstance(visit, Visit)]
    Assessment.objects.bulk_create(made, batch_size=1_000)
