"""The minutes as a paper of the province: issued once, when they are closed, and never changed afterwards."""

from datetime import date
from typing import Any

from monitoring.meetings.agenda import Line, agenda, kept
from monitoring.meetings.lists import said, with_speakers
from monitoring.meetings.models import Decision, Input, Meeting, Participant
from monitoring.meetings.moves import MEETING
from monitoring.meetings.turns import take_turn
from ppks.documents import papers
from ppks.documents.kinds.shared import Signer
from ppks.documents.kinds.telling import Decision as Decided
from ppks.documents.kinds.telling import MeetingMinutes, Said


def close(meeting: Meeting, by: Any, day: date) -> None:
    """Close the minutes and issue their paper. All or nothing; raises what `MEETING.make` raises. Needs an open door."""
    take_turn(meeting)
    MEETING.make("minute", meeting, by=by, effective_on=day)
    lines = kept(agenda(meeting, by, day))
    subjects = {line.person.identity_id for line in lines if line.person}
    meeting.paper = papers.issue(
        "meeting_minutes", _told(meeting, lines, by, day), region_id=None, by=by, subjects=subjects
    )
    meeting.save(update_fields=["paper"])


def _told(meeting: Meeting, lines: list[Line], by: Any, day: date) -> MeetingMinutes:
    came = Participant.objects.visible_to(by).filter(meeting=meeting, attended=True)
    inputs = Input.objects.visible_to(by).filter(meeting=meeting).select_related("decision").order_by("theme", "pk")
    decisions = Decision.objects.visible_to(by).filter(meeting=meeting).prefetch_related("owner").order_by("pk")
    return MeetingMinutes(
        day=day,
        title=meeting.title,
        held_on=meeting.held_on,
        time=f"{meeting.begins_at:%H.%M} WIB" if meeting.begins_at else "",
        venue=meeting.place,
        chair=str(by),
        attendees=tuple(str(one) for one in came),
        agenda=tuple(_subject(line) for line in lines),
        inputs=tuple(Said(by=str(speaker), text=_input(one)) for one, speaker in with_speakers(inputs, by)),
        decisions=tuple(Decided(text=one.what, owner=one.owner_said, due=one.due_on) for one in decisions),
        signers=(Signer(role="Pemimpin rapat", name=str(by)),),
    )


def _subject(line: Line) -> str:
    who = ", ".join(filter(None, [line.person.shown_name if line.person else "", line.region]))
    named = f"{line.point.title} ({who})" if who else line.point.title
    return f"{named}. {line.said}" if line.said else named


def _input(one: Input) -> str:
    end = f"{one.outcome_label}: {one.decision.what}" if one.decision_id else one.outcome_label
    return " ".join(filter(None, [said(one), f"[{end}]", one.outcome_reason]))
