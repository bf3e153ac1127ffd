"""Which partner offices answer, how soon and how: one row an office, every number opening its referrals."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Aggregate, Count, DurationField, F
from django.urls import reverse

from monitoring.referrals.lists import LATE, TABS, in_tab
from ppks.kit import dates
from ppks.kit.charts.tables import Cell, Table, count_cell, dotted
from ppks.kit.listing import Listing


class Median(Aggregate):
    """The middle one of durations; the lower of two."""

    function = "percentile_disc"
    template = "percentile_disc(0.5) within group (order by %(expressions)s)"
    output_field = DurationField()


TO_ANSWER = F("answered_on") - F("sent_on")


def by_office(listing: Listing) -> list[dict[str, Any]]:
    """Under the filters of the list: a row an office, the most often late first. One query."""
    counts = {f"n_{code}": Count("pk", filter=in_tab(code, listing.day)) if code else Count("pk") for code, _ in TABS}
    answered = listing.rows.order_by().filter(answered_on__lte=listing.day)
    medians = dict(answered.values_list("office").annotate(days=Median(TO_ANSWER)).values_list("office", "days"))
    rows = list(listing.rows.order_by().values("office", name=F("office__name")).annotate(**counts))
    for row in rows:
        row["median"] = _whole(medians.get(row["office"]))
    return sorted(rows, key=lambda row: (-row[f"n_{LATE}"], -row["n_"], row["name"]))


def median_of_all(listing: Listing) -> int | None:
    answered = listing.rows.order_by().filter(answered_on__lte=listing.day)
    return _whole(answered.aggregate(days=Median(TO_ANSWER))["days"])


def _whole(time: timedelta | None) -> int | None:
    return None if time is None else time.days


def table(rows: list[dict[str, Any]], listing: Listing) -> Table:
    return Table(
        caption=f"Jawaban kantor mitra, {dates.long(listing.day)}",
        columns=("Kantor mitra", *(label for _, label in TABS), "Median hari"),
        rows=tuple(
            (Cell(row["name"]), *_counts(row, listing, kantor=str(row["office"])), _days(row["median"])) for row in rows
        ),
    )


def sum_row(rows: list[dict[str, Any]], listing: Listing) -> list[Cell]:
    sums = {f"n_{code}": sum(row[f"n_{code}"] for row in rows) for code, _ in TABS}
    return [Cell("Jumlah"), *_counts(sums, listing), _days(median_of_all(listing))]


def _days(days: int | None) -> Cell:
    return Cell("–", "") if days is None else Cell(dotted(days), days)


def _counts(row: dict[str, Any], listing: Listing, **codes: str) -> list[Cell]:
    held = listing.codes | codes
    return [
        count_cell(
            row[f"n_{code}"], f"{reverse('referral_list')}?{urlencode(held | ({'keadaan': code} if code else {}))}"
        )
        for code, _ in TABS
    ]


def sentence(rows: list[dict[str, Any]], median: int | None) -> str:
    """What is the case, in numbers."""
    sent, late = (sum(row[f"n_{code}"] for row in rows) for code in ("", LATE))
    if not sent:
        return "Belum ada rujukan yang dikirim"
    said = f"{dotted(late)} dari {dotted(sent)} rujukan 14 hari atau lebih tidak dijawab"
    return said if median is None else f"{said}; separuh jawaban datang dalam {dotted(median)} hari"
