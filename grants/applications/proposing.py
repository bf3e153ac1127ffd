"""Proposing somebody, and the moves that need more than a button: what goes with them is stored in the same transaction."""

from typing import Any

from clients.models import Person
from grants.applications.facts import facts_of
from grants.applications.models import Application, EligibilityCheck
from grants.applications.workflow import APPLICATION
from grants.programmes.models import Call
from ppks.kit import dates
from ppks.kit.refusals import refusals


def propose(person: Person, call: Call, *, by: Any) -> Application:
    """A new draft for this person. Raises ValidationError, as for somebody with another live grant in the year."""
    with refusals():
        application = Application.objects.create(person=person, call=call, by=by)
    return Application.objects.visible_to(by).get(pk=application.pk)


def submit(application: Application, *, by: Any, note: str = "") -> None:
    """Send it to the province, and keep what the rules were asked with. Raises ValidationError."""
    with refusals():
        APPLICATION.make("submit", application, by=by, note=note)
        EligibilityCheck.objects.create(
            application=application,
            rule_set=application.call.rule_set,
            on=dates.today(),
            inputs=facts_of(application, dates.today()).as_inputs(),
            by=by,
        )
