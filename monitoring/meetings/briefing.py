"""What each kab/kota should know before a meeting: state of its businesses, late visits, and what waits there."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse

from clients.models import Person
from monitoring.due import DueVisit
from monitoring.meetings.agenda import Point, Scope, scope_of, topics
from monitoring.meetings.inviting import regions_of
from monitoring.meetings.models import Meeting
from monitoring.models import Business, Category
from monitoring.schedule import LATE
from ppks.kit.charts.tables import Cell, Table, count_cell
from ppks.regions.models import Region

NAMED = 5  # subjects of one topic on one sheet of paper


@dataclass(slots=True)
class Part:
    """One topic in one kab/kota: how many wait, and the first of them."""

    label: str
    count: int
    url: str
    points: list[tuple[Point, Person | None]] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """One kab/kota on one sheet."""

    region: Region
    states: list[tuple[str, str, int, str]]
    late: int
    late_url: str
    parts: list[Part]


def _businesses_url(region: Region, **codes: str) -> str:
    query = "&".join(f"{name}={code}" for name, code in ({"kab": region.code} | codes).items())
    return f"{reverse('business_list')}?{query}"


def _late_url(region: Region) -> str:
    return f"{reverse('due_list')}?kab={region.code}&jadwal={LATE.code}"


def _states(scope: Scope) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Business.objects.visible_to(scope.user).as_of(scope.day).filter(region__in=scope.regions)
    for region, state, n in rows.order_by().values_list("region", "state").annotate(n=Count("pk")):
        found[region][state] = n
    return found


def _late(scope: Scope) -> dict[int, int]:
    rows = DueVisit.objects.visible_to(scope.user).open_on(scope.day).aged(LATE, on=scope.day)
    rows = rows.filter(region__in=scope.regions).order_by()
    return dict(rows.values_list("region").annotate(n=Count("pk")))


def briefing(meeting: Meeting, user: Any, day: date, *, only: str = "") -> list[Sheet]:
    """A sheet for every kab/kota of the meeting, or of the one with this code; the queries do not grow with them."""
    regions = [region for region in regions_of(meeting, user) if not only or region.code == only]
    scope = scope_of(meeting, user, day)
    states, late = _states(scope), _late(scope)
    told = [(topic, topic.counts(scope), topic.first_of_each(scope, NAMED)) for topic in topics(user)]
    named = {point.person for _, _, first in told for points in first.values() for point in points if point.person}
    people = Person.objects.visible_to(user).in_bulk(named)
    return [
        Sheet(
            region,
            [
                (state.value, state.label, n, _businesses_url(region, keadaan=state.value))
                for state in Category
                if (n := states[region.pk].get(state.value, 0))
            ],
            late.get(region.pk, 0),
            _late_url(region),
            [
                Part(
                    topic.label,
                    counts.get(region.pk, 0),
                    topic.list_url(region.code),
                    [(point, people.get(point.person)) for point in first.get(region.pk, ())],
                )
                for topic, counts, first in told
            ],
        )
        for region in regions
    ]


def overview(meeting: Meeting, user: Any, day: date) -> Table:
    """One row a kab/kota, each number opening its rows."""
    scope = scope_of(meeting, user, day)
    states, late = _states(scope), _late(scope)
    told = [(topic, topic.counts(scope)) for topic in topics(user)]
    rows = tuple(
        (
            Cell(str(region), url=f"{reverse('briefing_print', args=[meeting.pk])}?kab={region.code}"),
            count_cell(sum(states[region.pk].values()), _businesses_url(region)),
            count_cell(late.get(region.pk, 0), _late_url(region)),
            *(count_cell(counts.get(region.pk, 0), topic.list_url(region.code)) for topic, counts in told),
        )
        for region in regions_of(meeting, user)
    )
    columns = ("Kab/kota", "Usaha", "Kunjungan terlambat", *(topic.label for topic, _ in told))
    return Table(f"Bahan {meeting} menurut kab/kota", columns, rows)
