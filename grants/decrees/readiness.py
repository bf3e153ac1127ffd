"""What still keeps a decree from being enacted, in sentences that say which line; the database has the last word."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from grants.applications.statuses import Status
from grants.decrees.models import Decree, DecreeLine
from grants.payments.models import Hold
from ppks.kit import dates, rupiah

MOST = 20  # lines that are named; the rest is counted


def total(decree: Decree) -> int:
    """The sum of the annex, in rupiah."""
    return decree.lines.aggregate(total=Sum("amount"))["total"] or 0


def why_not_ready(decree: Decree) -> list[str]:
    """Every reason, about the paper first, then about its lines."""
    said = [*_about_the_paper(decree), *_about_the_sum(decree)]
    about_lines = [*_about_lines(decree), *_about_holds(decree)]
    if len(about_lines) > MOST:
        about_lines = [*about_lines[:MOST], f"Masih ada {len(about_lines) - MOST} baris lain yang tidak cocok."]
    return [*said, *about_lines, *_about_room(decree)]


def _about_the_paper(decree: Decree) -> Iterator[str]:
    if not decree.number.strip():
        yield "Nomor SK belum diisi."
    elif Decree.objects.filter(number=decree.number, status="enacted").exclude(pk=decree.pk).exists():
        yield "Nomor SK ini sudah dipakai."
    if decree.signed_on is None:
        yield "Tanggal SK belum diisi."
    elif decree.signed_on > dates.today():
        yield "Tanggal SK tidak boleh sesudah hari ini."
    if decree.scan_id is None:
        yield "Pindaian SK yang ditandatangani belum diunggah."


def _about_the_sum(decree: Decree) -> Iterator[str]:
    if not decree.lines.exists():
        yield "Lampiran SK masih kosong."
        return
    annex = total(decree)
    if decree.stated_total != annex:
        stated = "belum diisi" if decree.stated_total is None else rupiah.format(decree.stated_total)
        yield f"Jumlah menurut SK {stated}, sedangkan jumlah lampiran {rupiah.format(annex)}."


def _about_lines(decree: Decree) -> Iterator[str]:
    fits = Q(application__year=decree.year, before=F("application__balance__committed")) & (
        Q(before=0, application__status=Status.NOMINATED, amount=F("application__recommended"))
        | Q(before__gt=0, application__status__in=[Status.DECREED, Status.DISBURSED])
        & Q(amount__gte=F("application__balance__disbursed"))
    )
    for line in decree.lines.exclude(fits).select_related("application__balance"):
        yield f"{line.application} {_why_unfit(line, decree)}"


def _why_unfit(line: DecreeLine, decree: Decree) -> str:
    application = line.application
    if application.year != decree.year:
        return f"adalah usulan tahun {application.year}. Keluarkan dari lampiran."
    if not line.before and application.status != Status.NOMINATED:
        return f"tidak di daftar nominatif lagi, tetapi “{application.get_status_display()}”. Keluarkan dari lampiran."
    if not line.before:
        return "nilainya berubah sesudah konsep dibuat. Keluarkan, lalu pilih lagi."
    if line.amount < application.balance.disbursed:
        return f"tidak dapat turun di bawah yang sudah disalurkan, {rupiah.format(application.balance.disbursed)}."
    return "sudah diubah SK lain sesudah konsep dibuat. Keluarkan, lalu pilih lagi."


def _about_holds(decree: Decree) -> Iterator[str]:
    for held in Hold.objects.filter(lifted_at=None, application__decree_lines__decree=decree).select_related(
        "application"
    ):
        yield f"{held.application} sedang ditahan: {held.reason}"


def _about_room(decree: Decree) -> Iterator[str]:
    found = decree.lines.values(
        "application__allocation",
        "application__allocation__region__name",
        "application__allocation__balance__ceiling",
        "application__allocation__balance__committed",
    )
    for row in found.annotate(asked=Sum(F("amount") - F("before"))).order_by("application__allocation"):
        place = row["application__allocation__region__name"]
        if row["application__allocation"] is None:
            yield "Ada kab/kota yang belum punya alokasi pada mata anggarannya."
            continue
        free = row["application__allocation__balance__ceiling"] - row["application__allocation__balance__committed"]
        if row["asked"] > free:
            yield (
                f"{place}: lampiran memerlukan {rupiah.format(row['asked'])}, "
                f"sedangkan sisa alokasinya {rupiah.format(free)}."
            )
