"""What of plans waits for somebody, as front pages count it: each number opens exactly its rows."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from monitoring.plans.models import HelpNeed, Plan
from ppks.kit.listing import COUNTED_EXACTLY
from ppks.kit.prepared import counted

MORE = "> 1.000"
LATE = "ada langkah yang lewat tanggalnya"


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
    numbers = _numbers(user, day)
    found = (
        _task(numbers["alerted"], "Perlu bantuan 14 hari tanpa rencana", "peringatan", "help_list", umur="lewat"),
        _task(numbers["waiting"], "Perlu bantuan dan belum punya rencana", "buat rencana", "help_list"),
        _task(numbers["late"], "Rencana terlambat", LATE, "plan_list", tahap="terlambat"),
    )
    return [task for task in found if task.value != 0]


@counted
def _numbers(user, day):
    waiting = HelpNeed.objects.visible_to(user).on(day).without_plan()
    asked = {"alerted": waiting.waiting(day), "waiting": waiting, "late": Plan.objects.visible_to(user).overdue(day)}
    return {name: rows.order_by()[: COUNTED_EXACTLY + 1] for name, rows in asked.items()}


def _task(number: int, label: str, note: str, page: str, **codes: str) -> Task:
    value = number if number <= COUNTED_EXACTLY else None
    return Task(value, label, note, f"{reverse(page)}?{urlencode(codes)}" if codes else reverse(page))
