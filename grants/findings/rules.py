"""The findings: each a condition on applications, with a sentence for when it is empty and for when it is not."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL

from clients.models import Person
from grants.accountability.models import FundReturn, Purchase, Recovery, Report
from grants.applications.documents import ApplicationDocument, Stage
from grants.applications.statuses import Status
from grants.decrees.models import DecreeLine
from grants.payments.models import Disbursement, Hold, ReceiptCheck
from grants.programmes.models import DocumentType

LONG_HOLD, LONG_WAIT = 30, 14  # days


@dataclass(frozen=True, slots=True)
class Finding:
    """`condition(day)` says which applications are concerned; `empty` is said when none are."""

    code: str
    label: str
    empty: str
    condition: Callable[[date], Q]


def _paid() -> Q:
    return Q(Exists(Disbursement.objects.filter(application=OuterRef("pk"), bounce=None)))


def _no_report(day: date) -> Q:
    late = Report.objects.overdue_on(day).filter(application=OuterRef("pk"))
    nothing = late.exclude(Exists(Purchase.objects.filter(report=OuterRef("pk"))))
    return Q(Exists(nothing.exclude(Exists(FundReturn.objects.filter(report=OuterRef("pk"))))))


def _overdue(day: date) -> Q:
    return Q(pk__in=Report.objects.overdue_on(day).values("application"))


def _not_looked_at(day: date) -> Q:
    waiting = Report.objects.waiting_since(day - timedelta(days=LONG_WAIT))
    return Q(pk__in=waiting.values("application"))


def _without_papers(day: date) -> Q:
    there = ApplicationDocument.objects.filter(application=OuterRef(OuterRef("pk")), type=OuterRef("pk"))
    asked = DocumentType.objects.current().filter(stage=Stage.PAYMENT, is_required=True)
    asked = asked.filter(Q(form="") | Q(form=OuterRef("call__line__programme__form")))
    return _paid() & Q(Exists(asked.exclude(Exists(there))))


def _outside_decree(day: date) -> Q:
    line = DecreeLine.objects.filter(application=OuterRef("pk"), decree__status="enacted")
    return (_paid() & ~Q(Exists(line))) | Q(balance__disbursed__gt=F("balance__committed"))


def _without_nik(day: date) -> Q:
    known = Person.objects.filter(pk=OuterRef("person"), nik_status=Person.NikStatus.PRESENT)
    return _paid() & ~Q(Exists(known))


def _deducted(day: date) -> Q:
    return Q(pk__in=ReceiptCheck.objects.filter(deducted__gt=0).values("disbursement__application"))


def _used_twice(day: date) -> Q:
    return Q(pk__in=Purchase.objects.used_twice().values("report__application"))


def _not_returned(day: date) -> Q:
    return Q(status=Status.RECOVERY, pk__in=Recovery.objects.filter(due_on__lt=day).values("application"))


def _held_long(day: date) -> Q:
    old = Hold.objects.filter(lifted_at=None, made_at__date__lt=day - timedelta(days=LONG_HOLD))
    return Q(pk__in=old.values("application"))


def _other_account(day: date) -> Q:
    return Q(pk__in=RawSQL("select grants_paid_into_other_accounts()", []))


FINDINGS = (
    Finding("tanpa-spj", "Lewat waktu tanpa satu nota pun", "Setiap SPJ yang jatuh tempo ada isinya.", _no_report),
    Finding("spj-lewat", "SPJ lewat waktu", "Tidak ada SPJ yang lewat waktu.", _overdue),
    Finding(
        "belum-diperiksa",
        "SPJ lebih dari 14 hari menunggu diperiksa",
        "Tidak ada SPJ yang lama menunggu diperiksa.",
        _not_looked_at,
    ),
    Finding(
        "tanpa-pakta",
        "Dibayar tanpa pakta integritas, SPTJM, atau dokumen wajib lain",
        "Semua yang dibayar lengkap dokumennya.",
        _without_papers,
    ),
    Finding("luar-sk", "Dibayar di luar SK", "Tidak ada pembayaran di luar SK.", _outside_decree),
    Finding("nik", "Dibayar tanpa NIK yang tercatat", "Semua yang dibayar tercatat NIK-nya.", _without_nik),
    Finding("potongan", "Ada yang mengaku dipotong", "Tidak ada yang mengaku dipotong.", _deducted),
    Finding(
        "nota-ganda", "Nota sama atau mirip dipakai dua kali", "Tidak ada nota yang dipakai dua kali.", _used_twice
    ),
    Finding("belum-kembali", "Pengembalian lewat batas waktu", "Tidak ada pengembalian yang lewat.", _not_returned),
    Finding("ditahan", "Ditahan lebih dari 30 hari", "Tidak ada yang ditahan lebih dari 30 hari.", _held_long),
    Finding(
        "rekening",
        "Rekening bukan atas nama sendiri tanpa surat kuasa wali",
        "Semua rekening atas nama sendiri atau dengan surat kuasa wali.",
        _other_account,
    ),
)
BY_CODE = {finding.code: finding for finding in FINDINGS}
