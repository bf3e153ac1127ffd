"""A reported deduction is a case: open until somebody has handled it, with the result in words."""

from django.db import models

from ppks.kit.workflow import Move, Workflow


class Status(models.TextChoices):
    OPEN = "open", "Terbuka"
    HANDLED = "handled", "Ditangani"


DEDUCTION = Workflow(
    Move("handle", "Catat hasil penanganan", frozenset({Status.OPEN}), Status.HANDLED, "grants.hold", needs_note=True),
    Move("reopen", "Buka lagi", frozenset({Status.HANDLED}), Status.OPEN, "grants.hold", needs_note=True),
    initial=Status.OPEN,
)
