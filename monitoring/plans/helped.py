"""What helped similar businesses: measured plans of one group of trades and one cause, counted over the whole province.

It says what went together, never what caused it. Groups of one to four never leave the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.db.models import Count
from django.urls import reverse

from monitoring.plans.effect import Outcome
from monitoring.plans.models import Experience, Suggestion
from monitoring.reference import Obstacle
from ppks.kit import charts
from ppks.kit.charts.tables import count_cell, dotted, percent
from ppks.kit.prepared import NOBODY, prepared
from ppks.kit.rows import ALL, rows_of

LEAST = 5  # plans, below which nothing is said; the function in the database knows the same number
CAUTION = "Hubungan, belum tentu sebab. Kelompok di bawah 5 rencana tidak ditampilkan."
GROUP = "bidang"  # in the address
GROUPS = {
    "sandang": "sandang",
    "kuliner": "kuliner",
    "pangan_olahan": "pangan olahan",
    "jasa": "jasa",
    "kriya": "kriya",
    "perdagangan": "perdagangan",
    "pertanian": "pertanian",
    "lainnya": "usaha lain",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A group of trades, a cause, and what was done against it; no suggestion stands for all plans of that cause."""

    group: str
    obstacle: str
    suggestion: str = ""

    @property
    def code(self) -> str:
        return "-".join(filter(None, (self.group, self.obstacle, self.suggestion)))


@dataclass(frozen=True, slots=True)
class Helped:
    """How many measured plans of a kind there are in the province, and what came after them."""

    kind: Kind
    group: str
    obstacle: str
    suggestion: str
    n: int
    better: int
    same: int
    worse: int
    own: int  # of them within the user's reach

    @property
    def sentence(self) -> str:
        done = f" sesudah “{self.suggestion[0].lower()}{self.suggestion[1:]}”" if self.suggestion else ""
        return (
            f"Dari {dotted(self.n)} rencana usaha {self.group} dengan sebab {self.obstacle.lower()}, "
            f"{dotted(self.better)} membaik{done} ({percent(self.better, self.n)})."
        )


def what_helped(user: Any, *, group: str = "", obstacles: Iterable[str] = ()) -> list[Helped]:
    """Every kind with enough plans; only those of one group and these causes, if named. The most frequent causes first."""
    with connection.cursor() as cursor:
        cursor.execute('select "group", obstacle, suggestion, n, better, same, worse from plans_what_helped()')
        rows = cursor.fetchall()
    wanted = set(obstacles)
    kept = [row for row in rows if (not group or row[0] == group) and (not wanted or row[1] in wanted)]
    told_causes, told_actions = _causes(NOBODY), _actions(NOBODY)
    causes = {code: label for _, code, label in told_causes}
    actions = {code: action for _, code, action in told_actions}
    own = _own(user, told_causes, told_actions) if kept and sees_only_a_part(user) else None
    found = []
    for code, obstacle, suggestion, n, *outcomes in kept:
        kind = Kind(code, obstacle, suggestion)
        words = (GROUPS.get(code, code.replace("_", " ")), causes[obstacle], actions.get(suggestion, ""))
        found.append(Helped(kind, *words, n, *outcomes, n if own is None else own.get(kind, 0)))
    sums = {(one.kind.group, one.kind.obstacle): one.n for one in found if not one.suggestion}
    return sorted(
        found,
        key=lambda one: (
            -sums.get((one.kind.group, one.kind.obstacle), one.n),
            one.group,
            one.obstacle,
            bool(one.suggestion),
            -one.n,
            one.suggestion,
        ),
    )


def by_group(found: list[Helped], asked: str) -> tuple[list[Helped], list[dict[str, Any]]]:
    """The kinds of one group of trades, the one asked for or the first, and the segments that open each of the groups."""
    groups = dict.fromkeys(one.kind.group for one in found)
    shown = asked if asked in groups else next(iter(groups), "")
    segments = [
        {
            "label": GROUPS.get(group, group.replace("_", " ")).capitalize(),
            "url": f"{reverse('plan_helped')}?{urlencode({GROUP: group})}",
            "current": group == shown,
        }
        for group in groups
    ]
    return [one for one in found if one.kind.group == shown], segments


def sees_only_a_part(user: Any) -> bool:
    """Whether the numbers of the province are more than this user's lists can show."""
    return rows_of(Experience).see.get(user.role_entry.enters) != ALL


def _own(user: Any, told_causes: list[tuple], told_actions: list[tuple]) -> dict[Kind, int]:
    causes = {key: code for key, code, _ in told_causes}
    actions = {None: ""} | {key: code for key, code, _ in told_actions}
    return {Kind(group, causes[cause], actions[action]): n for group, cause, action, n in _own_numbers(user)}


@prepared
def _own_numbers(user):
    rows = Experience.objects.visible_to(user).order_by().values_list("group", "obstacle", "suggestion")
    return rows.annotate(n=Count("*"))


@prepared
def _causes(reader):
    return Obstacle.objects.values_list("pk", "code", "label")


@prepared
def _actions(reader):
    return Suggestion.objects.values_list("pk", "code", "action")


def rows_url(kind: Kind, outcome: str = "") -> str:
    """The plans that a number counts."""
    codes = {"tahap": "semua", "serupa": kind.code} | ({"hasil": outcome} if outcome else {})
    return f"{reverse('plan_list')}?{urlencode(codes)}"


def table(found: list[Helped], *, is_part: bool) -> charts.Table:
    """One row a kind. Who sees a part only gets the numbers of the province bare, and a link to the own rows."""
    columns = ("Usaha, sebab, dan langkah", "Rencana dinilai", *OUTCOMES.values(), "Bagian membaik")
    return charts.Table(
        caption="Yang pernah membantu usaha serupa",
        columns=(*columns, "Di wilayah Anda") if is_part else columns,
        rows=tuple(_row(one, is_part) for one in found),
    )


OUTCOMES = {Outcome.BETTER: "Membaik", Outcome.SAME: "Tetap", Outcome.WORSE: "Memburuk"}


def _row(one: Helped, is_part: bool) -> tuple[charts.Cell, ...]:
    step = f"{one.suggestion[0].lower()}{one.suggestion[1:]}" if one.suggestion else "semua langkah"
    name = f"{one.group.capitalize()}, {one.obstacle.lower()}: {step}"
    numbers = (one.n, one.better, one.same, one.worse)
    urls = [rows_url(one.kind), *(rows_url(one.kind, outcome) for outcome in OUTCOMES)]
    cells = [
        charts.Cell(dotted(number), number) if is_part else count_cell(number, url)
        for number, url in zip(numbers, urls, strict=True)
    ]
    share = charts.Cell(percent(one.better, one.n))
    own = (count_cell(one.own, rows_url(one.kind)),) if is_part else ()
    return (charts.Cell(name), *cells, share, *own)


def sentence(found: list[Helped]) -> str:
    """What stands out, or why nothing is said yet."""
    tried = [one for one in found if one.suggestion]
    if not found:
        return "Belum ada lima rencana yang dinilai untuk satu bidang usaha dan satu sebab."
    best = max(tried or found, key=lambda one: (one.better * 1000 // one.n, one.n))
    return best.sentence
