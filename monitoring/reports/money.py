"""What a report counts of grants: applications by how far they are, and the rupiah of the ledger."""

from collections.abc import Callable
from typing import Any

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from grants.applications.models import Application, ApplicationStep
from grants.applications.statuses import DEAD, EDITABLE, Status
from grants.budget.lists import MONEY as PARTS
from grants.budget.models import Entry
from monitoring.reports.measures import Measure, Source, Span, shaped, word

SEE = "grants.view_application"
K = Entry.Kind
NUMBER = Concat(word("Usulan "), Cast("year", TextField()), word("-"), Cast("pk", TextField()))


def _in(*statuses: str) -> Callable[[Span], Q]:
    return lambda span: Q(row_detail__in=sorted(statuses))


def _requests(user: Any, span: Span) -> QuerySet:
    """Applications by their status at the end of the day, as the effective days of their steps tell it."""
    steps = ApplicationStep.objects.filter(application=OuterRef("pk"), effective_on__lte=span.day)
    status = Coalesce(Subquery(steps.order_by("-version").values("target")[:1]), word(Status.DRAFT))
    rows = Application.objects.visible_to(user).annotate(made_on=TruncDate("made_at")).filter(made_on__lte=span.day)
    return shaped(rows, on=F("made_on"), about=NUMBER, detail=status, amount=F("requested"))


REQUESTS = Source(
    "hibah",
    "Usulan hibah, pada akhir periode",
    SEE,
    _requests,
    (
        Measure("hibah_tulis", "Masih ditulis", "Draf dan yang dikembalikan untuk diperbaiki.", _in(*EDITABLE)),
        Measure("hibah_diajukan", "Diajukan", "Dikirim kab/kota, menunggu verifikasi.", _in(Status.SUBMITTED)),
        Measure(
            "hibah_seleksi",
            "Terverifikasi atau di daftar",
            "Lolos verifikasi, di daftar nominatif, atau cadangan.",
            _in(Status.VERIFIED, Status.NOMINATED, Status.WAITLISTED),
        ),
        Measure("hibah_sk", "Ditetapkan SK", "Ada SK, uang atau barang belum lengkap disalurkan.", _in(Status.DECREED)),
        Measure("hibah_tersalur", "Tersalur", "Sudah disalurkan, SPJ belum disahkan.", _in(Status.DISBURSED)),
        Measure(
            "hibah_tuntas",
            "SPJ disahkan atau selesai",
            "Pertanggungjawabannya disahkan.",
            _in(Status.ACCOUNTED, Status.CLOSED),
        ),
        Measure("hibah_pengembalian", "Dalam pengembalian", "Uang harus kembali ke kas daerah.", _in(Status.RECOVERY)),
        Measure("hibah_batal", "Tidak berlanjut", "Tidak memenuhi syarat, mundur, atau batal.", _in(*DEAD)),
    ),
    dict(Status.choices),
)


def _entries(user: Any, span: Span) -> QuerySet:
    rows = Entry.objects.visible_to(user).annotate(posted_on=TruncDate("posted_at")).filter(span.within("posted_on"))
    signed = Case(
        When(kind__in=[K.RELEASE, K.REVERSE], then=-F("amount")), default=F("amount"), output_field=BigIntegerField()
    )
    person = Subquery(Application.objects.filter(pk=OuterRef("application_id")).values("person"))
    about = Concat(word("Buku besar "), Cast("number", TextField()))
    return shaped(rows, person=person, on=F("posted_on"), about=about, detail=F("kind"), amount=signed)


def _part(code: str) -> Callable[[Span], Q]:
    return lambda span: PARTS[code][1]


MONEY = Source(
    "uang",
    "Uang hibah, selama periode",
    SEE,
    _entries,
    (
        Measure(
            "uang_ditetapkan",
            "Ditetapkan SK",
            "Baris buku besar yang dicatat dalam periode; yang dilepas dikurangkan.",
            _part("ditetapkan"),
            is_sum=True,
        ),
        Measure(
            "uang_disalurkan",
            "Disalurkan",
            "Menurut buku besar; transfer yang gagal dikurangkan.",
            _part("disalurkan"),
            is_sum=True,
        ),
        Measure(
            "uang_spj", "SPJ disahkan", "Menurut buku besar; yang dibatalkan dikurangkan.", _part("spj"), is_sum=True
        ),
        Measure("uang_kembali", "Dikembalikan", "Setoran kembali ke kas daerah.", _part("kembali"), is_sum=True),
    ),
    dict(K.choices),
)
