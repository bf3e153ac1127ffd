"""Who has how many visits to make, and how late: one row an officer and kab/kota, every number opening its visits."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Count, Min
from django.urls import reverse

from monitoring.due import in_age
from monitoring.schedule import BY_CODE, LATE
from monitoring.worklist import NOBODY
from ppks.kit import dates
from ppks.kit.charts.tables import Cell, Table, count_cell, dotted
from ppks.kit.listing import Listing
from ppks.regions.models import Region

COLUMNS = (
    ("", "Semua"),
    ("pekan", "7 hari ke depan"),
    ("kini", "Hari ini"),
    (LATE.code, LATE.label),
    ("lewat-91", "Lebih 90 hari"),
)


def workload(listing: Listing) -> list[dict[str, Any]]:
    """Under the filters of the worklist: a row for each officer and kab/kota, the latest first. Three queries."""
    counts = {f"n_{code}": Count("pk", filter=in_age(BY_CODE[code], listing.day)) for code, _ in COLUMNS if code}
    grouped = listing.rows.order_by().values("region", "officer")
    found = list(grouped.annotate(n_=Count("pk"), oldest=Min("expected"), **counts))
    names = get_user_model().names.in_bulk({row["officer"] for row in found if row["officer"]})
    regions = Region.objects.in_bulk({row["region"] for row in found})
    for row in found:
        row["region"] = regions[row["region"]]
        row["name"] = str(names[row["officer"]]) if row["officer"] else "Belum ada petugas"
    return sorted(found, key=lambda row: (-row[f"n_{LATE.code}"], -row["n_"], row["region"].code, row["name"]))


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
    held = listing.codes | codes
    return [
        count_cell(row[f"n_{code}"], f"{reverse('due_list')}?{urlencode(held | ({'jadwal': code} if code else {}))}")
        for code, _ in COLUMNS
    ]


def sentence(rows: list[dict[str, Any]]) -> str:
    """What is the case, in numbers."""
    late = sum(row[f"n_{LATE.code}"] for row in rows)
    if not late:
        return "Tidak ada kunjungan yang terlambat"
    alone = sum(row[f"n_{LATE.code}"] for row in rows if not row["officer"])
    said = f"{dotted(late)} kunjungan terlambat"
    return f"{said}, {dotted(alone)} di antaranya belum ada petugasnya" if alone else said
