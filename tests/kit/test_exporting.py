"""Files: nothing in them runs, numbers and days stay what they are, and the way back gives what went in."""

import csv
import io
import shutil
import subprocess
from datetime import date

import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from ppks.kit.exporting import (
    COUNT,
    DAY,
    RUPIAH,
    YEAR,
    Book,
    Column,
    Recap,
    inert,
    readable,
    write_csv,
    write_xlsx,
)

LIKE_FORMULAS = (
    "=1+1",
    "+62 812",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\xa0=1+1",
    "\n=1+1",
    "|calc",
    "%0A=1",
    "＝1+1",
    "'=1+1",
    "-",
)
HARMLESS = ("Siti", "3522015708720001", "0812-3456", "'Aisyiyah", "a=1", "(tidak ada)", "", "1-2", "Jl. +5")
COLUMNS = (
    Column("NAMA", lambda row: row[0]),
    Column("NIK", lambda row: row[1]),
    Column("LABA", lambda row: row[2], RUPIAH),
    Column("TAHUN", lambda row: row[3], YEAR, group="BANTUAN"),
    Column("JUMLAH", lambda row: row[4], COUNT, group="BANTUAN"),
    Column("TANGGAL", lambda row: row[5], DAY),
)
ROW = ("=cmd|' /C calc'!A0", "3522015708720001", -50_000, 2019, 1_234, date(2020, 8, 26))


def book(*rows: tuple, **fields) -> Book:
    return Book("coba", "=JUDUL", ["Saringan: @semua", "Dicetak oleh Rahmawati"], COLUMNS, rows, **fields)


def xlsx(book: Book) -> bytes:
    target = io.BytesIO()
    write_xlsx(book, target)
    return target.getvalue()


def cells(content: bytes, sheet: str = "DATA") -> list[list]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


@pytest.mark.parametrize("text", LIKE_FORMULAS)
def test_what_a_spreadsheet_would_run_is_only_text(text):
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    assert inert(text) == text


@given(st.text(alphabet=st.sampled_from("='+-@|%\t\r \xa0\nab1＝"), max_size=8))
def test_the_way_back_gives_what_went_in(text):
    assert readable(inert(text)) == text
    assert not inert(text).lstrip(" \n\xa0").startswith(tuple("=+-@|%\t\r＝"))


def test_workbook_keeps_types_and_runs_nothing():
    rows = cells(xlsx(book(ROW)))
    assert [row[0] for row in rows[:3]] == ["'=JUDUL", "Saringan: @semua", "Dicetak oleh Rahmawati"]
    assert rows[4] == ["", "", "", "BANTUAN", "", ""]
    assert rows[5] == ["NAMA", "NIK", "LABA", "TAHUN", "JUMLAH", "TANGGAL"]
    assert rows[6] == [f"'{ROW[0]}", "3522015708720001", -50_000, 2019, 1_234, date(2020, 8, 26)]
    assert len(rows) == 7


def test_recap_counts_after_the_rows_were_written():
    seen = []

    def rows():
        for number in range(3):
            seen.append(number)
            yield ROW

    recaps = lambda: [Recap("Per kab/kota", [("Kab. Bojonegoro", len(seen))])]  # noqa: E731
    made = Book("coba", "Judul", [], COLUMNS, rows(), recaps)
    told = cells(xlsx(made), "REKAP")
    assert ["Jumlah baris", 3] in told
    assert ["Kab. Bojonegoro", 3] in told


def test_csv_is_headings_and_rows_with_a_mark_of_its_encoding():
    target = io.BytesIO()
    assert write_csv(book(ROW, (None,) * 6), target) == 2
    content = target.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["NAMA", "NIK", "LABA", "BANTUAN TAHUN", "BANTUAN JUMLAH", "TANGGAL"],
        [f"'{ROW[0]}", "3522015708720001", "-50000", "2019", "1234", "26-08-2020"],
        ["", "", "", "", "", ""],
    ]


def test_it_tells_how_far_it_is():
    told = []
    write_xlsx(book(*[ROW] * 2_500), io.BytesIO(), told.append)
    assert told == [1_000, 2_000]


@pytest.mark.long
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (soffice) tidak terpasang: TIDAK diuji di sini")
def test_libreoffice_opens_it_and_runs_nothing(tmp_path):
    rows = [(text.strip("\r\n"), *ROW[1:]) for text in LIKE_FORMULAS]
    (tmp_path / "coba.xlsx").write_bytes(xlsx(book(*rows)))
    convert(tmp_path, "coba.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2")
    found = next(tmp_path.glob("*.csv")).read_text()
    data = list(csv.reader(io.StringIO(found)))[6:]
    assert [line[0].strip() for line in data] == [inert(row[0]).strip() for row in rows]
    assert {line[1] for line in data} == {"3522015708720001"}


def convert(folder, name: str, kind: str) -> None:
    """LibreOffice without a screen, with a profile of its own."""
    profile = f"-env:UserInstallation=file://{folder}/profil"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / name)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
