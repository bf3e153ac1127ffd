"""The agenda of a meeting: built from what waits in every room until the meeting begins, then frozen as it stood.

A room adds a `Topic` to the contributed list `agenda`. Before the meeting only what somebody wrote, placed or left out is
stored; everything else is asked for anew whenever the page is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from clients.models import Person
from monitoring.meetings.models import MANUAL, AgendaItem, Meeting
from monitoring.meetings.moves import MEETING
from monitoring.meetings.turns import take_turn
from ppks.kit.contributions import contributed

MOST = 15  # of one topic in an agenda; the list behind it holds the others
STEP = 10  # between two positions


@dataclass(frozen=True, slots=True)
class Point:
    """One subject. Title and text leave names out: the page names the person for who may see it."""

    key: int
    title: str
    text: str = ""
    link: str = ""
    region: int | None = None
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of subject: which rows wait, which come first, and how they are told.

    `rows(user, day)` are those within reach; `region` is the path to their kab/kota, `keys` their order, most pressing
    first; `list_url(code)` is the list of all of them in one kab/kota (its code) or in reach (an empty one).
    `within(rows, meeting, regions)` is for topics that are not simply of a kab/kota.
    """

    kind: str
    label: str
    order: int
    permission: str
    rows: Callable[[Any, date], QuerySet]
    region: str
    keys: tuple[str, ...]
    points: Callable[[list[Any], Any, date], list[Point]]
    list_url: Callable[[str], str]
    within: Callable[[QuerySet, Meeting, list[int]], QuerySet] | None = None

    def of(self, scope: "Scope") -> QuerySet:
        """What waits in the kab/kota of the meeting."""
        rows = self.rows(scope.user, scope.day)
        if self.within:
            return self.within(rows, scope.meeting, scope.regions)
        return rows if scope.meeting.is_for_all else rows.filter(**{f"{self.region}__in": scope.regions})

    def first(self, scope: "Scope") -> list[Point]:
        """The most pressing."""
        return self.points(list(self.of(scope).order_by(*self.keys)[:MOST]), scope.user, scope.day)

    def of_each(self, scope: "Scope") -> QuerySet:
        """What waits in each of its kab/kota: exactly the rows of `list_url`."""
        return self.rows(scope.user, scope.day).filter(**{f"{self.region}__in": scope.regions})

    def first_of_each(self, scope: "Scope", number: int) -> dict[int | None, list[Point]]:
        """The most pressing of every kab/kota, in one query."""
        place = Window(RowNumber(), partition_by=F(self.region), order_by=[*self.keys])
        waiting = self.of_each(scope)
        first = waiting.select_related(None).prefetch_related(None).order_by().annotate(place=place)
        rows = waiting.filter(pk__in=first.filter(place__lte=number).values("pk")).order_by(self.region, *self.keys)
        found: dict[int | None, list[Point]] = {}
        for point in self.points(list(rows), scope.user, scope.day):
            found.setdefault(point.region, []).append(point)
        return found

    def counts(self, scope: "Scope") -> dict[int | None, int]:
        """How many wait in each kab/kota."""
        counted = self.of_each(scope).select_related(None).order_by().values(self.region).annotate(n=Count("pk"))
        return {row[self.region]: row["n"] for row in counted}


@dataclass(frozen=True, slots=True)
class Scope:
    """Of which meeting, for whose eyes, on which day."""

    meeting: Meeting
    user: Any
    day: date
    regions: list[int]


@dataclass(slots=True)
class Line:
    """One subject as the page shows it; `item` is the stored row, if there is one."""

    kind: str
    label: str
    order: int
    point: Point
    item: AgendaItem | None = None
    person: Person | None = None
    region: str = ""
    decisions: list[Any] = field(default_factory=list)

    @property
    def handle(self) -> str:
        """How addresses name it: by what it is about, or by its own row."""
        return f"{self.kind}-{self.point.key}"

    ways = (("naik", "Naik"), ("turun", "Turun"), ("atas", "Ke atas"))

    @property
    def said(self) -> str:
        """What came of it, unless the role may not read that."""
        return self.item.__dict__.get("discussion", "") if self.item else ""

    @property
    def dropped_because(self) -> str:
        return self.item.__dict__.get("dropped_reason", "") if self.item else ""

    @property
    def is_dropped(self) -> bool:
        return self.item is not None and self.item.is_dropped

    @property
    def rank(self) -> tuple:
        placed = self.item.position if self.item else None
        return (placed is None, placed or 0, self.order)


def topics(user: Any) -> list[Topic]:
    """Those that the user's role may see, in their order."""
    found = (topic for topic in contributed("agenda") if user.has_perm(topic.permission))
    return sorted(found, key=lambda topic: topic.order)


def scope_of(meeting: Meeting, user: Any, day: date) -> Scope:
    regions = type(meeting)._meta.get_field("invited").related_model.objects.visible_to(user).filter(meeting=meeting)
    return Scope(meeting, user, day, list(regions.values_list("region", flat=True)))


def agenda(meeting: Meeting, user: Any, day: date) -> list[Line]:
    """Everything to speak about, in order, also what was left out."""
    items = list(AgendaItem.objects.visible_to(user).filter(meeting=meeting).select_related("region"))
    lines = _waiting(meeting, user, day, items) if meeting.is_prepared else []
    found = {line.handle for line in lines}
    labels = {topic.kind: (topic.label, topic.order) for topic in contributed("agenda")}
    for item in items:
        line = _stored(item, labels)
        if line.handle not in found and (item.kind == MANUAL or not meeting.is_prepared):
            lines.append(line)
    lines.sort(key=lambda line: line.rank)
    return _named(lines, user)


def _waiting(meeting: Meeting, user: Any, day: date, items: list[AgendaItem]) -> list[Line]:
    scope, stored = scope_of(meeting, user, day), {(item.kind, item.key): item for item in items}
    return [
        Line(topic.kind, topic.label, topic.order, point, stored.get((topic.kind, point.key)))
        for topic in topics(user)
        for point in topic.first(scope)
    ]


def _stored(item: AgendaItem, labels: dict[str, tuple[str, int]]) -> Line:
    label, order = labels.get(item.kind, ("Hal lain", 90))
    key = item.pk if item.kind == MANUAL else item.key
    words = item.__dict__.get("text", "")
    point = Point(key, item.title, words, item.link, item.region_id, item.person_id)
    return Line(item.kind, label, order, point, item)


def _named(lines: list[Line], user: Any) -> list[Line]:
    """With their people and kab/kota: two queries."""
    people = Person.objects.visible_to(user).in_bulk({line.point.person for line in lines if line.point.person})
    regions = _region_names({line.point.region for line in lines if line.point.region})
    for line in lines:
        line.person = people.get(line.point.person)
        line.region = regions.get(line.point.region, "")
    return lines


def _region_names(keys: set[int]) -> dict[int, str]:
    model = AgendaItem._meta.get_field("region").related_model
    return {pk: str(region) for pk, region in model.objects.in_bulk(keys).items()}


def kept(lines: list[Line]) -> list[Line]:
    return [line for line in lines if not line.is_dropped]


def store(meeting: Meeting, line: Line) -> AgendaItem:
    """The line's row, made when there is none yet, with today's words. Needs an open door."""
    point = line.point
    told = {"title": point.title, "text": point.text, "link": point.link}
    told |= {"region_id": point.region, "person_id": point.person}
    if line.item is None:
        line.item = AgendaItem.objects.create(meeting=meeting, kind=line.kind, key=point.key, **told)
    elif line.kind != MANUAL:
        for name, value in told.items():
            setattr(line.item, name, value)
        line.item.save(update_fields=[*told])
    return line.item


def place(meeting: Meeting, lines: list[Line]) -> None:
    """Keep the order of these lines."""
    for number, line in enumerate(lines, 1):
        if line.item is None or line.item.position != number * STEP:
            item = store(meeting, line)
            item.position = number * STEP
            item.save(update_fields=["position"])


def move_by(meeting: Meeting, lines: list[Line], handle: str, places: int) -> None:
    """Put a line so many places further down; up is below zero."""
    order = kept(lines)
    here = next(number for number, line in enumerate(order) if line.handle == handle)
    there = min(max(here + places, 0), len(order) - 1)
    order.insert(there, order.pop(here))
    place(meeting, order)


def hold(meeting: Meeting, user: Any, day: date) -> None:
    """Begin: the agenda stays as it stands now. All or nothing; raises what `MEETING.make` raises."""
    take_turn(meeting)
    Meeting.objects.visible_to(user).select_for_update(of=("self",)).get(pk=meeting.pk)
    lines = agenda(meeting, user, day)
    if meeting.is_prepared:
        current = {line.item.pk for line in lines if line.item}
        AgendaItem.objects.filter(~Q(kind=MANUAL), meeting=meeting).exclude(pk__in=current).delete()
        for line in lines:
            store(meeting, line)
        place(meeting, kept(lines))
    MEETING.make("hold", meeting, by=user, effective_on=day)
