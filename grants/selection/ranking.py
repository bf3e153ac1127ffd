"""The order within an allocation, where its money ends, and who is next on the waitlist."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, OuterRef, Subquery, Sum

from clients.models import Decile, Person
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from grants.budget.models import Allocation
from grants.selection.models import Rank, Skip
from grants.selection.scoring import Judged, judged
from ppks.kit.refusals import refusals

SCORERS = 2
UNKNOWN_DECILE = 11  # behind every known one
RULE = "Nilai akhir tertinggi lebih dulu; bila sama, desil lebih rendah, lalu usulan yang lebih dulu dibuat."
CHANGED = "Urutannya berubah sejak halaman ini dibuka. Periksa lagi, lalu tetapkan."


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranking: `fits` says whether the money reaches it; who lacks a scorer has no number."""

    number: int | None
    application: Application
    judged: Judged
    decile: int | None
    fits: bool


def room(allocation: Allocation) -> int:
    """Rupiah neither committed nor promised to somebody nominated."""
    promised = Application.objects.filter(allocation=allocation.pk, status=Status.NOMINATED)
    return allocation.balance.free - (promised.aggregate(total=Sum("recommended"))["total"] or 0)


def order(allocation: Allocation) -> list[Place]:
    """All verified applications, best first, by RULE; who is not judged by two scorers stands behind, without a number.

    The cut is a line: once one does not fit, nobody below it does; and nobody overtakes who waits from an earlier
    ranking, so their numbers go on from there.
    """
    decile = Decile.objects.filter(person=OuterRef("person")).order_by("-as_of", "-pk").values("decile")[:1]
    waiting = Application.objects.filter(allocation=allocation.pk, status=Status.VERIFIED)
    waiting = list(waiting.annotate(decile=Subquery(decile)).order_by("pk"))
    found = judged(waiting)
    complete = [one for one in waiting if len(found[one.pk].scorers) >= SCORERS]
    complete.sort(key=lambda one: (-found[one.pk].points, one.decile or UNKNOWN_DECILE, one.pk))
    places, left, reached = [], room(allocation), not waitlist(allocation.pk)
    for number, one in enumerate(complete, _last_place(allocation) + 1):
        reached = reached and one.recommended <= left
        left -= one.recommended if reached else 0
        places.append(Place(number, one, found[one.pk], one.decile, reached))
    behind = [one for one in waiting if len(found[one.pk].scorers) < SCORERS]
    return places + [Place(None, one, found[one.pk], one.decile, fits=False) for one in behind]


def _last_place(allocation: Allocation) -> int:
    return Rank.objects.filter(application__allocation=allocation.pk).aggregate(last=Max("place"))["last"] or 0


def fingerprint(places: Iterable[Place]) -> str:
    """Says whether an order is still the one that somebody saw."""
    told = ";".join(f"{p.number}:{p.application.pk}:{p.judged.points}:{p.fits}" for p in places)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def rank(allocation: Allocation, *, seen: str, by: Any) -> list[Place]:
    """Freeze the order that was seen: who fits is nominated, who does not waits. Raises ValidationError.

    Who is not judged by two scorers stays where he is.
    """
    with refusals():
        lock_money(Application.objects.filter(allocation=allocation.pk).values_list("pk", flat=True))
        allocation = Allocation.objects.visible_to(by).select_related("balance").get(pk=allocation.pk)
        places = order(allocation)
        if fingerprint(places) != seen:
            raise ValidationError(CHANGED)
        ranked = [place for place in places if place.number]
        if not ranked:
            raise ValidationError("Belum ada usulan yang selesai dinilai dua penilai.")
        for place in ranked:
            _freeze(place, by)
    return ranked


def _freeze(place: Place, by: Any) -> None:
    Rank.objects.create(
        application=place.application,
        place=place.number,
        points=place.judged.points,
        detail={"fits": place.fits, "decile": place.decile, "scorers": list(place.judged.scorers), "rule": RULE},
        by=by,
    )
    APPLICATION.make("nominate" if place.fits else "waitlist", place.application, by=by)


def waitlist(allocation_id: int) -> list[Application]:
    """Who waits, in the order of rank; each with `place`."""
    rank_of = Rank.objects.filter(application=OuterRef("pk"), cycle=OuterRef("cycle")).order_by("-pk").values("place")
    waiting = Application.objects.filter(allocation=allocation_id, status=Status.WAITLISTED)
    return list(waiting.annotate(place=Subquery(rank_of[:1])).order_by("place", "pk"))


def before_in_line(application: Application) -> list[Application]:
    """Who waits in the same allocation with a better rank."""
    waiting = waitlist(application.allocation_id)
    own = next((one.place for one in waiting if one.pk == application.pk), None)
    return [one for one in waiting if own is not None and one.place is not None and one.place < own]


def why_not_next(application: Application) -> list[str]:
    """Why somebody on the waitlist cannot be promoted in turn; nothing when it is his turn and there is room."""
    said = []
    if better := before_in_line(application):
        said.append(f"Masih ada {len(better)} usulan yang peringkatnya lebih tinggi di daftar cadangan.")
    if application.recommended > room(application.allocation):
        said.append("Sisa alokasi kab/kota ini belum cukup.")
    return said


def promote_out_of_turn(application: Application, *, reason: str, by: Any) -> list[Application]:
    """Promote somebody although others wait before him; who was passed over, and why, is kept. Raises ValidationError."""
    with refusals():
        lock_money(Application.objects.filter(allocation=application.allocation_id).values_list("pk", flat=True))
        allocation = Allocation.objects.visible_to(by).select_related("balance").get(pk=application.allocation_id)
        if application.recommended > room(allocation):
            raise ValidationError("Sisa alokasi kab/kota ini belum cukup.")
        passed = before_in_line(application)
        for other in passed:
            Skip.objects.create(application=other, promoted=application, reason=reason, by=by)
        APPLICATION.make("promote_out_of_turn", application, by=by, note=reason)
    return passed


def people_of(applications: Iterable[Application], user: Any) -> dict[int, Person]:
    """The people of these applications, as far as the user may know them: one query."""
    people = Person.objects.visible_to(user).only("identity", "initials", "name")
    return people.in_bulk({one.person_id for one in applications})
