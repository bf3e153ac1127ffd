"""Businesses as they stood on a day: today from their own row, on an earlier day from what had been assessed until then."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Case, Expression, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import ExtractYear

from monitoring.granted import first_grant, with_months_later
from monitoring.progress import Category, Trend
from ppks.kit import dates
from ppks.kit.rows import ScopedQuerySet

NEEDS_HELP = Q(state__in=Category.needs_help) | Q(state_trend=Trend.FALLING)
NEVER_VISITED = Q(seen_on=None)
TOLD = ("category", "trend", "valid_until", "last_visit_on", "last_turnover")


def holds_on(day: date) -> Q:
    """Of today's columns: the category is not past its date on `day`."""
    return Q(valid_until__gte=day) | Q(category=Category.CLOSED)


def unknown_on(day: date) -> Q:
    """Of today's columns: nobody knows the state on `day`."""
    past = ~Q(category=Category.CLOSED) & (Q(valid_until__lt=day) | Q(valid_until=None))
    return Q(category=Category.UNKNOWN) | past


def help_on(day: date) -> Q:
    """Of today's columns: needs help on `day`."""
    return holds_on(day) & (Q(category__in=Category.needs_help) | Q(trend=Trend.FALLING))


class BusinessQuerySet(ScopedQuerySet):
    day: date | None = None  # that `as_of` was asked for

    def _clone(self) -> "BusinessQuerySet":
        clone = super()._clone()
        clone.day = self.day
        return clone

    def as_of(self, day: date) -> "BusinessQuerySet":
        """Each with `state`, `state_trend`, `seen_on` and `seen_turnover` on `day`; unknown once the category is past its date.

        A shut business stays shut until somebody finds it open. An earlier day is told by what is known of it now.
        """
        told = self._told(day)
        known = self.alias(told_category=told["category"], told_valid_until=told["valid_until"])
        known.day = day
        holds = Q(told_valid_until__gte=day) | Q(told_category=Category.CLOSED)
        text = models.TextField()
        return known.annotate(
            state=Case(When(holds, then=F("told_category")), default=Value(Category.UNKNOWN), output_field=text),
            state_trend=Case(When(holds, then=told["trend"]), default=Value(""), output_field=text),
            seen_on=told["last_visit_on"],
            seen_turnover=told["last_turnover"],
        )

    def _told(self, day: date) -> dict[str, Expression]:
        if day >= dates.today():
            return {name: F(name) for name in TOLD}
        assessments: Any = self.model._meta.get_field("assessments").related_model
        then = assessments.objects.filter(business=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        return {name: Subquery(then.values(name)[:1]) for name in TOLD}

    def in_state(self, state: str) -> "BusinessQuerySet":
        """After `as_of`: those in this category.

        Today's is asked of the columns, which indexes and statistics know, not of the annotation, which they do not.
        """
        if self.day < dates.today():
            return self.filter(state=state)
        return self.filter(
            unknown_on(self.day) if state == Category.UNKNOWN else holds_on(self.day) & Q(category=state)
        )

    def known(self) -> "BusinessQuerySet":
        """After `as_of`: those whose category is known."""
        return self.exclude(state=Category.UNKNOWN)

    def needing_help(self) -> "BusinessQuerySet":
        """After `as_of`: stagnant, declining, closed, or falling."""
        if self.day < dates.today():
            return self.filter(NEEDS_HELP)
        return self.filter(help_on(self.day))

    def reported_as(self, condition: str, *, on: date) -> "BusinessQuerySet":
        """Those that a list dated `on` or earlier describes so."""
        return self.filter(reported_condition=condition, reported_on__lte=on)

    def never_visited(self) -> "BusinessQuerySet":
        """After `as_of`."""
        return self.filter(NEVER_VISITED)

    def not_visited_for(self, days: int, *, on: date) -> "BusinessQuerySet":
        """After `as_of`: visited once, but longer than `days` ago."""
        return self.filter(seen_on__lt=on - timedelta(days=days))

    def visited_within(self, days: int, *, on: date) -> "BusinessQuerySet":
        """After `as_of`: visited in the last so many days."""
        return self.filter(seen_on__gte=on - timedelta(days=days))

    def with_grant_year(self, day: date) -> "BusinessQuerySet":
        """Each with `grant_year`: the first year in which its owner received a grant, None where nobody knows it."""
        return self.annotate(grant_year=ExtractYear(first_grant("person", day)))

    def after_grant(self, months: int, day: date) -> "BusinessQuerySet":
        """Those whose owner's first grant is so many months old on `day`, each with `state_then`: its state at that month."""
        reached = with_months_later(self, "person", months, day)
        assessments: Any = self.model._meta.get_field("assessments").related_model
        told = assessments.objects.filter(business=OuterRef("pk"), on__lte=OuterRef("reached_on")).order_by(
            "-on", "-pk"
        )
        known = reached.alias(
            then_category=Subquery(told.values("category")[:1]),
            then_valid_until=Subquery(told.values("valid_until")[:1]),
        )
        holds = Q(then_valid_until__gte=F("reached_on")) | Q(then_category=Category.CLOSED)
        then = Case(
            When(holds, then=F("then_category")), default=Value(Category.UNKNOWN), output_field=models.TextField()
        )
        return known.annotate(state_then=then)
