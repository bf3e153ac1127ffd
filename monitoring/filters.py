"""How businesses are narrowed, in codes; figures, the list of businesses and the list of people share these."""

from monitoring.models import Condition
from monitoring.overriding import OVERRIDDEN
from monitoring.progress import Category
from ppks.kit.listing import Filter
from ppks.regions.models import Region

LONG_AGO = 90  # days

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
    lambda user: [("belum", "belum pernah"), ("lama", f"lebih dari {LONG_AGO} hari lalu")],
    lambda businesses, code, day: (
        businesses.never_visited() if code == "belum" else businesses.not_visited_for(LONG_AGO, on=day)
    ),
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
ALL = (REGION, STATE, VISITED, HELP, CONDITION, OVERRIDDEN)
