"""What a report counts: sources of rows, each with its measures in words. A figure is nothing but the number of its rows.

Every source yields rows of one shape: `row_region`, `row_person`, `row_initials`, `row_on`, `row_about`, `row_detail` and
`row_amount`. State at the end of a period is told as lists and dashboards tell it with `?per=`; what happened is told by its day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce

from clients.models import Person
from monitoring.models import Business
from monitoring.reports.periods import Period
from ppks.kit.prepared import prepared

NO_DAY = Value(None, output_field=DateField())
NO_AMOUNT = Value(None, output_field=BigIntegerField())


def word(text: str) -> Value:
    """A text constant of a query."""
    return Value(str(text), output_field=TextField())


NO_TEXT = word("")


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a report tells of: those of its period, and the last of them that is over or runs."""

    period: Period
    day: date

    @property
    def first(self) -> date:
        return self.period.first

    def within(self, name: str) -> Q:
        """The condition that a day lies in the period, and not ahead."""
        return Q(**{f"{name}__range": (self.first, self.day)})


def everything(span: Span) -> Q:
    return Q()


def when(**condition: Any) -> Callable[[Span], Q]:
    """The same condition for every period."""
    return lambda span: Q(**condition)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: the rows of its source that `holds` keeps, counted, or their rupiah added up."""

    code: str
    label: str
    definition: str
    holds: Callable[[Span], Q] = everything
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from; `words` puts their details into Indonesian."""

    code: str
    heading: str
    permission: str
    rows: Callable[[Any, Span], QuerySet]
    measures: tuple[Measure, ...]
    words: dict[str, str] = field(default_factory=dict, hash=False)
    kept: Callable[[Any, Span], dict[tuple[int, str], int]] | None = None  # the same numbers as triggers keep them

    def counts(self, user: Any, span: Span) -> dict[tuple[int, str], int]:
        """Each measure of each region, by region id and code: one query, or few where they are kept."""
        return self.kept(user, span) if self.kept else self.counted(user, span)

    def counted(self, user: Any, span: Span) -> dict[tuple[int, str], int]:
        """The same, row by row."""
        rows = _counted(user, self, span)
        return {(row["row_region"], each.code): row[each.code] for row in rows for each in self.measures}

    def of(self, measure: Measure, user: Any, span: Span) -> QuerySet:
        """The rows behind a figure."""
        return self.rows(user, span).filter(measure.holds(span))


@prepared
def _counted(user, source, span):
    figures = {
        each.code: (
            Coalesce(Sum("row_amount", filter=each.holds(span)), 0)
            if each.is_sum
            else Count("pk", filter=each.holds(span))
        )
        for each in source.measures
    }
    return source.rows(user, span).order_by().values("row_region").annotate(**figures)


def shaped(
    rows: QuerySet,
    *,
    region: str = "region_id",
    person: Any = None,
    on: Any = NO_DAY,
    about: Any = NO_TEXT,
    detail: Any = NO_TEXT,
    amount: Any = NO_AMOUNT,
) -> QuerySet:
    """The rows with the columns that every source has. `person` is the key of whom they are about, their own unless given.

    Nothing is joined: a fact of a kab/kota stays its own when the person is out of its reach, then without initials.
    """
    known = Person.objects.order_by().filter(pk=OuterRef("row_person")).values("initials")
    return rows.annotate(
        row_region=F(region),
        row_person=F("person_id") if person is None else person,
        row_on=on,
        row_about=about,
        row_detail=detail,
        row_amount=amount,
    ).annotate(row_initials=Coalesce(Subquery(known), NO_TEXT))


def through_business(*, key: str = "business_id") -> dict[str, Any]:
    """Whom a fact about a business is about, and the business in words; for `shaped`."""
    business = Business.objects.filter(pk=OuterRef(key))
    named = Coalesce("trade__name", "trade_as_written")
    return {
        "person": Subquery(business.values("person")),
        "about": Coalesce(Subquery(business.values(n=named)), NO_TEXT),
    }
