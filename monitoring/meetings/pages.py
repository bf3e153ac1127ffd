"""What the pages of one meeting show: its agenda, who came, what was said and what was decided."""

from datetime import date
from typing import Any

from django.urls import reverse

from monitoring.meetings.agenda import agenda, kept
from monitoring.meetings.inviting import regions_of
from monitoring.meetings.lists import with_speakers
from monitoring.meetings.models import Decision, Input, Meeting, MeetingStep, Participant
from ppks.kit import dates
from ppks.kit.roles import PROVINCE

NAMED = 6  # kab/kota that are named one by one


def picture(meeting: Meeting, user: Any, day: date) -> dict[str, Any]:
    """Everything about one meeting; a fixed number of queries."""
    lines = agenda(meeting, user, day)
    decisions = list(
        Decision.objects.visible_to(user)
        .filter(meeting=meeting)
        .select_related("region")
        .prefetch_related("owner")
        .order_by("pk")
    )
    for line in lines:
        mine = line.item.pk if line.item else None
        line.decisions = [decision for decision in decisions if mine and decision.item_id == mine]
    said = Input.objects.visible_to(user).filter(meeting=meeting).select_related("region", "decision")
    return {
        "meeting": meeting,
        "crumbs": [{"label": "Rapat", "url": reverse("meeting_list")}, {"label": meeting.title}],
        "facts": facts(meeting, user),
        "paper": _paper(meeting, user),
        "lines": kept(lines),
        "dropped": [line for line in lines if line.is_dropped],
        "decisions": [(decision, decision.is_overdue(day)) for decision in decisions],
        "inputs": list(with_speakers(said.order_by("theme", "pk"), user)),
        "participants": list(Participant.objects.visible_to(user).filter(meeting=meeting).select_related("region")),
        "steps": list(MeetingStep.objects.visible_to(user).filter(meeting=meeting).prefetch_related("by")),
    }


def _paper(meeting: Meeting, user: Any) -> int | None:
    """The issued minutes, for who may open them: the paper names people of every kab/kota, so it is the province's."""
    may = user.has_perm("documents.view") and user.role_entry.enters == PROVINCE
    return meeting.paper_id if may else None


def facts(meeting: Meeting, user: Any) -> list[dict[str, str]]:
    """When, where and for whom."""
    hour = f", pukul {meeting.begins_at:%H.%M}" if meeting.begins_at else ""
    return [
        {"label": "Tanggal", "value": f"{dates.with_weekday(meeting.held_on)}{hour}"},
        {"label": "Tempat", "value": meeting.place},
        {"label": "Untuk", "value": _for_whom(meeting, user)},
    ]


def _for_whom(meeting: Meeting, user: Any) -> str:
    if meeting.is_for_all:
        return "seluruh provinsi"
    names = [str(region) for region in regions_of(meeting, user)]
    if user.role_entry.posted_to == "region":
        return f"beberapa kab/kota, termasuk {' dan '.join(names)}"
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} kab/kota"
