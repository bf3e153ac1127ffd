"""What happened to an application, told newest first: its steps, with names and notes as far as a role may read them."""

from typing import Any

from clients.pages import BY_NAME, Event
from grants.applications.models import Application, ApplicationStep, CoverLetter
from grants.applications.workflow import APPLICATION
from ppks.kit import dates


def told(application: Application, user: Any) -> list[Event]:
    """Every step, and its beginning."""
    return [*reversed(list(_steps(application, user))), _beginning(application)]


def _steps(application: Application, user: Any):
    rows = ApplicationStep.objects.visible_to(user).filter(application=application.pk).annotate(by_name=BY_NAME)
    letters = CoverLetter.objects.visible_to(user).filter(steps__application=application.pk).in_bulk()
    for step in rows:
        yield Event(
            on=step.effective_on,
            title=APPLICATION.moves[step.move].label,
            text=". ".join(filter(None, [*_about(step), letters and step.letter_id and str(letters[step.letter_id])])),
            by=step.by_name,
        )


def _about(step: ApplicationStep) -> list[str]:
    return [step.get_code_display() if step.code else "", said_in(step)]


def said_in(step: ApplicationStep) -> str:
    """The note, unless the role may not read it."""
    return "" if "note" in step.get_deferred_fields() else step.note.rstrip(".")


def _beginning(application: Application) -> Event:
    by = (
        Application.objects.filter(pk=application.pk)
        .annotate(by_name=BY_NAME)
        .values_list("by_name", flat=True)
        .first()
    )
    return Event(on=dates.local(application.made_at), title="Usulan dibuat", by=by or "")
