"""Closing a period: every row of every figure is written with its edition in one transaction, the figures counted from them."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Case, QuerySet, Value, When

from monitoring.reports.measures import Source, Span
from monitoring.reports.models import Edition, EditionFigure, EditionMeasure, EditionRow
from monitoring.reports.periods import Period
from monitoring.reports.sources import SOURCES
from monitoring.reports.values import Values
from ppks.kit import dates
from ppks.kit.bulk import insert_rows

CHUNK = 5_000
SHAPE = ("pk", "row_region", "row_person", "row_initials", "row_on", "row_about", "row_detail", "row_amount")
STALE = "Angkanya berubah sejak halaman ini dibuka. Periksa lagi, lalu tutup."


def close(period: Period, *, by: Any, reason: str = "", seen: str | None = None) -> Edition:
    """Freeze the period as it stands now and return the edition; `seen` is the fingerprint of what the closer was shown.

    ValidationError when the period runs, the figures moved on since, or somebody closed it in between. Needs `refusals()`.
    """
    if not period.has_ended(dates.today()):
        raise ValidationError("Periode ini belum berakhir; laporannya belum dapat ditutup.")
    last = Edition.objects.visible_to(by).of(period).first()
    number = last.number + 1 if last else 1
    edition = Edition.objects.create(
        first_on=period.first, last_on=period.last, number=number, reason=reason.strip(), by=by
    )
    counts: Counter[tuple[int, str]] = Counter()
    for source in SOURCES:
        _keep(source, edition, by, Span(period, period.last), counts)
    _keep_figures(edition, counts)
    if seen is not None and seen != Values((), counts).fingerprint:
        raise ValidationError(STALE)
    return edition


def _keep(source: Source, edition: Edition, by: Any, span: Span, counts: Counter) -> None:
    insert_rows(
        EditionMeasure,
        [
            EditionMeasure(
                edition=edition,
                code=measure.code,
                heading=source.heading,
                label=measure.label,
                definition=measure.definition,
                permission=source.permission,
                is_sum=measure.is_sum,
            )
            for measure in source.measures
        ],
    )
    rows = _rows(source, edition, source.rows(by, span), span)
    while chunk := list(islice(rows, CHUNK)):
        sums = {measure.code for measure in source.measures if measure.is_sum}
        for row in chunk:
            counts[row.region_id, row.measure] += (row.amount or 0) if row.measure in sums else 1
        insert_rows(EditionRow, chunk)


def _rows(source: Source, edition: Edition, rows: QuerySet, span: Span) -> Iterator[EditionRow]:
    """Each row once for every measure that counts it; all measures of a source are asked in one query."""
    flags = {
        f"in_{measure.code}": Case(When(measure.holds(span), then=True), default=False, output_field=BooleanField())
        if measure.holds(span)
        else Value(True, output_field=BooleanField())
        for measure in source.measures
    }
    found = rows.annotate(**flags).order_by("pk").values_list(*SHAPE, *flags)
    for subject, region, person, initials, on, about, detail, amount, *held in found.iterator(CHUNK):
        for measure, holds in zip(source.measures, held, strict=True):
            if holds:
                yield EditionRow(
                    edition=edition,
                    measure=measure.code,
                    region_id=region,
                    subject=subject,
                    person=person,
                    initials=initials,
                    on=on,
                    about=about or "",
                    detail=source.words.get(detail, detail or ""),
                    amount=amount,
                )


def _keep_figures(edition: Edition, counts: Counter) -> None:
    insert_rows(
        EditionFigure,
        [
            EditionFigure(edition=edition, region_id=region, measure=code, value=value)
            for (region, code), value in sorted(counts.items())
        ],
    )
