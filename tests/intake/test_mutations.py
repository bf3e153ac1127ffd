"""Whatever stands in a cell, and whatever has become of a file: a reading or one sentence, never anything else."""

import random
from datetime import date, datetime, time, timedelta
from functools import partial

import pytest

from ppks.intake.reading import read_sheets
from ppks.intake.results import MESSAGES
from ppks.intake.workbook import NotReadable, Sheet, open_workbook
from tests.intake.lists import DATA, TODAY, book, read_book, vocabulary

pytestmark = pytest.mark.long

TEXTS = [
    "", " ", "-", "–", "0", "1", "-1", "a", "NAMA", "NIK", "Jumlah", "Total", "KABUPATEN BOJONEGORO", "KEDIRI", "Kab. Sukamaju",
    "BELUM ADA", "3522126610930001", "3,5E+15", "１２３", "١٢٣", "²", "½", "Ⅳ", "=1+1", "@x", "+", "+62", "'", '"', "\\", "%s",
    "{}",
    "{0.__class__}", "\x00", "\x1b[31m", "\ufeff", "\u202e", "\u200b", "\U0001f4b0" * 50, "ﷺ", "e\u0301" * 100, "ı", "İ",
    "ß" * 40,
    "Surabaya, 26 Agustus 2020", "Surabaya, 31 Februari 2020", "31/12/9999", "00-00-0000", "1.2.3", "NaN", "inf", "1e400",
    "9" * 5000,
    "x" * 5000, "(" * 5000, " " * 4000 + "x", "," * 3000, "1" + " " * 4000 + "y", "-" * 4999 + "1", "a, " * 1600,
    "KAB. " * 900, "_x000D_" * 600, "Jl. " * 1200, "dan " * 1200, "2020" * 1200, "26 Agustus " * 450, "NAMA " * 900,
    "\n" * 4000 + "z",
]  # fmt: skip
NUMBERS = [
    0.0, -0.0, 1.0, -1.0, 0.5, 1e-300, 1e15, 1e16, 1e22, 1e300, -1e300, float("inf"), float("-inf"), float("nan"),
    3522126610930001.0, 3522126610930010.0, 2020.0, 43000.0, 60.0, 2958465.0, 99999999999.0,
]  # fmt: skip
OTHERS = [
    True, False, date(1, 1, 1), date(1900, 1, 1), date(2020, 2, 29), date(9999, 12, 31), datetime(2020, 8, 26, 23, 59),
    time(0, 0), time(23, 59), timedelta(0), timedelta(days=-5), timedelta(days=10**6),
]  # fmt: skip


@pytest.fixture(scope="module")
def sample() -> Sheet:
    sheets = open_workbook((DATA / "penerima-rusak.xlsx").read_bytes())
    return next(sheet for sheet in sheets if sheet.name == "DATA BNBA")


def mutated(sample: Sheet, chance: random.Random) -> Sheet:
    """The sheet with some cells replaced, rows doubled, dropped or moved, now and then the headings too."""
    rows = [(number, list(cells)) for number, cells in sample.rows[: chance.randint(8, 60)]]
    first = chance.choice((0, 6, 6, 6))  # mostly the titles and headings stay
    for _ in range(chance.randint(1, 80)):
        _, cells = rows[chance.randrange(first, len(rows))]
        kind = chance.choice((TEXTS, TEXTS, NUMBERS, OTHERS))
        if cells:
            cells[chance.randrange(len(cells))] = chance.choice(kind)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(first, len(rows))
        change = chance.randrange(4)
        if change == 0:
            rows[at][1].clear()
        elif change == 1:
            rows[at] = (rows[at][0], rows[chance.randrange(len(rows))][1])
        elif change == 2:
            rows[at] = (rows[at][0], rows[at][1][chance.randrange(24) :])
        else:
            rows[at] = (rows[at][0], [chance.choice(TEXTS + NUMBERS + OTHERS) for _ in range(chance.randint(1, 60))])
    merges = [
        *sample.merges,
        *((n, chance.randrange(24), n + chance.randrange(9), chance.randrange(24)) for n in range(1, 60, 7)),
    ]
    return Sheet(chance.choice(("DATA", "KEDIRI", "x" * 31)), True, [row for row in rows if row[1]], tuple(merges))


def check_reading(reading) -> None:
    """A sentence, or a reading whose every value is of its kind."""
    try:
        found = reading()
    except NotReadable as refused:
        sentence = str(refused)
        assert sentence.endswith(".")
        return
    for problem in found.problems:
        severity, _ = MESSAGES[problem.code]
        assert severity == problem.severity
        assert problem.cell[0].isalpha()
        assert problem.cell[-1].isdigit()
        assert 10 < len(problem.message) < 500
        assert "{" not in problem.message or "“" in problem.message
    for person in found.recipients:
        assert person.sex in ("L", "P", None)
        assert person.nik is None or (len(person.nik) == 16 and person.nik.isdigit())
        assert person.name or person.has_errors
        assert person.region_code or person.has_errors
        for amount in (person.aid_value, person.turnover_before, person.turnover_now, person.workers, person.aid_year):
            assert amount is None or (type(amount) is int and amount >= 0)
        texts = (
            person.name,
            person.address,
            person.note,
            person.ppks,
            person.trade,
            person.village,
            person.condition_text,
        )
        assert not any("\x00" in text or len(text) > 2000 for text in texts)


@pytest.mark.parametrize("block", range(10))
def test_cells_of_every_kind(sample, block):
    for seed in range(block * 40, block * 40 + 40):
        sheet = mutated(sample, random.Random(seed))
        check_reading(partial(read_sheets, [sheet], vocabulary=vocabulary(), today=TODAY))


@pytest.mark.parametrize("block", range(5))
def test_the_same_through_real_workbooks(sample, block):
    for seed in range(1000 + block * 8, 1000 + block * 8 + 8):
        sheet = mutated(sample, random.Random(seed))
        rows: list[list] = [[] for _ in range(sheet.rows[-1][0])]
        for number, cells in sheet.rows:
            rows[number - 1] = [_writable(cell) for cell in cells]
        check_reading(partial(read_book, book(rows)))


def _writable(cell: object) -> object:
    """What a workbook can hold of it."""
    if isinstance(cell, str):
        return "".join(char for char in cell if char >= " " or char == "\n")
    if isinstance(cell, float):
        return cell if abs(cell) < 1e308 else ""
    if isinstance(cell, date):
        return cell if cell.year >= 1900 else ""
    return cell if isinstance(cell, bool) else ""


@pytest.mark.parametrize("name", ["penerima-rusak.xlsx", "penerima-rusak.ods", "penerima-rusak.xls"])
def test_damaged_files(name):
    whole = (DATA / name).read_bytes()
    chance = random.Random(name)
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        check_reading(partial(read_book, bytes(data), filename=name))


def test_damaged_csv():
    chance = random.Random(5)
    for _ in range(200):
        lines = [
            chance.choice(";,\t|").join(str(chance.choice(TEXTS + NUMBERS))[:80] for _ in range(chance.randint(1, 9)))
            for _ in range(chance.randint(1, 12))
        ]
        text = "NAMA;NIK;KAB/KOTA;NILAI\n" * chance.randint(0, 1) + chance.choice(("\n", "\r\n", "\r")).join(lines)
        data = text.encode(chance.choice(("utf-8", "utf-16", "cp1252")), "replace")
        check_reading(partial(read_book, data, filename="a.csv"))
