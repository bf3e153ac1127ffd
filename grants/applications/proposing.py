"""Proposing somebody, and the moves that need more than a button: what goes with them is stored in the same transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from clients.models import Person
from grants.applications.facts import facts_of
from grants.applications.models import Application, CoverLetter, EligibilityCheck
from grants.applications.notices import tell_the_verifiers
from grants.applications.workflow import APPLICATION
from grants.programmes.models import Call
from ppks.kit import dates
from ppks.kit.refusals import refusals


def propose(person: Person, call: Call, *, by: Any) -> Application:
    """A new draft for this person. Raises ValidationError, as for somebody with another live grant in the year."""
    with refusals():
        application = Application.objects.create(person=person, call=call, by=by)
    return Application.objects.visible_to(by).get(pk=application.pk)


def cover_letter(region_id: int, *, number: str, dated_on: date, by: Any) -> CoverLetter:
    """The letter with this number and day, kept once. Raises ValidationError for a number that names another day."""
    with refusals():
        known = {"region_id": region_id, "number": number, "dated_on": dated_on}
        return CoverLetter.objects.visible_to(by).filter(**known).first() or CoverLetter.objects.create(**known, by=by)


def submit(application: Application, *, letter: CoverLetter, by: Any, note: str = "") -> None:
    """Send it to the province, and keep what the rules were asked with. Raises ValidationError."""
    with refusals():
        APPLICATION.make("submit", application, by=by, note=note, letter=letter)
        EligibilityCheck.objects.create(
            application=application,
            rule_set=application.call.rule_set,
            on=dates.today(),
            inputs=facts_of(application, dates.today()).as_inputs(),
            by=by,
        )


def submit_together(applications: Iterable[Application], *, number: str, dated_on: date, by: Any) -> CoverLetter:
    """Send applications of one kab/kota with one letter: all of them or none. Raises ValidationError, naming whose it is."""
    applications = list(applications)
    with transaction.atomic():
        letter = cover_letter(applications[0].region_id, number=number, dated_on=dated_on, by=by)
        for application in applications:
            try:
                submit(application, letter=letter, by=by)
            except ValidationError as error:
                raise ValidationError([f"{application.person}: {said}" for said in error.messages]) from error
        tell_the_verifiers(letter, applications)
    return letter
