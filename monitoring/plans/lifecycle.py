"""The states of a plan and of its actions, and the moves between them."""

from typing import Any

from django.db import models

from monitoring.plans.effect import Outcome
from ppks.kit import dates
from ppks.kit.workflow import Move, Workflow

MAY = "monitoring.make_plan"


class PlanStatus(models.TextChoices):
    OPEN = "open", "Berjalan"
    DONE = "done", "Selesai"
    STOPPED = "stopped", "Dihentikan"


class ActionStatus(models.TextChoices):
    OPEN = "open", "Belum selesai"
    DONE = "done", "Selesai"
    DROPPED = "dropped", "Tidak jadi"


def _all_settled(plan: Any) -> str | None:
    waiting = plan.actions.filter(status=ActionStatus.OPEN).count()
    return f"Masih ada {waiting} langkah yang belum selesai." if waiting else None


def _measured_or_recovered(plan: Any) -> str | None:
    """Until then it stays open, so that no business in need of help is without a plan while its effect is awaited."""
    if plan.outcome != Outcome.NOT_YET or not plan.needs_help_on(dates.today()):
        return None
    return "Hasilnya belum dinilai: perlu dua kunjungan sesudah rencana dimulai, atau usaha tidak perlu bantuan lagi."


def _no_other_is_open(plan: Any) -> str | None:
    others = type(plan).objects.filter(business=plan.business_id, status=PlanStatus.OPEN)
    return "Usaha ini sudah punya rencana lain yang berjalan." if others.exclude(pk=plan.pk).exists() else None


def _plan_is_open(action: Any) -> str | None:
    return None if action.plan.status == PlanStatus.OPEN else "Rencananya sudah ditutup. Buka lagi rencananya dulu."


PLAN = Workflow(
    Move(
        "finish",
        "Selesaikan rencana",
        frozenset({PlanStatus.OPEN}),
        PlanStatus.DONE,
        MAY,
        guards=(_all_settled, _measured_or_recovered),
    ),
    Move("stop", "Hentikan rencana", frozenset({PlanStatus.OPEN}), PlanStatus.STOPPED, MAY, needs_note=True),
    Move(
        "reopen",
        "Buka lagi",
        frozenset({PlanStatus.DONE, PlanStatus.STOPPED}),
        PlanStatus.OPEN,
        MAY,
        guards=(_no_other_is_open,),
        needs_note=True,
    ),
    initial=PlanStatus.OPEN,
    under="business",
)
ACTION = Workflow(
    Move(
        "finish",
        "Tandai selesai",
        frozenset({ActionStatus.OPEN}),
        ActionStatus.DONE,
        MAY,
        guards=(_plan_is_open,),
        needs_note=True,
    ),
    Move(
        "drop",
        "Tidak jadi",
        frozenset({ActionStatus.OPEN}),
        ActionStatus.DROPPED,
        MAY,
        guards=(_plan_is_open,),
        needs_note=True,
    ),
    Move(
        "reopen",
        "Buka lagi",
        frozenset({ActionStatus.DONE, ActionStatus.DROPPED}),
        ActionStatus.OPEN,
        MAY,
        guards=(_plan_is_open,),
        needs_note=True,
    ),
    initial=ActionStatus.OPEN,
)
