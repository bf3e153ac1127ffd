"""Work queues: which applications wait for which role, computed from their status, never kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q

from grants.accountability.models import Report
from grants.accountability.workflow import Status as ReportStatus
from grants.applications.models import Application
from grants.applications.readiness import is_filled
from grants.applications.statuses import EDITABLE, Status
from ppks.kit.prepared import totalled

MINE = "saya"


@dataclass(frozen=True, slots=True)
class Queue:
    """Applications that wait for whoever has `permission`; `condition(day)` says which."""

    code: str
    label: str
    note: str
    permission: str
    condition: Callable[[date], Q]


def _in(*statuses: Status) -> Callable[[date], Q]:
    return lambda day: Q(status__in=statuses)


def _with_report(*statuses: str) -> Callable[[date], Q]:
    """With money that went out and whose report stands there."""
    return lambda day: Q(pk__in=Report.objects.owed().filter(status__in=statuses).values("application"))


def _overdue(day: date) -> Q:
    return Q(pk__in=Report.objects.overdue_on(day).values("application"))


def _to_pay(day: date) -> Q:
    return Q(status__in=[Status.DECREED, Status.DISBURSED], balance__disbursed__lt=F("balance__committed"))


def _to_submit(day: date) -> Q:
    return Q(status__in=sorted(EDITABLE)) & is_filled(day)


QUEUES = (
    Queue("draf", "Draf", "lengkapi, lalu minta kepala dinas mengajukan", "grants.propose", _in(Status.DRAFT)),
    Queue("perbaiki", "Perlu perbaikan", "dikembalikan verifikator", "grants.propose", _in(Status.RETURNED)),
    Queue(
        "spj",
        "SPJ belum dilaporkan",
        "uangnya sudah disalurkan",
        "grants.report",
        _with_report(ReportStatus.DRAFT, ReportStatus.RETURNED),
    ),
    Queue("ajukan", "Siap diajukan", "isinya lengkap", "grants.submit", _to_submit),
    Queue("verifikasi", "Menunggu verifikasi", "kunjungi dan periksa", "grants.verify", _in(Status.SUBMITTED)),
    Queue("nilai", "Menunggu dinilai", "perlu dua penilai", "grants.score", _in(Status.VERIFIED)),
    Queue("peringkat", "Menunggu peringkat", "per alokasi kab/kota", "grants.rank", _in(Status.VERIFIED)),
    Queue("konsep", "Menunggu konsep SK", "sudah di daftar nominatif", "grants.prepare_decree", _in(Status.NOMINATED)),
    Queue("sk", "Menunggu SK", "sudah di daftar nominatif", "grants.decree", _in(Status.NOMINATED)),
    Queue("salur", "Menunggu penyaluran", "sudah ditetapkan SK", "grants.disburse", _to_pay),
    Queue(
        "periksa",
        "SPJ menunggu diperiksa",
        "sudah dilaporkan kab/kota",
        "grants.approve_report",
        _with_report(ReportStatus.SUBMITTED),
    ),
    Queue("tutup", "Siap ditutup", "SPJ sudah disahkan", "grants.close", _in(Status.ACCOUNTED)),
    Queue("lunas", "Pengembalian belum lunas", "menunggu setoran", "grants.settle", _in(Status.RECOVERY)),
)
OVERDUE = Queue("lewat", "SPJ lewat waktu", "menghalangi usulan baru orang yang sama", "grants.report", _overdue)
BY_CODE = {queue.code: queue for queue in (*QUEUES, OVERDUE)}


def queues_of(user: Any) -> list[Queue]:
    """The queues that this user works off."""
    return [queue for queue in QUEUES if user.has_perm(queue.permission)]


def waiting_for(user: Any, day: date) -> Q:
    """The condition of whatever waits for this user; nothing for who works off no queue."""
    condition = Q(pk__in=[])
    for queue in queues_of(user):
        condition |= queue.condition(day)
    return condition


def counted(rows: Any, queues: Iterable[Queue], day: date) -> dict[str, int]:
    """How many of these rows lie in each queue: one query."""
    asked = {queue.code: Count("pk", filter=queue.condition(day)) for queue in queues}
    return rows.order_by().aggregate(**asked) if asked else {}


def standing(user: Any, day: date) -> list[tuple[Queue, int]]:
    """The user's queues with their lengths, without the empty ones."""
    queues = queues_of(user)
    if not queues:
        return []
    lengths = _lengths(user, tuple(queue.code for queue in queues), day)
    return [(queue, lengths[queue.code]) for queue in queues if lengths[queue.code]]


@totalled
def _lengths(user, codes, day):
    asked = {code: Count("pk", filter=BY_CODE[code].condition(day)) for code in codes}
    return Application.objects.visible_to(user), asked
