"""What of plans waits for somebody, as front pages count it: each number opens exactly its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from monitoring.plans.models import HelpNeed, Plan
from monitoring.plans.need_lists import capped

MORE = "> 1.000"


@dataclass(frozen=True, slots=True)
class Task:
    """`value` is None for more than a list counts; `said` is what the page prints then."""

    value: int | None
    label: str
    note: str
    url: str
    said: str = MORE


def tasks(user: Any, day: date) -> list[Task]:
    """Whom nobody helps yet, of whom somebody was alerted, and plans that are late; nothing that is zero."""
    waiting, plans = HelpNeed.objects.visible_to(user).on(day).without_plan(), Plan.objects.visible_to(user)
    found = (
        _task(waiting.waiting(day), "Perlu bantuan 14 hari tanpa rencana", "peringatan", "help_list", umur="lewat"),
        _task(waiting, "Perlu bantuan dan belum punya rencana", "buat rencana", "help_list"),
        _task(
            plans.overdue(day), "Rencana terlambat", "ada langkah yang lewat tanggalnya", "plan_list", tahap="terlambat"
        ),
    )
    return [task for task in found if task.value != 0]


def _task(rows: QuerySet, label: str, note: str, page: str, **codes: str) -> Task:
    return Task(capped(rows), label, note, f"{reverse(page)}?{urlencode(codes)}" if codes else reverse(page))
