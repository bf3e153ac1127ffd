"""A whole report as a workbook: a line a figure, a column a kab/kota, with the definitions of the report."""

from typing import Any

from monitoring.reports.pages import Report
from monitoring.reports.values import Told
from ppks.kit import dates
from ppks.kit.exporting import COUNT, Book, Column
from ppks.kit.sheets import made_by
from ppks.regions.models import Region


def book(report: Report, user: Any, region: Region | None) -> Book:
    """The figures of the page: of one kab/kota, or of all in reach and their sum."""
    regions = [region] if region else [r for r in report.regions if r.pk in report.values.regions]
    columns = [
        Column("KELOMPOK", lambda told: told.heading, width=34),
        Column("ANGKA", lambda told: told.label, width=34),
        Column("SATUAN", lambda told: "rupiah" if told.is_sum else "jumlah", width=10),
        *(_of(report, str(each), each.pk) for each in regions),
        *([] if region else [_of(report, "JUMLAH", None)]),
        Column("DEFINISI", lambda told: told.definition, width=70),
    ]
    title = f"LAPORAN {report.period.label.upper()}"
    return Book(
        f"laporan-{report.period.code}", title, [*_about(report), made_by(user)], columns, report.values.measures
    )


def _of(report: Report, heading: str, region: int | None) -> Column:
    def value(told: Told) -> int:
        return report.values.of(told.code, region)

    return Column(heading, value, COUNT, 18)


def _about(report: Report) -> list[str]:
    if report.edition is None:
        return [f"{report.period.span}. Belum ditutup: angka hari ini."]
    closed = f"{report.period.span}. Edisi {report.edition.number}, ditutup {dates.moment(report.edition.closed_at)}"
    return [closed, *([f"Alasan edisi ini: {report.edition.reason}"] if report.edition.reason else [])]
