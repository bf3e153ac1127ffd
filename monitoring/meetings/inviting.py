"""Who is concerned by a meeting: its kab/kota as a user may name them, and who may answer for a decision."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from monitoring.meetings.models import Meeting, MeetingRegion, Participant
from ppks.accounts.roles import ROLES
from ppks.kit.roles import PROVINCE
from ppks.regions.models import Region

OF_THE_PROVINCE = [role.name for role in ROLES.values() if role.enters == PROVINCE]


def regions_of(meeting: Meeting, user: Any) -> list[Region]:
    """The kab/kota of the meeting that this user may name."""
    invited = MeetingRegion.objects.visible_to(user).filter(meeting=meeting)
    return list(Region.objects.filter(pk__in=invited.values("region")))


def choices_of(regions: Iterable[Region]) -> list[tuple[str, str]]:
    return [(str(region.pk), str(region)) for region in regions]


def possible_owners(regions: list[Region]) -> list[Any]:
    """Active users of the province and of these kab/kota, by name."""
    posted = Q(postings__region__in=regions, role__in=["officer", "regional_head"])
    users = get_user_model().names.filter(Q(role__in=OF_THE_PROVINCE) | posted, is_active=True)
    return list(users.exclude(full_name="").distinct().order_by("full_name", "pk"))


def invite(meeting: Meeting, regions: Iterable[Region]) -> None:
    """Let the meeting concern exactly these. Needs an open door."""
    wanted = {region.pk for region in regions}
    present = set(MeetingRegion.objects.filter(meeting=meeting).values_list("region", flat=True))
    MeetingRegion.objects.filter(meeting=meeting, region__in=present - wanted).delete()
    MeetingRegion.objects.bulk_create(MeetingRegion(meeting=meeting, region_id=pk) for pk in sorted(wanted - present))


def participant_for(meeting: Meeting, user: Any, region: Region | None) -> Participant:
    """The user as a participant, added to the list when not yet on it."""
    office = f"Dinas Sosial {region}" if region else "Dinas Sosial Provinsi Jawa Timur"
    known = Participant.objects.visible_to(user).filter(meeting=meeting).filter(Q(user=user) | Q(name=str(user)))
    if found := known.first():
        return found
    more = {"region": region, "user": user}
    return Participant.objects.get_or_create(meeting=meeting, name=str(user), office=office, defaults=more)[0]
