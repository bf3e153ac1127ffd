"""Headings that nobody knows yet: which they may be, and what an office said they mean."""

from collections.abc import Mapping
from typing import Any

from ppks.intake.desk.rest import REASON
from ppks.intake.headings import SEARCHED_ROWS, letters
from ppks.intake.models import Import, OwnHeading
from ppks.intake.workbook import NotReadable, open_workbook

FEWEST = 3  # texts in a row that may be a heading


def own_headings(listing: Import) -> dict[str, str]:
    """What this office said of its headings, for `mapping=`; our own column of reasons is never read."""
    told = OwnHeading.objects.filter(office=listing.office_id, kind=listing.kind).values_list("text", "field")
    return {REASON: ""} | dict(told)


def remember(listing: Import, told: Mapping[str, str], by: Any) -> None:
    """Keep for the office what its headings mean, so that it is asked once."""
    OwnHeading.objects.bulk_create(
        (
            OwnHeading(office_id=listing.office_id, kind=listing.kind, text=text, field=field, by=by)
            for text, field in told.items()
        ),
        update_conflicts=True,
        unique_fields=["office", "kind", "text"],
        update_fields=["field", "by", "saved_at"],
    )


def candidates(content: bytes, name: str) -> list[list[str]]:
    """Cell and text of what looks most like a heading row, in a workbook where none was recognised."""
    try:
        sheets = [sheet for sheet in open_workbook(content, name) if sheet.is_visible]
    except NotReadable:
        return []
    best: list[list[str]] = []
    for sheet in sheets:
        for number, cells in sheet.rows[:SEARCHED_ROWS]:
            texts = [(c, " ".join(cell[:200].split())) for c, cell in enumerate(cells) if isinstance(cell, str)]
            found = [[f"{letters(column)}{number}", text] for column, text in texts if text]
            if len(found) > max(len(best), FEWEST - 1) and len(sheet.rows) > 1:
                best = found
    return best
