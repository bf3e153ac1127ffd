"""Finds the two columns of a small list that an office made for itself: what a row is about, and its rupiah."""

import re
from dataclasses import dataclass

from ppks.intake import cells
from ppks.intake.workbook import Sheet

FIRST_ROWS = 40  # in which the headings stand


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which headings name the columns; `never` is no heading of the first, whatever else it says."""

    about: re.Pattern
    amount: re.Pattern
    never: re.Pattern


def find(sheet: Sheet, wanted: Wanted) -> tuple[int, int, int] | None:
    """(row of the headings, column of what a row is about, column of its amount)"""
    for row, line in list(sheet.rows)[:FIRST_ROWS]:
        said = ["" if cell is None else cells.text(cell) for cell in line]
        about = [at for at, word in enumerate(said) if wanted.about.search(word) and not wanted.never.search(word)]
        amounts = [at for at, word in enumerate(said) if wanted.amount.search(word) and at not in about[:1]]
        if about and amounts:
            return row, about[0], amounts[0]
    return None
