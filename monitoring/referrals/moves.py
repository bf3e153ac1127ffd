"""The way of a referral: sent, answered by the partner office, done or taken back; and when silence is too long."""

from datetime import date, timedelta

from django.db import models

from ppks.kit.workflow import Move, Workflow

SILENT_AFTER = 14  # days without an answer
SEND, ANSWER = "referrals.send_referral", "referrals.answer_referral"


class ReferralStatus(models.TextChoices):
    SENT = "sent", "Menunggu jawaban"
    ACCEPTED = "accepted", "Diterima"
    REJECTED = "rejected", "Ditolak"
    DONE = "done", "Selesai"
    WITHDRAWN = "withdrawn", "Ditarik"


S = ReferralStatus
OPEN = frozenset({S.SENT, S.ACCEPTED})
REFERRAL = Workflow(
    Move("accept", "Terima", frozenset({S.SENT}), S.ACCEPTED, ANSWER),
    Move("done", "Selesai, dengan hasil", frozenset({S.ACCEPTED}), S.DONE, ANSWER, needs_note=True),
    Move("reject", "Tolak", OPEN, S.REJECTED, ANSWER, needs_note=True),
    Move("withdraw", "Tarik rujukan", OPEN, S.WITHDRAWN, SEND, needs_note=True),
    initial=S.SENT,
)


def silent_since(day: date) -> date:
    """What was sent on this day or before, and is not answered on `day`, has been silent too long."""
    return day - timedelta(days=SILENT_AFTER)
