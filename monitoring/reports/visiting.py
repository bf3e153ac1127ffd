"""What a report counts of businesses and visits: states at the end, visits made, due and late."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from monitoring.counts.reading import Kind, count_by_region
from monitoring.due import DueVisit, in_age
from monitoring.models import Business, Visit
from monitoring.progress import Category
from monitoring.reports.measures import Measure, Source, Span, shaped, through_business, when, word
from monitoring.schedule import LATE, LATE_AFTER
from monitoring.states import NEEDS_HELP, NEVER_VISITED

SEE = "monitoring.view_business"
FOUND = {
    "shut": ("kunjungan_semua", "kunjungan_tutup"),
    "unknown": ("kunjungan_semua", "kunjungan_tanpa_angka"),
    "figure": ("kunjungan_semua",),
}


def _businesses(user: Any, span: Span) -> QuerySet:
    rows = Business.objects.visible_to(user).as_of(span.day)
    return shaped(rows, on=F("seen_on"), about=_trade(), detail=F("state"))


def _trade() -> Coalesce:
    return Coalesce("trade__name", "trade_as_written")


def _kept_businesses(user: Any, span: Span) -> dict[tuple[int, str], int]:
    counts: Counter = Counter()
    for (region, code), n in count_by_region(user, Kind.STATE, span.day).items():
        state = code.partition(":")[2]
        counts[region, f"usaha_{state or 'semua'}"] += n
        counts[region, "usaha_unknown"] += -n if state else n
        counts[region, "usaha_belum"] += 0 if state else n
    for (region, code), n in count_by_region(user, Kind.FOUND, span.day).items():
        counts[region, "usaha_bantuan" if code == "help" else "usaha_belum"] += n if code == "help" else -n
    return counts


BUSINESSES = Source(
    "usaha",
    "Usaha menurut kunjungan, pada akhir periode",
    SEE,
    _businesses,
    (
        Measure("usaha_semua", "Semua usaha", "Semua usaha yang dicatat, apa pun keadaannya."),
        *(
            Measure(
                f"usaha_{state.value}",
                state.label,
                "Keadaan yang dihitung dari kunjungan dan daftar, dan masih berlaku pada hari terakhir periode.",
                when(row_detail=state),
            )
            for state in Category
            if state != Category.UNKNOWN
        ),
        Measure(
            "usaha_unknown",
            "Belum diketahui",
            "Belum cukup angka, atau kunjungan terakhir lebih dari 183 hari sebelum akhir periode; tidak "
            "dihitung sebagai keadaan lain.",
            when(row_detail=Category.UNKNOWN),
        ),
        Measure(
            "usaha_bantuan",
            "Perlu bantuan",
            "Stagnan, tidak berkembang, tutup, atau omzet menurun dua kali berturut-turut.",
            lambda span: NEEDS_HELP,
        ),
        Measure(
            "usaha_belum",
            "Belum pernah dikunjungi",
            "Usaha tanpa satu kunjungan pun sampai akhir periode.",
            lambda span: NEVER_VISITED,
        ),
    ),
    dict(Category.choices),
    _kept_businesses,
)


def _visits(user: Any, span: Span) -> QuerySet:
    rows = Visit.objects.visible_to(user).filter(span.within("visited_on"), replaced_by=None)
    found = Case(
        When(operating=False, then=word("shut")), When(turnover=None, then=word("unknown")), default=word("figure")
    )
    return shaped(rows, **through_business(), on=F("visited_on"), detail=found)


def _kept_visits(user: Any, span: Span) -> dict[tuple[int, str], int]:
    counts: Counter = Counter()
    for day, sign in ((span.day, 1), (span.first - timedelta(days=1), -1)):
        for (region, found), n in count_by_region(user, Kind.VISIT, day).items():
            for code in FOUND[found]:
                counts[region, code] += sign * n
    return counts


VISITS = Source(
    "kunjungan",
    "Kunjungan, selama periode",
    SEE,
    _visits,
    (
        Measure(
            "kunjungan_semua",
            "Kunjungan dilakukan",
            "Menurut tanggal kunjungan; yang diganti perbaikan dihitung sekali. Masuk kab/kota tempat usaha saat "
            "dikunjungi.",
        ),
        Measure(
            "kunjungan_tutup",
            "Usaha ditemukan tutup",
            "Kunjungan yang menemukan usaha tidak berjalan.",
            when(row_detail="shut"),
        ),
        Measure(
            "kunjungan_tanpa_angka",
            "Omzet tidak diketahui",
            "Kunjungan ke usaha yang berjalan, tetapi omzetnya “tidak tahu”.",
            when(row_detail="unknown"),
        ),
    ),
    {"shut": "tutup", "unknown": "omzet tidak diketahui", "figure": "omzet diketahui"},
    _kept_visits,
)


def _fell_due(user: Any, span: Span) -> QuerySet:
    rows = DueVisit.objects.visible_to(user).filter(span.within("due_on"), opens_on__lte=span.day)
    over = Q(closed_on__lte=span.day)
    fate = Case(
        When(over & Q(done_by__isnull=False), then=word("done")),
        When(over, then=word("dropped")),
        default=word("open"),
    )
    return shaped(rows, **through_business(), on=F("due_on"), detail=fate)


DUES = Source(
    "jadwal",
    "Kunjungan yang jatuh tempo, selama periode",
    SEE,
    _fell_due,
    (
        Measure("jadwal_semua", "Jatuh tempo", "Kunjungan yang harinya jatuh dalam periode, sebelum ditunda."),
        Measure(
            "jadwal_selesai",
            "Sudah dikunjungi",
            "Di antaranya yang dikunjungi sampai akhir periode.",
            when(row_detail="done"),
        ),
        Measure(
            "jadwal_belum",
            "Belum dikunjungi",
            "Di antaranya yang pada akhir periode masih menunggu.",
            when(row_detail="open"),
        ),
        Measure(
            "jadwal_batal",
            "Dibatalkan",
            "Di antaranya yang batal karena orangnya pindah, meninggal atau putus kontak.",
            when(row_detail="dropped"),
        ),
    ),
    {"done": "sudah dikunjungi", "open": "belum dikunjungi", "dropped": "dibatalkan"},
)


def _late(user: Any, span: Span) -> QuerySet:
    rows = DueVisit.objects.visible_to(user).open_on(span.day).filter(in_age(LATE, span.day))
    return shaped(rows, **through_business(), on=F("expected"))


LATES = Source(
    "terlambat",
    "Kunjungan terlambat, pada akhir periode",
    SEE,
    _late,
    (
        Measure(
            "terlambat_semua",
            "Terlambat",
            f"Kunjungan yang pada hari terakhir periode menunggu lebih dari {LATE_AFTER} hari sesudah harinya, "
            "dari periode mana pun.",
        ),
        Measure(
            "terlambat_tanpa_petugas",
            "Terlambat tanpa petugas",
            "Di antaranya yang belum diberikan kepada seorang petugas.",
            when(officer=None),
        ),
    ),
)
