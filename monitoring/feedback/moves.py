"""The way of a complaint or suggestion, from its arrival to an answer that whoever sent it can read."""

from django.db import models

from ppks.kit.workflow import Move, Workflow

HANDLE = "feedback.handle"


class Status(models.TextChoices):
    NEW = "new", "Baru"
    HANDLING = "handling", "Ditangani"
    ANSWERED = "answered", "Dijawab"
    CLOSED = "closed", "Selesai"


def _has_an_answer(feedback) -> str | None:
    last = feedback.steps.filter(move="reopen").order_by("-version").first()
    answers = feedback.answers.filter(made_at__gt=last.recorded_at) if last else feedback.answers
    return None if answers.exists() else "Tulis jawaban untuk pelapor dahulu."


FEEDBACK = Workflow(
    Move("take", "Tangani", frozenset({Status.NEW}), Status.HANDLING, HANDLE),
    Move("answer", "Jawab", frozenset({Status.HANDLING}), Status.ANSWERED, HANDLE, guards=(_has_an_answer,)),
    Move("close", "Tutup", frozenset({Status.ANSWERED}), Status.CLOSED, HANDLE),
    Move(
        "dismiss",
        "Tutup tanpa jawaban",
        frozenset({Status.NEW, Status.HANDLING}),
        Status.CLOSED,
        HANDLE,
        needs_note=True,
    ),
    Move(
        "reopen",
        "Buka kembali",
        frozenset({Status.ANSWERED, Status.CLOSED}),
        Status.HANDLING,
        HANDLE,
        needs_note=True,
    ),
    initial=Status.NEW,
)
WAITING = (Status.NEW, Status.HANDLING)
