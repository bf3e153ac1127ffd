"""Stores what a scorer says: only what differs from his newest answers is added, so sending twice adds nothing."""

from collections.abc import Iterable
from typing import Any

from grants.applications.models import Application
from grants.programmes.models import Criterion
from grants.selection.models import Score
from ppks.kit.refusals import refusals


def judgements(application: Application, user: Any) -> dict[int, tuple[int, str]]:
    """The user's newest value and reason by criterion, in the application's present cycle."""
    own = Score.objects.visible_to(user).filter(application=application.pk, cycle=application.cycle, by=user.pk)
    rows = own.order_by("pk").values_list("criterion", "value", "justification")
    return {criterion: (value, reason) for criterion, value, reason in rows}


def judge(application: Application, scores: Iterable[tuple[Criterion, int, str]], *, by: Any) -> None:
    """Add each judgement that is new. Raises ValidationError."""
    known = judgements(application, by)
    with refusals():
        for criterion, value, reason in scores:
            if known.get(criterion.pk) != (value, reason):
                Score.objects.create(
                    application=application, criterion=criterion, value=value, justification=reason, by=by
                )
