"""What a report counts of help: plans and what came of them, referrals and how partner offices answered."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Q, QuerySet

from monitoring.plans.effect import Outcome
from monitoring.plans.models import Plan, PlanStatus
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import ReferralStatus, silent_since
from monitoring.reports.measures import Measure, Source, Span, shaped, through_business, when


def _plans(user: Any, span: Span) -> QuerySet:
    rows = Plan.objects.visible_to(user).filter(began_on__lte=span.day)
    return shaped(rows, **through_business(), on=F("began_on"), detail=F("status"))


def _ended(status: PlanStatus) -> Callable[[Span], Q]:
    return lambda span: span.within("ended_on") & Q(status=status)


PLANS = Source(
    "rencana",
    "Rencana bantuan",
    "monitoring.view_business",
    _plans,
    (
        Measure(
            "rencana_mulai",
            "Dimulai selama periode",
            "Rencana menurut hari mulainya.",
            lambda span: span.within("began_on"),
        ),
        Measure(
            "rencana_jalan",
            "Berjalan pada akhir periode",
            "Rencana yang sudah mulai dan belum ditutup.",
            lambda span: Q(ended_on=None) | Q(ended_on__gt=span.day),
        ),
        Measure(
            "rencana_selesai",
            "Selesai selama periode",
            "Semua langkahnya selesai dan hasilnya dinilai.",
            _ended(PlanStatus.DONE),
        ),
        Measure(
            "rencana_henti",
            "Dihentikan selama periode",
            "Ditutup dengan alasan, sebelum selesai.",
            _ended(PlanStatus.STOPPED),
        ),
        Measure(
            "rencana_membaik",
            "Dinilai membaik selama periode",
            "Kunjungan kedua sesudah rencana jatuh dalam periode dan lebih baik daripada sebelumnya. Hubungan, "
            "belum tentu sebab.",
            lambda span: span.within("measured_on") & Q(outcome=Outcome.BETTER),
        ),
    ),
    dict(PlanStatus.choices),
)


def _referrals(user: Any, span: Span) -> QuerySet:
    rows = Referral.objects.visible_to(user).filter(sent_on__lte=span.day).as_of(span.day)
    return shaped(rows, on=F("sent_on"), about=F("office__name"), detail=F("state"))


REFERRALS = Source(
    "rujukan",
    "Rujukan ke kantor mitra",
    "referrals.view_referral",
    _referrals,
    (
        Measure(
            "rujukan_kirim", "Dikirim selama periode", "Menurut hari dikirim.", lambda span: span.within("sent_on")
        ),
        Measure(
            "rujukan_jawab",
            "Dijawab selama periode",
            "Jawaban pertama, diterima atau ditolak.",
            lambda span: span.within("answered_on"),
        ),
        Measure(
            "rujukan_selesai",
            "Selesai selama periode",
            "Kantor mitra menulis hasilnya.",
            lambda span: span.within("closed_on") & Q(state=ReferralStatus.DONE),
        ),
        Measure(
            "rujukan_tunggu",
            "Menunggu jawaban pada akhir periode",
            "Termasuk yang terlambat.",
            when(state=ReferralStatus.SENT),
        ),
        Measure(
            "rujukan_terlambat",
            "Terlambat dijawab pada akhir periode",
            "14 hari atau lebih tanpa jawaban.",
            lambda span: Q(state=ReferralStatus.SENT, sent_on__lte=silent_since(span.day)),
        ),
    ),
    dict(ReferralStatus.choices),
)
