"""A workbook written row by row: what was put in comes out, in our reader and in LibreOffice, whatever it is."""

import math
import re
import shutil
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ppks.intake.desk.plainbook import PLAIN, STRONG, PlainBook
from ppks.intake.workbook import open_workbook
from tests.kit.test_exporting import convert

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
    lambda text: text.strip() and "\r" not in text and not any(ord(char) < 32 and char not in "\t\n" for char in text)
)
CELLS = st.one_of(
    TEXTS,
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


def book(*rows: list, name: str = "DATA", merges=()) -> bytes:
    made = PlainBook()
    with made.sheet(name, widths={0: 60}, merges=merges) as sheet:
        for number, cells in enumerate(rows, 1):
            sheet.row(number, [(column, cell, PLAIN) for column, cell in enumerate(cells)])
    return made.close()


@settings(max_examples=15, deadline=None)  # each starts a parser
@given(st.lists(CELLS, min_size=1, max_size=8))
def test_what_was_put_in_comes_out(cells):
    [sheet] = open_workbook(book([*cells, "akhir"]))

    assert sheet.rows[0] == (1, [*cells, "akhir"])


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "@SUM(A1)", "_x0041_", "<&>\"'", "a\x07b", "\ud800x", "\ufffe", " x ", "a\rb"]
)
def test_text_stays_text(text):
    [sheet] = open_workbook(book([text, "x"]))

    [(_, [read, _])] = sheet.rows
    assert isinstance(read, str)
    assert read.replace("_x0007_", "\x07").replace("_x000D_", "\r")[:2] == text[:2] or not text.isprintable()


def test_what_is_no_number_for_a_spreadsheet_is_written_as_it_is_called():
    [sheet] = open_workbook(book([math.nan, math.inf, date(1850, 1, 1), time(7, 30), "x"]))

    assert sheet.rows[0][1] == ["nan", "inf", "1850-01-01", "07:30:00", "x"]


def test_a_moment_keeps_its_hours():
    [sheet] = open_workbook(book([datetime(2020, 8, 26, 12, 0), "x"]))

    assert sheet.rows[0][1][0] == datetime(2020, 8, 26, 12, 0)


@pytest.mark.parametrize(
    ("name", "kept"), [("Data 2020", "Data 2020"), ("a/b", "Lembar 1"), ("x" * 32, "Lembar 1"), ("", "Lembar 1")]
)
def test_a_sheet_gets_a_name_that_excel_allows(name, kept):
    assert [sheet.name for sheet in open_workbook(book(["x"], name=name))] == [kept]


def test_two_sheets_and_merged_cells():
    made = PlainBook()
    for name in ("DATA", "data"):
        with made.sheet(name, widths={}, merges=[(1, 0, 1, 1)]) as sheet:
            sheet.row(1, [(0, "JUDUL", STRONG)])
    sheets = open_workbook(made.close())

    assert [(sheet.name, sheet.merges) for sheet in sheets] == [
        ("DATA", ((1, 0, 1, 1),)),
        ("Lembar 2", ((1, 0, 1, 1),)),
    ]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) tidak terpasang: TIDAK diuji di sini")
def test_libreoffice_opens_it(tmp_path):
    content = book(["NAMA", ""], ["=1+1 & <b>", date(2020, 8, 26)], merges=[(1, 0, 1, 1)])
    (tmp_path / "sisa.xlsx").write_bytes(content)
    convert(tmp_path, "sisa.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1")

    [found] = tmp_path.glob("*.csv")
    name, row = found.read_text().splitlines()
    assert name == "NAMA,"
    assert re.fullmatch(r"=1\+1 & <b>,(26.08|08.26).2020", row)  # as the language of the machine has it
