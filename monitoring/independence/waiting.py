"""What waits for one reader on the way to independence, for front pages: each number opens its tab of the list."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from monitoring.independence.lists import KEPT, PART, READY, STAGES
from monitoring.independence.models import Place
from monitoring.independence.workflow import DECIDE, PROPOSE, VERIFY
from ppks.kit.prepared import counted, prepared


@dataclass(frozen=True, slots=True)
class Waiting:
    value: int
    label: str
    note: str
    url: str


TASKS = (  # permission, tab, words
    (DECIDE, "putusan", "Usulan mandiri menunggu putusan Anda", "sudah diverifikasi dengan kunjungan rumah"),
    (VERIFY, "verifikasi", "Usulan mandiri menunggu verifikasi", "kunjungan rumah oleh orang selain pengusul"),
    (PROPOSE, "dikembalikan", "Usulan mandiri dikembalikan", "lengkapi, lalu usulkan lagi"),
    (PROPOSE, READY, "Siap diusulkan mandiri", "semua syarat terpenuhi dengan bukti baru"),
)


def waiting(user: Any, day: date) -> list[Waiting]:
    """What this user's role can take up today; nothing that is zero. Two queries at most."""
    mine = [task for task in TASKS if user.has_perm(task[0])]
    counts = _counts(user, day, {part for _, part, *_ in mine})
    return [
        Waiting(counts[part], label, note, f"{reverse('readiness_list')}?{urlencode({PART.name: part})}")
        for _, part, label, note in mine
        if counts[part]
    ]


def _counts(user: Any, day: date, parts: set[str]) -> Counter:
    """How many people of the list each of these tabs holds."""
    if not parts:
        return Counter()
    stages = {status: code for code, (_, status) in STAGES.items() if code in parts}
    counts = Counter({stages[status]: number for status, number in _proposed(user, day, tuple(sorted(stages)))})
    return counts + Counter(_ready(user, day) if READY in parts else {})


@prepared
def _proposed(user, day, stages):
    rows = Place.objects.visible_to(user).filter(proposal__in=stages).order_by()
    return rows.values_list("proposal").annotate(n=Count("*"))


@counted
def _ready(user, day):
    return {READY: KEPT[READY](day)}
