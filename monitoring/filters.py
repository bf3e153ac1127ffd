"""How businesses are narrowed, in codes; figures, the list of businesses and the list of people share these."""

from datetime import date
from typing import Any

from grants.models import Disbursement, PastGrant
from monitoring.fitting import Fit
from monitoring.granted import POINTS
from monitoring.models import Condition
from monitoring.overriding import OVERRIDDEN
from monitoring.progress import RULES, Category
from monitoring.states import BusinessQuerySet
from ppks.kit.listing import Filter
from ppks.regions.models import region_choices

LONG_AGO = 90  # days
HOLDS = RULES[max(RULES)].valid_days
NO_YEAR = "tanpa"


def _visited(businesses: BusinessQuerySet, code: str, day: date) -> BusinessQuerySet:
    match code:
        case "belum":
            return businesses.never_visited()
        case "lama":
            return businesses.not_visited_for(LONG_AGO, on=day)
    return businesses.visited_within(HOLDS, on=day)


def grant_years(user: Any) -> list[tuple[str, str]]:
    """The years in which somebody in reach received a grant, and the code for nobody knows when."""
    listed = PastGrant.objects.visible_to(user).order_by().exclude(year=None).values_list("year", flat=True)
    paid = Disbursement.objects.visible_to(user).order_by().values_list("paid_on__year", flat=True)
    years = sorted({*listed.distinct(), *paid.distinct()})
    return [*((str(year), str(year)) for year in years), (NO_YEAR, "tidak tercatat")]


def _of_grant_year(businesses: BusinessQuerySet, code: str, day: date) -> BusinessQuerySet:
    return businesses.with_grant_year(day).filter(grant_year=None if code == NO_YEAR else int(code))


def _months(user: Any) -> list[tuple[str, str]]:
    found = []
    for months in POINTS:
        words = f"{months} bulan"
        found += [(f"{months}", words), (f"{months}-known", f"{words}, keadaannya diketahui")]
        found.append((f"{months}-{Category.GROWING}", f"{words}, berkembang"))
    return found


def _after_grant(businesses: BusinessQuerySet, code: str, day: date) -> BusinessQuerySet:
    months, _, state = code.partition("-")
    reached = businesses.after_grant(int(months), day)
    if not state:
        return reached
    return reached.exclude(state_then=Category.UNKNOWN) if state == "known" else reached.filter(state_then=state)


STATE = Filter(
    "keadaan", "Keadaan usaha", lambda user: Category.choices, lambda businesses, code, day: businesses.in_state(code)
)
HELP = Filter(
    "bantuan",
    "Bantuan",
    lambda user: [("perlu", "perlu bantuan")],
    lambda businesses, code, day: businesses.needing_help(),
    in_form=False,
)
VISITED = Filter(
    "kunjungan",
    "Kunjungan",
    lambda user: [
        ("belum", "belum pernah"),
        ("lama", f"lebih dari {LONG_AGO} hari lalu"),
        ("baru", f"{HOLDS} hari terakhir"),
    ],
    _visited,
)
CONDITION = Filter(
    "laporan",
    "Keadaan menurut daftar",
    lambda user: Condition.choices,
    lambda businesses, code, day: businesses.reported_as(code, on=day),
    in_form=False,
)
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda businesses, code, day: businesses.filter(region__code=code),
)
GRANT_YEAR = Filter("hibah", "Tahun hibah pertama", grant_years, _of_grant_year, in_form=False)
AFTER = Filter("sesudah", "Sesudah hibah", _months, _after_grant, in_form=False)
FIT = Filter(
    "sesuai",
    "Keterampilan",
    lambda user: Fit.choices,
    lambda businesses, code, day: businesses.filter(skill_fit__fit=code),
    in_form=False,
)
ALL = (REGION, STATE, VISITED, HELP, CONDITION, GRANT_YEAR, AFTER, FIT, OVERRIDDEN)
