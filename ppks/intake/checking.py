"""Turns one row into a recipient with typed values, and names what is wrong by cell: one row, one cause.

A cell whose check depends on a faulty cell is not reported: a sex is not compared with a NIK that is wrong,
a profit not with a turnover nobody can read, a district not looked up in a region that does not exist.
"""

import re
from dataclasses import dataclass
from datetime import date

from clients import names, nik
from ppks.intake import cells
from ppks.intake.headings import Layout
from ppks.intake.places import Locator, region_text
from ppks.intake.results import Problem, Recipient, problem
from ppks.intake.rows import PersonRow
from ppks.intake.vocabulary import Vocabulary

_ROUNDED = re.compile(r"\d[.,]\d+e\+?\d{1,2}", re.IGNORECASE)  # 3.5221E+15: what is left of a NIK
_DECIMALS = re.compile(r"(\d{16})[.,]0+")
_MOST = {"name": 150, "address": 500, "note": 2000}  # characters; other texts 200
_MOST_OTHER = 200
_ADDRESS_PARTS = (("hamlet", ""), ("rt", "RT "), ("rw", "RW "), ("rt_rw", "RT/RW "))


class RowReader:
    """One row being read: its cells by field, the person it becomes, its problems so far."""

    __slots__ = ("cells", "columns", "group", "person", "problems")

    def __init__(self, row: PersonRow, layout: Layout):
        self.cells, self.columns, self.group = row.cells, layout.columns, row.group
        self.person = Recipient(layout.sheet, row.number, layout.columns)
        self.problems: list[Problem] = []

    def raw(self, name: str) -> object:
        """The cell as the workbook gives it; "" where the list has no such column."""
        column = self.columns.get(name)
        return "" if column is None else self.cells[column]

    def add(self, name: str, code: str, **parts: object) -> None:
        """Name a fault at the field's cell."""
        self.problems.append(problem(self.person.sheet, self.person.cell(name), code, **parts))

    def text(self, name: str) -> str:
        """A text cell, cleaned; one too long is empty and at fault, one like a formula is kept and named."""
        raw = self.raw(name)
        if raw == "" or not (written := cells.text(raw)):
            return ""
        if len(written) > (most := _MOST.get(name, _MOST_OTHER)):
            self.add(name, "text_long", most=most)
            return ""
        if cells.looks_like_formula(written):
            self.add(name, "formula_text")
        return written

    def value(self, name: str, read, code: str, **how):
        """What `read` makes of a cell, or None and a problem with its reason."""
        raw = self.raw(name)
        if raw == "":
            return None
        try:
            return read(raw, **how)
        except ValueError as why:
            self.add(name, code, why=why)
            return None

    def unknown(self, name: str, code: str, written: str) -> None:
        """Name a text that nobody knows, unless it is named already because it looks like a formula."""
        if not cells.looks_like_formula(written):
            self.add(name, code, text=written)


@dataclass(slots=True)
class Checker:
    """Reads the rows of one table. `latest_year` is the last year anything in the list can have happened in.

    `seen` holds the NIKs of the whole file so far, each with the sheet and cell where it stands first; `without`
    the money fields whose heading says another unit than rupiah.
    """

    layout: Layout
    vocabulary: Vocabulary
    locator: Locator
    seen: dict[str, tuple[str, str]]
    today: date
    latest_year: int
    without: frozenset[str] = frozenset()

    def recipient(self, row: PersonRow) -> Recipient:
        """The person of a row, with the problems of that row."""
        reader = RowReader(row, self.layout)
        _read_name(reader)
        self._read_identity(reader)
        self._read_address(reader)
        self._read_kinds(reader)
        self._read_aid(reader)
        self._read_business(reader)
        reader.person.problems = tuple(reader.problems)
        return reader.person

    def _read_identity(self, reader: RowReader) -> None:
        person = reader.person
        person.sex, sex_field = _sex(reader)
        person.birth_date, birth_field = _birth(reader, self.today)
        person.kk = _kk(reader)
        raw = _number(reader.raw("nik"))
        if type(raw) is str and not _says_number(person, raw):
            return
        person.nik_status = "ada"
        if type(raw) is str and _ROUNDED.fullmatch(raw):
            reader.add("nik", "nik_lost_digit")
            return
        found = nik.check(raw, sex=person.sex, born_on=person.birth_date, today=self.today)
        if found.errors:
            reader.add("nik", found.errors[0])
            return
        person.nik = found.digits
        here = (person.sheet, person.cell("nik"))
        if (first := self.seen.setdefault(found.digits, here)) != here:
            where = first[1] if first[0] == person.sheet else f"lembar “{first[0]}” {first[1]}"
            reader.add("nik", "duplicate_nik", first=where)
            return
        for code in found.warnings:
            reader.add(sex_field if code == "nik_sex_differs" else birth_field, code)

    def _read_address(self, reader: RowReader) -> None:
        person = reader.person
        parts = [reader.text("address")]
        for name, before in _ADDRESS_PARTS:
            if name in self.layout.columns and (part := reader.text(name)):
                parts.append(part if part.lower().startswith(before.lower().strip()) else before + part)
        person.address = ", ".join(filter(None, parts))
        person.village = reader.text("village")
        person.district = cells.text(reader.raw("district"))[:_MOST_OTHER]
        written = region_text(reader.raw("region"))[:_MOST_OTHER]
        self.locator.locate(person, written, reader.group, reader.problems)
        _read_phone(reader)

    def _read_kinds(self, reader: RowReader) -> None:
        person = reader.person
        person.ppks = reader.text("ppks")
        disability = reader.text("disability")
        for name, written in (("ppks", person.ppks), ("disability", disability)):
            if written and (found := self.vocabulary.ppks(written)):
                person.ppks_codes = tuple(dict.fromkeys((*person.ppks_codes, *found[0])))
                person.disability_code = found[1] or person.disability_code
            elif written:
                reader.unknown(name, "unknown_ppks", written)
        person.ppks = person.ppks or disability
        person.institution = reader.text("institution")
        if person.institution:
            person.institution_key = self.vocabulary.institution(person.institution)
            if person.institution_key is None:
                reader.unknown("institution", "unknown_upt", person.institution)
        person.left_year = reader.value("left_year", cells.year, "year_impossible", latest=self.latest_year)

    def _read_aid(self, reader: RowReader) -> None:
        person = reader.person
        person.aid_year = reader.value("aid_year", cells.year, "year_impossible", latest=self.latest_year)
        person.aid_form_text = reader.text("aid_form")
        person.aid_form = cells.aid_form(person.aid_form_text)
        if person.aid_form_text and not person.aid_form:
            reader.unknown("aid_form", "unknown_aid_form", person.aid_form_text)
        person.aid_value = self._money(reader, "aid_value")

    def _read_business(self, reader: RowReader) -> None:
        person = reader.person
        person.trade = reader.text("trade")
        person.trade_code = self.vocabulary.trade(person.trade) if person.trade else None
        person.turnover_before = self._money(reader, "turnover_before")
        person.turnover_now = self._money(reader, "turnover_now")
        person.profit = self._money(reader, "profit", may_be_loss=True)
        if None not in (person.profit, person.turnover_now) and person.profit > person.turnover_now:
            reader.add("profit", "profit_over_turnover")
        person.workers = reader.value("workers", cells.count, "workers_text")
        person.condition_text = reader.text("condition")
        person.reported_condition = cells.condition(person.condition_text)
        if person.condition_text and not person.reported_condition:
            reader.unknown("condition", "unknown_condition", person.condition_text)
        person.note = reader.text("note")

    def _money(self, reader: RowReader, name: str, **how) -> int | None:
        if name in self.without:
            return None
        return reader.value(name, cells.amount, "amount_text", **how)


def _read_name(reader: RowReader) -> None:
    """A name has letters; a cell without any is empty, whatever else may be said of it."""
    raw = reader.raw("name")
    if not (isinstance(raw, str) and any(map(str.isalpha, cells.text(raw)))):
        reader.add("name", "name_empty")
        return
    written = reader.text("name")
    is_plain = written.isascii() and written.isprintable()
    reader.person.name = written if is_plain else names.clean(written)


def _sex(reader: RowReader) -> tuple[str | None, str]:
    """The sex, and the field that says it: one column, or a tick in one of two."""
    if "sex" in reader.columns:
        return reader.value("sex", cells.sex, "sex_text"), "sex"
    ticked = [name for name in ("sex_male", "sex_female") if cells.is_marked(reader.raw(name))]
    if len(ticked) > 1:
        reader.add(ticked[1], "sex_text", why="kolom L dan P sama-sama ditandai.")
    if len(ticked) != 1:
        return None, "sex"
    return ("L" if ticked[0] == "sex_male" else "P"), ticked[0]


def _birth(reader: RowReader, today: date) -> tuple[date | None, str]:
    """The day of birth, and the field that says it; place and day may share a column."""
    person = reader.person
    person.birth_place = reader.text("birth_place")
    day, name = reader.raw("birth_date"), "birth_date"
    if (both := reader.raw("birth")) != "":
        place, told = cells.birth(both)
        person.birth_place = person.birth_place or place[:_MOST_OTHER]
        if cells.looks_like_formula(place):
            reader.add("birth", "formula_text")
        if day == "" and told != "":
            day, name = told, "birth"
    try:
        return cells.birth_date(day, today=today), name
    except ValueError as why:
        reader.add(name, "date_impossible", why=why)
        return None, name


def _kk(reader: RowReader) -> str | None:
    raw = _number(reader.raw("kk"))
    if type(raw) is str and (not raw or cells.is_none_yet(raw) or cells.is_under_way(raw)):
        return None
    if type(raw) is str and _ROUNDED.fullmatch(raw):
        reader.add("kk", "kk_lost_digit")
        return None
    found = nik.kk_check(raw)
    for code in found.errors[:1]:
        reader.add("kk", code)
    return found.digits


def _says_number(person: Recipient, written: str) -> bool:
    if cells.is_under_way(written):
        person.nik_status = "sedang_diurus"
        return False
    return bool(written) and not cells.is_none_yet(written)


def _read_phone(reader: RowReader) -> None:
    raw = reader.raw("phone")
    if raw == "":
        return
    person = reader.person
    person.phone_text = cells.text(raw)[:_MOST_OTHER]
    try:
        person.phone, is_all = cells.phone(raw)
    except ValueError:
        is_all = False
    if not is_all:
        is_formula = cells.looks_like_formula(person.phone_text)
        reader.add("phone", "formula_text" if is_formula else "phone_odd")


def _number(cell: object) -> object:
    """A number of identity: text without the apostrophe that keeps it text; 16 digits and ",0" are a number cell."""
    if type(cell) is float:
        return cell
    written = cells.text(cell).strip("'’`\"")
    match = _DECIMALS.fullmatch(written)
    return float(match[1]) if match else written
