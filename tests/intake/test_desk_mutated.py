"""Lists with anything in any cell, through the whole desk: always a page, and never half a row. SOAK=1 tries a thousand."""

import math
import os
import random

import pytest

from ppks.intake.models import Import
from ppks.intake.stages import Stage
from ppks.intake.workbook import open_workbook
from tests.intake.desk import RECIPIENTS, changed_since, decided, dump, page, run_jobs, send
from tests.intake.lists import book
from tests.intake.test_mutations import NUMBERS, OTHERS, TEXTS
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.django_db, pytest.mark.long]

TIMES = 1_000 if os.environ.get("SOAK") else 25
ROWS = 24  # of the sample: titles, headings, some people
FINE = [number for number in NUMBERS if math.isfinite(number)]  # what XLSX can hold
ANYTHING = [*TEXTS, *FINE, *(other for other in OTHERS if type(other) is bool or getattr(other, "year", 0) > 1900)]


@pytest.fixture(scope="module")
def sample() -> list[list]:
    rows = dict(open_workbook(RECIPIENTS.read_bytes())[0].rows)
    return [rows.get(number, []) for number in range(1, ROWS)]


def mutated(rows: list[list], chance: random.Random) -> bytes:
    """The sample with up to forty cells changed, some rows lost, doubled or moved."""
    rows = [list(row) for row in rows]
    for _ in range(chance.randint(1, 40)):
        if row := chance.choice(rows):
            row[chance.randrange(len(row))] = chance.choice(ANYTHING)
    if chance.random() < 0.3:
        rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))
    if chance.random() < 0.2:
        chance.shuffle(rows)
    return book(rows)


@pytest.mark.parametrize("seed", range(TIMES))
def test_whatever_is_in_the_cells(province, sample, seed):
    browser, before = OfficeBrowser(province), dump()

    assert send(browser, mutated(sample, random.Random(seed))).status_code == 302
    run_jobs()
    listing = Import.objects.get()
    assert listing.stage in (Stage.PREVIEW, Stage.UNREADABLE)
    page(browser, listing)
    assert changed_since(before) == {}

    if listing.stage == Stage.PREVIEW:
        listing = decided(browser, listing, "faultless" if listing.errors else "all")
        page(browser, listing)
        assert listing.stage in (Stage.PREVIEW, Stage.DONE)
        assert (changed_since(before) == {}) is (listing.stage == Stage.PREVIEW)
        if listing.rest:
            assert browser.get(f"/klien/impor/{listing.pk}/sisa/").status_code == 200
