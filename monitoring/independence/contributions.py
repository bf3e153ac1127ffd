"""What the room of independence adds to a person's page and timeline."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from clients.models import Person
from clients.pages import BY_NAME, Event, Tab, about_person
from monitoring.independence.models import Agreement, Graduation, GraduationStep
from ppks.kit.contributions import contribute, contributor
from ppks.kit.prepared import prepared

contribute("person_tab", Tab("Mandiri", "person_independence", "monitoring.view_business", 45))


@about_person
def spells_of(user, person):
    """The person's graduations, newest first."""
    return Graduation.objects.visible_to(user).filter(person=person)


@about_person
def _agreements(user, person):
    return Agreement.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME)


@prepared
def _steps(user, graduations):
    return GraduationStep.objects.visible_to(user).filter(graduation__in=graduations).annotate(by_name=BY_NAME)


@contributor("person_now")
def now(person: Person, user: Any) -> tuple[str, dict[str, Any]] | None:
    """A graduation that is under way or stands."""
    if not user.has_perm("monitoring.view_business"):
        return None
    current = [spell for spell in spells_of(person, user) if spell.is_open or spell.status == spell.Status.INDEPENDENT]
    return ("independence/person_now.html", {"spell": current[0]}) if current else None


@contributor("timeline")
def steps(person: Person, user: Any) -> Iterator[Event]:
    for step in _steps(user, tuple(spell.pk for spell in spells_of(person, user))):
        yield Event(
            on=step.effective_on,
            title=f"Mandiri: {step.label.lower()}",
            text="" if "note" in step.get_deferred_fields() else step.note,
            by=step.by_name,
            url=reverse("graduation_detail", args=[step.graduation_id]),
        )


@contributor("timeline")
def agreements(person: Person, user: Any) -> Iterator[Event]:
    for said in _agreements(person, user):
        title = "Bersedia dinyatakan mandiri" if said.agrees else "Tidak bersedia dinyatakan mandiri"
        yield Event(on=said.said_on, title=title, text=said.get_way_display(), by=said.by_name)
