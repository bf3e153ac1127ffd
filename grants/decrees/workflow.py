"""A decree is drafted, then enacted or thrown away; what is enacted is changed by another decree alone."""

from django.db import models

from ppks.kit.workflow import Move, Workflow


class Status(models.TextChoices):
    DRAFT = "draft", "Konsep"
    ENACTED = "enacted", "Ditetapkan"
    DISCARDED = "discarded", "Dibuang"


def _is_ready(decree) -> list[str]:
    from grants.decrees.readiness import why_not_ready  # it asks models, which import this module

    return why_not_ready(decree)


DECREE = Workflow(
    Move("enact", "Tetapkan SK", frozenset({Status.DRAFT}), Status.ENACTED, "grants.decree", guards=(_is_ready,)),
    Move(
        "discard",
        "Buang konsep",
        frozenset({Status.DRAFT}),
        Status.DISCARDED,
        "grants.prepare_decree",
        needs_note=True,
    ),
    initial=Status.DRAFT,
)
