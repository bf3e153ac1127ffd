"""Lists for the import tests: the places and words of the reference data, and workbooks made of plain rows."""

import csv
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import xlsxwriter

from ppks.intake.reading import Reading, read, read_sheets
from ppks.intake.vocabulary import Places, Region, Vocabulary
from ppks.intake.workbook import Sheet

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
REFERENCE = ROOT / "ppks" / "regions" / "reference"
TODAY = date(2026, 1, 5)
SIGNED = "Surabaya, 26 Agustus 2020"

COLUMNS = {
    "number": "NO",
    "name": "NAMA",
    "nik": "NIK",
    "kk": "NO. KK",
    "sex": "L/P",
    "birth": "TEMPAT, TGL LAHIR",
    "address": "ALAMAT",
    "village": "DESA/KEL",
    "district": "KECAMATAN",
    "region": "KAB/KOTA",
    "phone": "NO. HP",
    "ppks": "JENIS PPKS",
    "institution": "ASAL UPT",
    "left_year": "TAHUN KELUAR",
    "trade": "JENIS USAHA",
    "aid_year": "TAHUN BANTUAN",
    "aid_form": "BENTUK BANTUAN",
    "aid_value": "NILAI BANTUAN (Rp)",
    "turnover_before": "OMZET AWAL",
    "turnover_now": "OMZET SEKARANG",
    "profit": "LABA BERSIH/BLN",
    "workers": "TENAGA KERJA",
    "condition": "KONDISI USAHA",
    "note": "KETERANGAN",
}
MARSINAH = {
    "number": 1,
    "name": "Marsinah Rahayu",
    "nik": "3522126610930001",
    "kk": "3522121309119542",
    "sex": "P",
    "birth": "Bojonegoro, 26-10-1993",
    "address": "Dsn. Wetan RT 08 RW 05",
    "village": "Sumberharjo",
    "district": "Sumberrejo",
    "region": "Kab. Bojonegoro",
    "phone": "0810-9185-5933",
    "ppks": "Remaja putus sekolah",
    "institution": "UPT PSBR Blitar",
    "left_year": 2011,
    "trade": "Telur asin",
    "aid_year": 2013,
    "aid_form": "barang",
    "aid_value": "Rp 2.500.000",
    "turnover_before": "Rp 750.000",
    "turnover_now": 860000,
    "profit": "Rp 300.000",
    "workers": 0,
    "condition": "biasa saja",
    "note": "modal kurang",
}


def _csv(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def vocabulary() -> Vocabulary:
    """What the reference data names."""
    places = Places(
        regions={row["code"]: Region(row["code"], row["kind"], row["name"]) for row in _csv("regencies")},
        districts={row["code"]: (row["regency_code"], row["name"]) for row in _csv("districts")},
        villages={row["code"]: (row["district_code"], row["name"]) for row in _csv("villages")},
    )
    return Vocabulary(
        places,
        ppks_kinds={row["code"]: row["name_id"] for row in _csv("ppks_types")},
        ppks_synonyms={
            row["written"]: (tuple(row["ppks_codes"].split(";")), row["disability_code"] or None)
            for row in _csv("ppks_synonyms")
        },
        disabilities={row["code"]: row["name_id"] for row in _csv("disability_types")},
        institutions={row["short_name"]: (row["name"], row["short_name"]) for row in _csv("upts")},
        trades={row["code"]: row["name_id"] for row in _csv("business_sectors")},
    )


def nik(serial: int, *, day: date = date(1993, 10, 26), sex: str = "P") -> str:
    """A right NIK of Sumberrejo."""
    return f"352212{day.day + (40 if sex == 'P' else 0):02d}{day:%m%y}{serial:04d}"


def book(
    *sheets: list, names: tuple[str, ...] = ("DAFTAR",), merges: tuple = (), hidden: tuple[str, ...] = ()
) -> bytes:
    """An XLSX of sheets, each a list of rows; `merges` are (first row, first column, last row, last column), from 0."""
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    day_format = workbook.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in zip((*names, *(f"Lembar{n}" for n in range(len(sheets)))), sheets, strict=False):
        sheet = workbook.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, day_format)
        for top, left, bottom, right in merges:
            text = rows[top][left]
            sheet.merge_range(top, left, bottom, right, text)
    workbook.close()
    return stream.getvalue()


def _write(sheet, row: int, column: int, value: object, day_format) -> None:
    match value:
        case None | "":
            return
        case bool():
            sheet.write_boolean(row, column, value)
        case str():
            sheet.write_string(row, column, value)
        case datetime() | date():
            sheet.write_datetime(row, column, value, day_format)
        case _:
            sheet.write_number(row, column, value)


def rows_of(
    *people: dict, titles: tuple = ("DAFTAR PENERIMA BANTUAN",), below: tuple = ((SIGNED,),), columns=COLUMNS
) -> list:
    """Titles, a heading, a row for each person (fields by name, or a list of cells), an empty row, what is below."""
    heading = [[title] for title in titles] + [list(columns.values())]
    body = [person if isinstance(person, list) else [person.get(name, "") for name in columns] for person in people]
    return [*heading, *body, [], *[list(row) for row in below]]


def person(**cells: object) -> dict:
    """Marsinah, with other cells."""
    return {**MARSINAH, **cells}


def read_book(source: bytes, **how) -> Reading:
    return read(source, **{"vocabulary": vocabulary(), "filename": "daftar.xlsx", "today": TODAY, **how})


def sheet_of(rows: list[list], name: str = "DAFTAR") -> Sheet:
    """The sheet that a workbook of these rows would give."""
    filled = []
    for number, row in enumerate(rows, start=1):
        cells = [float(cell) if type(cell) is int else cell for cell in row]
        while cells and (cells[-1] == "" or (isinstance(cells[-1], str) and not cells[-1].strip())):
            cells.pop()
        if cells:
            filled.append((number, cells))
    return Sheet(name, True, filled)


def read_people(*people: dict | list, sheet: str = "DAFTAR", **how) -> Reading:
    """Read a list of these people, made with `rows_of`, without a file around it."""
    making = {key: how.pop(key) for key in ("titles", "below", "columns") if key in how}
    rows = rows_of(*people, **making)
    return read_sheets([sheet_of(rows, sheet)], **{"vocabulary": vocabulary(), "today": TODAY, **how})


def faults(reading: Reading) -> list[tuple[str, str]]:
    """(code, cell) of every problem, in order."""
    return [(problem.code, problem.cell) for problem in reading.problems]


def fault_fields(**cells: object) -> list[tuple[str, str]]:
    """(code, field) of every problem in a list of Marsinah with these cells."""
    reading = read_people(person(**cells))
    fields = {reading.recipients[0].cell(name): name for name in COLUMNS}
    return [(problem.code, fields[problem.cell]) for problem in reading.problems]


def one(**cells: object):
    """Marsinah with these cells, as read."""
    (found,) = read_people(person(**cells)).recipients
    return found
