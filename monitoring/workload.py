"""Who has how many visits to make, and how late: one row an officer and kab/kota, every number opening its visits."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Min
from django.urls import reverse

from monitoring import named
from monitoring.counts.dues import waiting_by_officer
from monitoring.due import DueVisit, in_age
from monitoring.schedule import BY_CODE, LATE
from monitoring.worklist import NOBODY, OFFICER, REGION, SCHEDULE
from ppks.kit import dates
from ppks.kit.charts.tables import Cell, Table, count_cell, dotted
from ppks.kit.listing import Listing
from ppks.kit.prepared import prepared
from ppks.regions import reference_tables
from ppks.regions.models import Region

COLUMNS = (
    ("", "Semua"),
    ("pekan", "7 hari ke depan"),
    ("kini", "Hari ini"),
    (LATE.code, LATE.label),
    ("lewat-91", "Lebih 90 hari"),
)


def workload(listing: Listing) -> list[dict[str, Any]]:
    """Under the filters of the worklist: a row for each officer and kab/kota, the latest first. Four queries at most."""
    is_kept = listing.day == dates.today() and not listing.chosen[SCHEDULE.name]
    found = _from_counts(listing) if is_kept else _from_visits(listing)
    names = named.officers((row["officer"] for row in found), listing.request.user)
    regions = Region.objects.in_bulk({row["region"] for row in found})
    for row in found:
        row["region"] = regions[row["region"]]
        row["name"] = names[row["officer"]] if row["officer"] else "Belum ada petugas"
    return sorted(found, key=lambda row: (-row[f"n_{LATE.code}"], -row["n_"], row["region"].code, row["name"]))


def _from_visits(listing: Listing) -> list[dict[str, Any]]:
    counts = {f"n_{code}": Count("pk", filter=in_age(BY_CODE[code], listing.day)) for code, _ in COLUMNS if code}
    grouped = listing.rows.order_by().values("region", "officer")
    return list(grouped.annotate(n_=Count("pk"), oldest=Min("expected"), **counts))


def _from_counts(listing: Listing) -> list[dict[str, Any]]:
    """The same of today, from the counts that triggers keep; their number does not grow with that of the visits."""
    user, codes = listing.request.user, listing.codes
    region = reference_tables.number(codes[REGION.name]) if REGION.name in codes else None
    ages = tuple(BY_CODE[code] for code, _ in COLUMNS if code)
    names = ("region", "officer", *(f"n_{code}" for code, _ in COLUMNS))
    rows = [dict(zip(names, told, strict=True)) for told in waiting_by_officer(user, listing.day, ages, region=region)]
    if officer := codes.get(OFFICER.name):
        rows = [row for row in rows if str(row["officer"] or NOBODY) == officer]
    rows = [row for row in rows if row["n_"]]
    whose = tuple((row["region"], row["officer"]) for row in rows)
    oldest = {(place, officer): day for place, officer, day in (_oldest(user, whose) if whose else ())}
    found = ((row, oldest.get((row["region"], row["officer"]))) for row in rows)
    return [row | {"oldest": day} for row, day in found if day]  # none where the last visit was made a moment ago


@prepared
def _oldest(user, whose):
    """The first day on which a visit of each is expected, by region and officer."""
    waiting = DueVisit.objects.visible_to(user).open_on(dates.today())
    first, *others = (
        waiting.filter(region=region, officer=officer)
        .order_by("expected")
        .values_list("region", "officer", "expected")[:1]
        for region, officer in whose
    )
    return first.union(*others, all=True)


def table(rows: list[dict[str, Any]], listing: Listing) -> Table:
    """The same as a table."""
    return Table(
        caption=f"Kunjungan menurut petugas, {dates.long(listing.day)}",
        columns=("Petugas", *(label for _, label in COLUMNS), "Tertua"),
        rows=tuple(
            (
                Cell(f"{row['name']}, {row['region']}"),
                *_counts(row, listing, kab=row["region"].code, petugas=str(row["officer"] or NOBODY)),
                Cell(dates.short(row["oldest"])),
            )
            for row in rows
        ),
    )


def sum_row(rows: list[dict[str, Any]], listing: Listing) -> list[Cell]:
    """The sum beneath that table."""
    sums = {f"n_{code}": sum(row[f"n_{code}"] for row in rows) for code, _ in COLUMNS}
    return [Cell("Jumlah"), *_counts(sums, listing), Cell("")]


def _counts(row: dict[str, Any], listing: Listing, **codes: str) -> list[Cell]:
    address, held = reverse("due_list"), urlencode(listing.codes | codes)
    return [count_cell(row[f"n_{code}"], _url(address, held, code)) for code, _ in COLUMNS]


def _url(address: str, held: str, code: str) -> str:
    codes = "&".join(filter(None, (held, code and f"{SCHEDULE.name}={code}")))
    return f"{address}?{codes}" if codes else address


def sentence(rows: list[dict[str, Any]]) -> str:
    """What is the case, in numbers."""
    late = sum(row[f"n_{LATE.code}"] for row in rows)
    if not late:
        return "Tidak ada kunjungan yang terlambat"
    alone = sum(row[f"n_{LATE.code}"] for row in rows if not row["officer"])
    said = f"{dotted(late)} kunjungan terlambat"
    return f"{said}, {dotted(alone)} di antaranya belum ada petugasnya" if alone else said
