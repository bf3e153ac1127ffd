"""Named figures: a number and the list behind it come from the same rows and the same filters, so they cannot disagree."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse

from clients.models import Person
from monitoring import filters as business_filters
from monitoring import worklist
from monitoring.counts.dues import late_alone, waiting_by_age
from monitoring.counts.reading import Kind, count, states_by
from monitoring.due import DueVisit, in_age
from monitoring.models import Business, Condition
from monitoring.progress import Category
from monitoring.schedule import AGES, LATE, Age
from monitoring.tallies import ALL_OF_THEM, HELP, NEVER, SAID, Tallies
from ppks.kit import asof, dates
from ppks.kit.contributions import contributed
from ppks.kit.listing import Filter
from ppks.kit.prepared import counted, prepared, totalled
from ppks.kit.roles import UPT
from ppks.regions.reference_tables import number

Codes = tuple[tuple[str, str], ...]


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

    def of_all_in_reach(self) -> "Figures":
        """The same without the scope; what is kept of businesses is read once for both."""
        whole = Figures(self.user, self.day)
        whole.tallies = self.tallies
        return whole

    # Rows, as the lists show them

    def people(self, **codes: str) -> QuerySet:
        """The people that `/klien/` shows with these filters."""
        return people(self.user, self.day, self._codes(codes))

    def businesses(self, **codes: str) -> QuerySet:
        """The businesses that `/usaha/` shows with these filters."""
        return businesses(self.user, self.day, self._codes(codes))

    def dues(self, **codes: str) -> QuerySet:
        """The visits that `/pantau/` shows with these filters."""
        return dues(self.user, self.day, self._codes(codes))

    @property
    def codes(self) -> Codes:
        """The codes of the scope."""
        return self._codes({})

    def _codes(self, codes: dict[str, str]) -> Codes:
        return tuple((self.scope | codes).items())

    # Addresses

    def people_url(self, **codes: str) -> str:
        return self.url("person_list", **codes)

    def businesses_url(self, **codes: str) -> str:
        return self.url("business_list", **codes)

    def dues_url(self, **codes: str) -> str:
        return self.url("due_list", **codes)

    def url(self, name: str, *args: str, **codes: str) -> str:
        """An address that tells of the same day and the same scope."""
        return _with_codes(_address(name, *args), tuple((self.scope | codes | self.on_day).items()))

    @property
    def on_day(self) -> dict[str, str]:
        return asof.codes_of(self.day)

    @property
    def is_today(self) -> bool:
        return self.day >= dates.today()

    # Numbers

    def people_figures(self, *asked: tuple[str, str, dict[str, str]]) -> list[Figure]:
        """Of each its label, its note and its filters: one query, and one for the stages that are asked for alone."""
        live = [at for at, (_, _, codes) in enumerate(asked) if not self._is_kept(codes)]
        several = tuple(self._codes(asked[at][2]) for at in live)
        found = _numbers_of_people(self.user, self.day, several) if several else {}
        numbers = {at: found[str(place)] for place, at in enumerate(live)}
        return [
            Figure(numbers[at] if at in numbers else self.stages[codes["tahap"]], label, note, self.people_url(**codes))
            for at, (label, note, codes) in enumerate(asked)
        ]

    def _is_kept(self, codes: dict[str, str]) -> bool:
        """Whether triggers keep the number of these people: of a stage, but not for a UPT, which reaches them by their stays."""
        return codes.keys() == {"tahap"} and self.user.role_entry.enters != UPT

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
        """All businesses, those in each state, those who need help and those nobody has visited: at most two queries."""
        if self.tallies:
            return {measure: self._tallied(measure) for measure in (ALL_OF_THEM, HELP, NEVER, *Category.values)}
        states, found = Counter(), self.kept(Kind.FOUND)
        for in_state in states_by(self.kept(Kind.STATE)).values():
            states.update(in_state)
        everyone = states.total()
        return {ALL_OF_THEM: everyone, HELP: found["help"], NEVER: everyone - found["seen"]} | {
            code: states[code] for code in Category.values
        }

    @cached_property
    def stages(self) -> Counter:
        """How many people are in each stage, as the list of people tells it: today by the last step, else by the day of each."""
        return self.kept(Kind.STANDING if self.is_today else Kind.STAGE)

    def kept(self, kind: str) -> Counter:
        """The counts of a kind on the day, as triggers keep them, by code."""
        return count(self.user, kind, self.day, region=self._region)

    @property
    def _region(self) -> int | None:
        return number(self.scope["kab"]) if "kab" in self.scope else None

    @cached_property
    def waiting(self) -> dict[str, int]:
        """The visits that wait or fall due within a week, by age, and the late ones."""
        if self.tallies:
            return waiting_by_age(self.user, self.day, region=self._region)
        return _waiting(self.user, self.day, self.codes)

    @property
    def late_alone(self) -> int:
        """The late visits that nobody was given."""
        if self.tallies:
            return late_alone(self.user, self.day, region=self._region)
        return self.waiting["alone"]

    @cached_property
    def conditions(self) -> tuple[Counter, date | None]:
        """How many businesses the office's lists describe in each way, and the day of the newest of these lists."""
        if self.tallies:
            counts = Counter({code: self._tallied(f"{SAID}{code}") for code in Condition.values})
            return +counts, _newest_list(self.user, self.day, self.codes)["day"]
        described = _described(self.user, self.day, self.codes).order_by()
        rows = list(described.values("reported_condition").annotate(n=Count("pk"), latest=Max("reported_on")))
        counts = Counter({row["reported_condition"]: row["n"] for row in rows})
        return counts, max((row["latest"] for row in rows), default=None)

    def people_by_region(self, **codes: str) -> Counter:
        """How many of the people that `/klien/` shows with these filters each region has, by region id."""
        return Counter(dict(_people_by_region(self.user, self.day, self._codes(codes))))

    def by_region(self, rows: QuerySet) -> Counter:
        """How many of these rows each region has, by region id."""
        return Counter(dict(_in_regions(rows)))


@cache
def _address(name: str, *args: str) -> str:
    """A page has a hundred figures, and the addresses of lists and of kab/kota are few."""
    return reverse(name, args=args)


@lru_cache(maxsize=10_000)
def _with_codes(address: str, codes: Codes) -> str:
    return f"{address}?{urlencode(codes)}" if codes else address


# Rows and what is asked of them, for filters said as codes


def _narrowed(rows: QuerySet, filters: Iterable[Filter], codes: Codes, day: date) -> QuerySet:
    known = {f.name: f for f in filters}
    for name, code in codes:
        rows = known[name].narrow(rows, code, day)
    return rows


def people(user: Any, day: date, codes: Codes) -> QuerySet:
    return _narrowed(Person.objects.visible_to(user), contributed("person_filter"), codes, day)


def businesses(user: Any, day: date, codes: Codes) -> QuerySet:
    return _narrowed(Business.objects.visible_to(user).as_of(day), business_filters.ALL, codes, day)


def dues(user: Any, day: date, codes: Codes) -> QuerySet:
    return _narrowed(DueVisit.objects.visible_to(user).open_on(day), worklist.FILTERS, codes, day)


def _described(user: Any, day: date, codes: Codes) -> QuerySet:
    return businesses(user, day, codes).exclude(reported_condition="").filter(reported_on__lte=day)


def _in_regions(rows: QuerySet) -> QuerySet:
    return rows.order_by().values("region").annotate(n=Count("pk", distinct=True)).values_list("region", "n")


@counted
def _numbers_of_people(user, day, several):
    return {str(at): people(user, day, codes) for at, codes in enumerate(several)}


@prepared
def _people_by_region(user, day, codes):
    return _in_regions(people(user, day, codes))


@totalled
def _newest_list(user, day, codes):
    return _described(user, day, codes), {"day": Max("reported_on")}


@totalled
def _waiting(user, day, codes):
    late = in_age(LATE, day)
    near = Age("", "", AGES[0].least, None)  # most visits lie months ahead; none of these figures counts them
    return dues(user, day, codes).filter(in_age(near, day)), {
        "late": Count("pk", filter=late),
        "alone": Count("pk", filter=late & Q(officer=None)),
        **{age.code: Count("pk", filter=in_age(age, day)) for age in AGES},
    }
