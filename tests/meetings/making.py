"""Meetings for tests: prepared, held and minuted, with what was said and decided."""

import uuid
from datetime import date, time, timedelta
from typing import Any

from monitoring.meetings.agenda import hold
from monitoring.meetings.minutes import close
from monitoring.meetings.models import AgendaItem, Decision, Input, Meeting, MeetingRegion, Participant
from ppks.kit import dates
from ppks.regions.models import Region
from tests.office import door
from tests.people import BOJONEGORO, member


def meeting(*regions: int, on: date | None = None, title: str = "Rapat konsolidasi") -> Meeting:
    """A meeting that is being prepared, for these kab/kota or the whole province; today unless `on` says otherwise."""
    made = Meeting.objects.create(
        title=title,
        held_on=on or dates.today(),
        begins_at=time(9, 0),
        place="Aula Dinas Sosial",
        scope=Meeting.Scope.REGIONS if regions else Meeting.Scope.PROVINCE,
        by=member("provinsi"),
        key=uuid.uuid4(),
    )
    for region in regions or Region.objects.current().values_list("pk", flat=True):
        MeetingRegion.objects.create(meeting=made, region_id=region)
    return Meeting.objects.get(pk=made.pk)


def written(of: Meeting, title: str = "Jadwal pelatihan", **fields: Any) -> AgendaItem:
    """A subject that somebody wrote."""
    return AgendaItem.objects.create(meeting=of, kind="sendiri", title=title, **fields)


def comer(of: Meeting, name: str = "Suyatno", office: str = "Dinas Koperasi dan UKM", **fields: Any) -> Participant:
    return Participant.objects.create(meeting=of, name=name, office=office, **fields)


def said(of: Meeting, speaker: Participant, text: str = "Pembeli hanya tetangga.", **fields: Any) -> Input:
    fields = {"theme": "market", "key": uuid.uuid4(), "by": fields.get("by") or member("provinsi")} | fields
    return Input.objects.create(meeting=of, participant=speaker, text=text, **fields)


def begun(of: Meeting) -> Meeting:
    leader = member("provinsi")
    with door(leader, write=True):
        hold(of, leader, dates.today())
    return Meeting.objects.get(pk=of.pk)


def decided(of: Meeting, what: str = "Membuka stan di pasar Kamis", **fields: Any) -> Decision:
    """An open decision of a meeting that is being held."""
    fields = {"key": uuid.uuid4(), "by": fields.get("by") or member("provinsi")} | fields
    fields = {"owner_office": "Dinas Koperasi dan UKM", "due_on": dates.today() + timedelta(days=30)} | fields
    made = Decision.objects.create(meeting=of, what=what, **fields)
    return Decision.objects.get(pk=made.pk)


def closed(of: Meeting) -> Meeting:
    """The meeting with its minutes closed; everybody came."""
    Participant.objects.filter(meeting=of).update(attended=True)
    leader = member("provinsi")
    with door(leader, write=True):
        close(of, leader, dates.today())
    return Meeting.objects.get(pk=of.pk)


def spoken(region: int = BOJONEGORO) -> dict[str, Any]:
    """A meeting of one kab/kota that is being held, and one thing of everything in it."""
    of = meeting(region)
    item, person = written(of, region_id=region), comer(of, region_id=region)
    one = said(of, person, region_id=region)
    held = begun(of)
    item.refresh_from_db()
    decision = decided(held, region_id=region)
    return {"meeting": held, "item": item, "participant": person, "said": one, "decision": decision}
