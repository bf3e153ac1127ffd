"""What applications tell on a person's page: events of the timeline."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.urls import reverse

from clients.models import Person
from clients.pages import BY_NAME, Event, about_person
from grants.applications.histories import said_in
from grants.applications.models import Application, ApplicationStep
from grants.applications.statuses import Status
from ppks.kit.contributions import contributor
from ppks.kit.prepared import prepared


@about_person
def of_person(user, person):
    """The person's applications, the newest first."""
    return Application.objects.visible_to(user).filter(person=person).select_related("call")


@prepared
def _steps(user, applications):
    steps = ApplicationStep.objects.visible_to(user).filter(application__in=applications)
    return steps.annotate(by_name=BY_NAME, of=F("application"))


@contributor("timeline")
def applications(person: Person, user: Any) -> Iterator[Event]:
    for step in _steps(user, tuple(one.pk for one in of_person(person, user))):
        yield Event(
            on=step.effective_on,
            title=f"Usulan hibah: {Status(step.target).label.lower()}",
            text=said_in(step),
            by=step.by_name,
            url=reverse("application_detail", args=[step.of]),
        )
