"""The list of 2020 in other clothes: other headings, order, offset, groups, files. The people stay the same."""

import csv
import random
from dataclasses import fields, replace
from io import StringIO

import pytest

from ppks.intake.reading import read_sheets
from ppks.intake.results import Recipient
from ppks.intake.workbook import Sheet, open_workbook
from tests.intake.lists import DATA, TODAY, book, faults, read_book, sheet_of, vocabulary
from tests.intake.test_headings import HEADINGS

NOT_COMPARED = {"sheet", "row", "columns", "problems"}
COLUMNS = ["number", "name", "nik", "kk", "sex", "birth", "address", "village", "district", "region", "phone", "ppks",
           "institution", "left_year", "trade", "aid_year", "aid_form", "aid_value", "turnover_before", "turnover_now",
           "profit", "workers", "condition", "note"]  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Sheet:
    sheets = open_workbook((DATA / "penerima-2020.xlsx").read_bytes())
    return next(sheet for sheet in sheets if sheet.name == "DATA BNBA")


@pytest.fixture(scope="module")
def expected(sample) -> list[dict]:
    return values(read([sample]))


def read(sheets):
    return read_sheets(sheets, vocabulary=vocabulary(), today=TODAY)


def values(reading) -> list[dict]:
    names = [each.name for each in fields(Recipient) if each.name not in NOT_COMPARED]
    return [{name: getattr(person, name) for name in names} for person in reading.recipients]


def body(sample: Sheet) -> list[list]:
    """The rows below the heading, people and all others, 24 cells each."""
    return [cells + [""] * (24 - len(cells)) for number, cells in sample.rows if number > 6]


def is_person(row: list) -> bool:
    return isinstance(row[0], float)


@pytest.mark.parametrize("seed", range(12))
def test_other_words_order_and_place(sample, expected, seed):
    chance = random.Random(seed)
    order = chance.sample(range(24), 24)
    heading = [chance.choice(HEADINGS[COLUMNS[column]]) for column in order]
    left = [""] * chance.choice((0, 0, 1, 5))
    rows = [[*left, "DATA PENERIMA"] if chance.random() < 0.5 else [] for _ in range(chance.randrange(20))]
    rows.append([*left, *(each.upper() if chance.random() < 0.5 else each for each in heading)])
    if chance.random() < 0.5:
        rows.append([*left, *range(1, 25)])
    for row in body(sample):
        moved = [row[column] for column in order] if is_person(row) else row
        rows.append([*left, *moved])
        if chance.random() < 0.02:
            rows.append([])
        if chance.random() < 0.02:
            rows.append([*left, *heading])
    reading = read([sheet_of(rows)])
    assert (faults(reading), len(reading.regions)) == ([], 29)
    assert values(reading) == expected


def test_without_a_region_column(sample, expected):
    """The rows between the titles say it: KABUPATEN BOJONEGORO."""
    heading = [HEADINGS[name][0] for name in COLUMNS if name != "region"]
    rows = [heading, *(row[:9] + row[10:] for row in body(sample))]
    assert values(read([sheet_of(rows)])) == expected


def test_without_groups_and_totals(sample, expected):
    """What is left names Kediri, Malang, Blitar: the district decides."""
    rows = [
        [HEADINGS[name][0] for name in COLUMNS],
        *(row for row in body(sample) if is_person(row)),
        ["Surabaya, 26-08-2020"],
    ]
    reading = read([sheet_of(rows)])
    assert (faults(reading), values(reading)) == ([], expected)


def test_a_sheet_for_each_region(sample, expected):
    heading = [HEADINGS[name][0] for name in COLUMNS if name != "region"]
    sheets: list[Sheet] = []
    rows: list[list] = []
    for row in body(sample):
        if row[1].startswith(("KABUPATEN", "KOTA")) and not is_person(row):
            rows = [["DAFTAR PENERIMA"], heading]
            sheets.append(replace(sheet_of([[]]), name=row[1], rows=rows))
        elif is_person(row):
            rows.append(row[:9] + row[10:])
    sheets = [sheet_of(sheet.rows, sheet.name) for sheet in sheets]
    sheets.append(sheet_of([["REKAP"], ["NO", "KABUPATEN", "JUMLAH"], [1, "Bojonegoro", 17]], "REKAP"))
    reading = read(sheets)
    assert len(reading.sheets) == len(reading.regions) == 29
    assert [code for code, _ in faults(reading)] == ["no_list_date"]
    assert values(reading) == expected


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_as_csv(sample, expected, delimiter):
    stream = StringIO()
    writer = csv.writer(stream, delimiter=delimiter)
    filled = dict(sample.rows)
    for number in range(1, max(filled) + 1):
        cells = filled.get(number, [])
        cells = cells + [""] * (24 - len(cells))
        writer.writerow([f"{cell:.0f}" if isinstance(cell, float) else cell for cell in cells])
    reading = read_book(stream.getvalue().encode("utf-8-sig"), filename="daftar.csv")
    assert (faults(reading), values(reading)) == ([], expected)


def test_twice_the_same_sheet_is_not_twice_the_people(sample):
    """A forgotten copy of the sheet: every NIK is named, nobody slips in unnoticed."""
    reading = read([sample, replace(sample, name="DATA BNBA (2)")])
    assert len(reading.recipients) == 2 * 376
    assert {(problem.code, problem.sheet) for problem in reading.problems} == {("duplicate_nik", "DATA BNBA (2)")}
    assert len(reading.problems) == 371


def test_through_a_real_file(sample, expected):
    rows: list[list] = [[] for _ in range(sample.rows[-1][0])]
    for number, cells in sample.rows:
        rows[number - 1] = cells
    merges = tuple((a - 1, b, c - 1, d) for a, b, c, d in sample.merges)
    assert values(read_book(book(rows, merges=merges))) == expected
