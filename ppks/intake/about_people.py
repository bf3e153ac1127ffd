"""Reads short lists about people who are known already, NIK by NIK: deciles of the social registry, aid that others gave.

No database: `facts` says what each kind of list tells and compares it with what is stored.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from clients import nik as identity
from ppks.intake import cells, fields
from ppks.intake.container import NotReadable
from ppks.intake.headings import SEARCHED_ROWS, Heading, letters
from ppks.intake.results import ERROR, Problem, Reading, problem
from ppks.intake.surroundings import list_date, title_rows
from ppks.intake.vocabulary import plain
from ppks.intake.workbook import Sheet
from ppks.kit import dates

DTSEN = "DTSEN"
DATASETS = (DTSEN, "DTKS", "P3KE", "REGSOSEK")
MOST = 150  # letters of a text
_NIK_DIGITS = 8  # a cell with so many digits is meant as a NIK
_WORDS = {  # code -> sentence, for what only these lists say
    "decile_text": "Desil harus angka 1 sampai 10.",
    "day_text": "Tanggal ini tidak terbaca: {why}",
    "programme_empty": "Nama program atau bantuan belum diisi.",
}


@dataclass(slots=True)
class FactRow:
    """One row: whose NIK, and what it tells. Shaped like a recipient where both are handled alike."""

    sheet: str
    row: int
    columns: Mapping[str, int]
    name: str = ""
    nik: str | None = None
    told: dict[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    region_code: str | None = None

    def cell(self, name: str) -> str | None:
        column = self.columns.get(name)
        return None if column is None else f"{letters(column)}{self.row}"

    @property
    def has_errors(self) -> bool:
        return any(each.severity == ERROR for each in self.problems)


@dataclass(frozen=True, slots=True)
class Spec:
    """One kind of short list. `tell(row, raw, add)` reads a row's own cells; `fact(told, day)` is what it adds."""

    code: str
    labels: Mapping[str, str]
    headings: Mapping[str, tuple]
    main: str
    tell: Callable[..., dict[str, Any]]
    fact: Callable[[dict[str, Any], date], Any]
    key: Callable[[Any], tuple]
    stored: type
    is_once: bool = False  # one row a person


@dataclass(frozen=True, slots=True)
class Found:
    """Where the heading of a sheet stands, and which column holds what."""

    sheet: Sheet
    first_row: int
    columns: dict[str, int]
    headings: dict[int, Heading]
    unknown: tuple[Heading, ...]


def read_facts(
    sheets: list[Sheet], spec: Spec, *, mapping: Mapping[str, str] | None = None, as_of: date | None = None,
    today: date | None = None,
) -> Reading:  # fmt: skip
    """Read such a list from the sheets of a workbook. Raises NotReadable when no sheet has its headings."""
    today, own = today or dates.today(), {plain(text): name for text, name in (mapping or {}).items()}
    found = max(
        filter(None, (_heading(sheet, spec, own) for sheet in sheets if sheet.is_visible)),
        key=lambda each: (len(each.columns), len(each.sheet.rows)), default=None,
    )  # fmt: skip
    if found is None:
        wanted = f"“NIK” dan “{spec.labels[spec.main].upper()}”"
        raise NotReadable(f"Tidak ada baris judul dengan kolom {wanted}. Beri judul pada setiap kolom, lalu coba lagi.")
    rows, loose = _sorted(found, spec)
    titles = title_rows(found.sheet, found)
    told = list_date(titles, loose, today=today)
    day = told.day or as_of
    heading_cell = f"{letters(min(found.headings))}{found.first_row}"
    problems = [] if day else [problem(found.sheet.name, told.faulty_cell or heading_cell, "no_list_date")]
    seen: dict[str, str] = {}
    dataset = next((name for _, line in titles for name in DATASETS if name in str(line).upper()), DTSEN)
    facts = [_row(found, number, line, spec, seen, today=today, dataset=dataset) for number, line in rows]
    if not facts:
        problems.append(problem(found.sheet.name, heading_cell, "no_people"))
    return Reading(
        sheet=found.sheet.name,
        heading_row=found.first_row,
        list_date=day,
        recipients=tuple(facts),
        problems=(*problems, *(fault for fact in facts for fault in fact.problems)),
        unknown_headings=found.unknown,
        sheets=(found.sheet.name,),
    )


def _heading(sheet: Sheet, spec: Spec, own: Mapping[str, str]) -> Found | None:
    """The row with most columns that are known, when NIK and the main one are among them."""
    tries = [_columns(sheet, number, line, spec, own) for number, line in sheet.rows[:SEARCHED_ROWS]]
    return max(
        (each for each in tries if {"nik", spec.main} <= each.columns.keys()),
        key=lambda each: len(each.columns), default=None,
    )  # fmt: skip


def _columns(sheet: Sheet, number: int, line: list, spec: Spec, own: Mapping[str, str]) -> Found:
    columns: dict[str, int] = {}
    headings = {}
    unknown = []
    for column, cell in enumerate(line):
        if not isinstance(cell, str) or not (text := " ".join(cell[:200].split())):
            continue
        headings[column] = Heading(f"{letters(column)}{number}", text)
        given = own.get(plain(text))
        name = _meaning(text, spec) if given is None else given
        if name is None:
            unknown.append(headings[column])
        elif name:
            columns.setdefault(name, column)
    return Found(sheet, number, columns, headings, tuple(unknown))


def _meaning(text: str, spec: Spec) -> str | None:
    """A field of the list; "" for what recipients' lists know and these do not need."""
    words = fields.words(text)
    for name, phrases in spec.headings.items():
        if any(must <= words <= allowed for must, allowed in phrases):
            return name
    known = fields.meaning((text,))
    if known is None:
        return None
    return known.field if known.field in ("nik", "name") else ""


def _sorted(found: Found, spec: Spec) -> tuple[list, list]:
    """Rows of people, and the others: titles, sums, signatures."""
    people, loose = [], []
    for number, line in found.sheet.rows:
        if number <= found.first_row:
            continue
        cell = {name: line[column] if column < len(line) else "" for name, column in found.columns.items()}
        is_meant = sum(map(str.isdigit, cells.text(cell["nik"]))) >= _NIK_DIGITS
        is_unnumbered = cells.text(cell.get("name", "")) and cells.text(cell[spec.main])
        (people if is_meant or is_unnumbered else loose).append((number, line))
    return people, loose


def _row(
    found: Found, number: int, line: list, spec: Spec, seen: dict[str, str], *, today: date, dataset: str
) -> FactRow:
    row, faults = FactRow(found.sheet.name, number, found.columns), []

    def raw(name: str) -> object:
        column = found.columns.get(name)
        return "" if column is None or column >= len(line) else line[column]

    def add(name: str, code: str, **parts: object) -> None:
        cell = row.cell(name) or row.cell(spec.main)
        if code in _WORDS:
            faults.append(Problem(row.sheet, cell, ERROR, code, _WORDS[code].format(**parts)))
        else:
            faults.append(problem(row.sheet, cell, code, **parts))

    row.name = cells.text(raw("name"))[:MOST]
    checked = identity.check(
        raw("nik") if isinstance(raw("nik"), float) else cells.text(raw("nik")).strip("'’`"), today=today
    )
    if checked.errors:
        add("nik", checked.errors[0])
    else:
        row.nik = checked.digits
        if spec.is_once and (first := seen.setdefault(row.nik, row.cell("nik"))) != row.cell("nik"):
            add("nik", "duplicate_nik", first=first)
    row.told = spec.tell(raw, add, today=today, dataset=dataset)
    row.problems = tuple(faults)
    return row
