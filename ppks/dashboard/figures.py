"""Named figures: a number and the list behind it come from the same rows and the same filters, so they cannot disagree."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from clients.models import Person
from monitoring import filters as business_filters
from monitoring import worklist
from monitoring.due import DueVisit, in_age
from monitoring.models import Business, Condition
from monitoring.progress import Category
from monitoring.schedule import AGES, LATE, Age
from monitoring.states import NEEDS_HELP, NEVER_VISITED
from monitoring.tallies import ALL_OF_THEM, HELP, NEVER, SAID, Tallies
from ppks.kit import asof, dates
from ppks.kit.contributions import contributed
from ppks.regions.reference_tables import number


@dataclass(frozen=True, slots=True)
class Figure:
    value: int
    label: str
    note: str
    url: str


class Figures:
    """The figures of one user on one day; `scope` narrows them all, and every address, by the same codes."""

    def __init__(self, user: Any, day: date, **scope: str):
        self.user, self.day, self.scope = user, day, scope

    # Rows, as the lists show them

    def people(self, **codes: str) -> QuerySet:
        """The people that `/klien/` shows with these filters."""
        return self._narrowed(Person.objects.visible_to(self.user), contributed("person_filter"), codes)

    def businesses(self, **codes: str) -> QuerySet:
        """The businesses that `/usaha/` shows with these filters."""
        return self._narrowed(Business.objects.visible_to(self.user).as_of(self.day), business_filters.ALL, codes)

    def dues(self, **codes: str) -> QuerySet:
        """The visits that `/pantau/` shows with these filters."""
        return self._narrowed(DueVisit.objects.visible_to(self.user).open_on(self.day), worklist.FILTERS, codes)

    def _narrowed(self, rows: QuerySet, filters, codes: dict[str, str]) -> QuerySet:
        known = {f.name: f for f in filters}
        for name, code in (self.scope | codes).items():
            rows = known[name].narrow(rows, code, self.day)
        return rows

    # Addresses

    def people_url(self, **codes: str) -> str:
        return self.url("person_list", **codes)

    def businesses_url(self, **codes: str) -> str:
        return self.url("business_list", **codes)

    def dues_url(self, **codes: str) -> str:
        return self.url("due_list", **codes)

    def url(self, name: str, *args: str, **codes: str) -> str:
        """An address that tells of the same day and the same scope."""
        query = urlencode(self.scope | codes | self.on_day)
        return f"{reverse(name, args=args)}?{query}" if query else reverse(name, args=args)

    @property
    def on_day(self) -> dict[str, str]:
        return asof.codes_of(self.day)

    @property
    def is_today(self) -> bool:
        return self.day >= dates.today()

    # Numbers

    def people_figure(self, label: str, note: str = "", **codes: str) -> Figure:
        return Figure(self.people(**codes).count(), label, note, self.people_url(**codes))

    def business_figure(self, value: int, label: str, note: str = "", **codes: str) -> Figure:
        return Figure(value, label, note, self.businesses_url(**codes))

    def due_figure(self, value: int, label: str, note: str = "", **codes: str) -> Figure:
        return Figure(value, label, note, self.dues_url(**codes))

    @cached_property
    def tallies(self) -> Tallies | None:
        """Today's counts as triggers keep them; an earlier day, or a scope they do not know, is counted live."""
        return Tallies(self.user, self.day) if self.is_today and self.scope.keys() <= {"kab"} else None

    def _tallied(self, measure: str) -> int:
        if "kab" in self.scope:
            return self.tallies.by_region(measure)[number(self.scope["kab"])]
        return self.tallies.total(measure)

    @cached_property
    def states(self) -> dict[str, int]:
        """All businesses, those in each state, those who need help and those nobody has visited: one query."""
        if self.tallies:
            return {measure: self._tallied(measure) for measure in (ALL_OF_THEM, HELP, NEVER, *Category.values)}
        in_state = {code: Count("pk", filter=Q(state=code)) for code in Category.values}
        return (
            self.businesses()
            .order_by()
            .aggregate(
                all=Count("pk"),
                help=Count("pk", filter=NEEDS_HELP),
                never=Count("pk", filter=NEVER_VISITED),
                **in_state,
            )
        )

    @cached_property
    def waiting(self) -> dict[str, int]:
        """The visits that wait or fall due within a week, by age, the late ones, those of them without an officer: one query."""
        late = in_age(LATE, self.day)
        near = Age("", "", AGES[0].least, None)  # most visits lie months ahead; none of these figures counts them
        return (
            self.dues()
            .filter(in_age(near, self.day))
            .order_by()
            .aggregate(
                late=Count("pk", filter=late),
                alone=Count("pk", filter=late & Q(officer=None)),
                **{age.code: Count("pk", filter=in_age(age, self.day)) for age in AGES},
            )
        )

    @cached_property
    def conditions(self) -> tuple[Counter, date | None]:
        """How many businesses the office's lists describe in each way, and the day of the newest of these lists."""
        described = self.businesses().exclude(reported_condition="").filter(reported_on__lte=self.day).order_by()
        if self.tallies:
            counts = Counter({code: self._tallied(f"{SAID}{code}") for code in Condition.values})
            return +counts, described.aggregate(day=Max("reported_on"))["day"]
        rows = list(described.values("reported_condition").annotate(n=Count("pk"), latest=Max("reported_on")))
        counts = Counter({row["reported_condition"]: row["n"] for row in rows})
        return counts, max((row["latest"] for row in rows), default=None)

    def by_region(self, rows: QuerySet) -> Counter:
        """How many of these rows each region has, by region id."""
        counted = rows.order_by().values("region").annotate(n=Count("pk", distinct=True))
        return Counter({row["region"]: row["n"] for row in counted})
