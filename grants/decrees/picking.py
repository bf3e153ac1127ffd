"""The page on which nominees are picked for a draft: by kab/kota, with what the pick costs against the room left."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Q

from clients.models import Person
from grants.applications.models import Application
from grants.budget.models import Allocation
from grants.decrees.drafting import nominees
from grants.decrees.models import Decree


@dataclass(slots=True)
class Candidate:
    application: Application
    person: Person
    is_picked: bool


@dataclass(slots=True)
class Group:
    """The candidates of one allocation."""

    allocation: Allocation
    candidates: list[Candidate] = field(default_factory=list)

    @property
    def picked(self) -> list[Candidate]:
        return [one for one in self.candidates if one.is_picked]

    @property
    def total(self) -> int:
        """What the pick costs, in rupiah."""
        return sum(one.application.recommended for one in self.picked)

    @property
    def left(self) -> int:
        """What stays free of the allocation once this pick is decreed."""
        return self.allocation.balance.free - self.total


def groups(decree: Decree, user: Any, picked: Iterable[int] | None) -> list[Group]:
    """All who may be in the annex. Without a pick: who is in it already, or everybody for an empty draft."""
    there = set(decree.lines.filter(before=0).values_list("application", flat=True))
    rows = Application.objects.visible_to(user).filter(Q(pk__in=nominees(user, decree.year)) | Q(pk__in=there))
    found = list(
        rows.select_related("allocation__balance", "allocation__region", "allocation__line__programme").order_by(
            "allocation__line", "allocation__region__code", "pk"
        )
    )
    people = Person.objects.visible_to(user).in_bulk({one.person_id for one in found})
    wanted = set(picked) if picked is not None else there or {one.pk for one in found}
    return [
        Group(of_one[0].allocation, [Candidate(one, people[one.person_id], one.pk in wanted) for one in of_one])
        for _, rows in groupby(found, key=lambda one: one.allocation_id)
        if (of_one := list(rows))
    ]


def sent(values: Iterable[str]) -> list[int]:
    """The keys that a form sent; what is no key is left out and so never picked."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]
