"""The order within an allocation, where its money ends, and who is next."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.models import Allocation
from grants.selection.models import Rank
from grants.selection.scoring import points_of


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranking: `fits` says whether the money reaches it."""

    number: int
    application: Application
    points: int
    fits: bool


def room(allocation: Allocation) -> int:
    """Rupiah neither committed nor promised to somebody nominated."""
    promised = Application.objects.filter(allocation=allocation, status=Status.NOMINATED)
    return allocation.balance.free - (promised.aggregate(total=Sum("recommended"))["total"] or 0)


def order(allocation: Allocation) -> list[Place]:
    """All verified applications, best first: points, then lower decile, then the older application.

    The cut is a line: once one does not fit, nobody below it does.
    """
    waiting = Application.objects.filter(allocation=allocation, status=Status.VERIFIED).select_related("person")
    ranked = sorted(((-points_of(one), one.pk, one) for one in waiting), key=lambda found: found[:2])
    left, reached, places = room(allocation), True, []
    for number, (minus, _, application) in enumerate(ranked, 1):
        reached = reached and application.recommended <= left
        left -= application.recommended if reached else 0
        places.append(Place(number, application, -minus, reached))
    return places


def rank(allocation: Allocation, *, by: Any) -> list[Place]:
    """Freeze the order: who fits is nominated, everybody else is put on the waitlist. Needs an open door."""
    Allocation.objects.visible_to(by).get(pk=allocation.pk)
    places = order(allocation)
    for place in places:
        Rank.objects.create(
            application=place.application, place=place.number, points=place.points, detail={"fits": place.fits}, by=by
        )
        APPLICATION.make("nominate" if place.fits else "waitlist", place.application, by=by)
    return places


def why_not_next(application: Application) -> str | None:
    """Why somebody on the waitlist cannot be promoted in turn; None when it is his turn and there is room."""
    waiting = Application.objects.filter(allocation=application.allocation_id, status=Status.WAITLISTED)
    places = {one.pk: one.ranks.first().place for one in waiting}
    if any(place < places[application.pk] for place in places.values()):
        return "Masih ada yang peringkatnya lebih tinggi di daftar cadangan."
    if application.recommended > room(application.allocation):
        return "Sisa alokasi kab/kota ini belum cukup."
    return None
