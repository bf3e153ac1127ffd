"""Named figures: a number and the list behind it come from the same rows and the same filters, so they cannot disagree."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.urls import reverse

from clients.models import Person
from monitoring import filters as business_filters
from monitoring.models import Business
from ppks.kit.contributions import contributed


@dataclass(frozen=True, slots=True)
class Figure:
    value: int
    label: str
    note: str
    url: str


class Figures:
    """The figures of one user on one day."""

    def __init__(self, user: Any, day: date):
        self.user, self.day = user, day

    def people(self, **codes: str) -> QuerySet:
        """The people that `/klien/` shows with these filters."""
        return self._narrowed(Person.objects.visible_to(self.user), contributed("person_filter"), codes)

    def businesses(self, **codes: str) -> QuerySet:
        """The businesses that `/usaha/` shows with these filters."""
        return self._narrowed(Business.objects.visible_to(self.user).as_of(self.day), business_filters.ALL, codes)

    def _narrowed(self, rows: QuerySet, filters, codes: dict[str, str]) -> QuerySet:
        known = {f.name: f for f in filters}
        for name, code in codes.items():
            rows = known[name].narrow(rows, code, self.day)
        return rows

    def people_figure(self, label: str, note: str = "", **codes: str) -> Figure:
        return Figure(self.people(**codes).count(), label, note, people_url(**codes))

    def business_figure(self, label: str, note: str = "", **codes: str) -> Figure:
        return Figure(self.businesses(**codes).count(), label, note, businesses_url(**codes))

    def by_region(self, rows: QuerySet) -> Counter:
        """How many of these rows each region has, by region id."""
        counted = rows.order_by().values("region").annotate(n=Count("pk", distinct=True))
        return Counter({row["region"]: row["n"] for row in counted})

    def by_state(self) -> Counter:
        """How many businesses are in each state, by visits, on the day."""
        counted = self.businesses().order_by().values("state").annotate(n=Count("pk"))
        return Counter({row["state"]: row["n"] for row in counted})

    def by_condition(self) -> Counter:
        """How many businesses the office's lists describe in each way; the undescribed are left out."""
        counted = (
            self.businesses()
            .exclude(reported_condition="")
            .order_by()
            .values("reported_condition")
            .annotate(n=Count("pk"))
        )
        return Counter({row["reported_condition"]: row["n"] for row in counted})


def people_url(**codes: str) -> str:
    return _url("person_list", codes)


def businesses_url(**codes: str) -> str:
    return _url("business_list", codes)


def _url(name: str, codes: dict[str, str]) -> str:
    return f"{reverse(name)}?{urlencode(codes)}" if codes else reverse(name)
