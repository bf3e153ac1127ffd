"""What people are told in their inbox: that a meeting concerns them, that a decision is theirs, and that its day has passed."""

from datetime import date
from typing import Any

from monitoring.meetings.models import Decision, Meeting
from monitoring.meetings.moves import DecisionStatus
from ppks.inbox.sending import Everybody, notify
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work
from ppks.regions.models import Region

INVITED = ("officer", "regional_head")


def tell_invited(meeting: Meeting, regions: list[Region]) -> None:
    """Once to everybody of the kab/kota that a meeting concerns. Needs an open door."""
    readers: list[Any] = [Everybody(role) for role in INVITED]
    if not meeting.is_for_all:
        readers = [Everybody(role, at=region.pk) for region in regions for role in INVITED]
    text = f"{meeting.title}, {dates.long(meeting.held_on)}. Masukan dapat ditulis sejak sekarang."
    notify(key=f"rapat-{meeting.pk}", to=readers, text=text, url="meeting_detail", args=[meeting.pk])


def tell_owner(decision: Decision) -> None:
    """Once to the user who answers for it. Needs an open door."""
    if decision.owner_id:
        text = f"Keputusan rapat menjadi tugas Anda, paling lambat {dates.long(decision.due_on)}."
        _tell(decision, "tugas", text)


def remind_of_overdue(day: date) -> str:
    """Once to the user whose decision is past its day."""
    late = Decision.objects.filter(status=DecisionStatus.OPEN, due_on__lt=day).exclude(owner=None)
    told = 0
    for decision in late.prefetch_related("owner").order_by("pk"):
        text = f"Keputusan rapat yang menjadi tugas Anda lewat batas waktunya, {dates.long(decision.due_on)}."
        told += _tell(decision, "terlambat", text)
    return f"Keputusan rapat yang terlambat: {told} pemberitahuan."


def _tell(decision: Decision, stage: str, text: str) -> int:
    key = f"keputusan-{decision.pk}-{stage}"
    return notify(key=key, to=decision.owner, text=text, url="decision_detail", args=[decision.pk])


contribute("tick", Work("rapat", remind_of_overdue))
