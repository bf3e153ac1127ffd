"""How businesses are narrowed, in codes; figures, the list of businesses and the list of people share these."""

from datetime import date
from typing import Any

from grants.models import PastGrant
from monitoring.models import Condition
from monitoring.overriding import OVERRIDDEN
from monitoring.progress import RULES, Category
from monitoring.states import BusinessQuerySet
from ppks.kit.listing import Filter
from ppks.regions.models import Region

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


def _grant_years(user: Any) -> list[tuple[str, str]]:
    years = PastGrant.objects.visible_to(user).exclude(year=None).order_by("year").values_list("year", flat=True)
    return [*((str(year), str(year)) for year in years.distinct()), (NO_YEAR, "tidak tercatat")]


def _of_grant_year(businesses: BusinessQuerySet, code: str, day: date) -> BusinessQuerySet:
    return businesses.with_grant_year(day).filter(grant_year=None if code == NO_YEAR else int(code))


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
    lambda user: Region.objects.visible_to(user).choices(),
    lambda businesses, code, day: businesses.filter(region__code=code),
)
GRANT_YEAR = Filter("hibah", "Tahun hibah pertama", _grant_years, _of_grant_year, in_form=False)
ALL = (REGION, STATE, VISITED, HELP, CONDITION, GRANT_YEAR, OVERRIDDEN)
