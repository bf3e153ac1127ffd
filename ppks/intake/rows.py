"""Tells the rows of a list apart: people, and the titles, groups, totals, numbering and signatures around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ppks.intake import fields
from ppks.intake.headings import Layout, letters
from ppks.intake.vocabulary import Places
from ppks.intake.workbook import Sheet

_TOTAL = re.compile(r"^\W*(?:sub\W*|grand\W*)?(?:jumlah|total|jml|jmlh|rekapitulasi)\b", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"^\W*(?:mengetahui|menyetujui|mengesahkan|disetujui|disusun|dibuat oleh|ditetapkan|dicetak|an\.|a\.\s?n\.|plt\b|plh\b"
    r"|kepala\b|ketua\b|sekretaris\b|bupati\b|wali\s?kota\b|gubernur\b|nip\b|pembina\b|penata\b|petugas\b"
    r"|pejabat\b|ttd\b|tembusan\b)",
    re.IGNORECASE,
)
_REMARK = re.compile(r"^\W*(?:catatan\b|keterangan\s*:|ket\.?\s*:|sumber\b|nb\b|note\b)", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"^[A-Za-z .'’]{3,40},.{0,30}\b(?:19|20)\d\d\W*$")
_GROUP_WORDS = re.compile(
    r"^\W*(?:[ivx]+\.|[a-z]\.|kec(?:amatan)?\b|desa\b|kel(?:urahan)?\b|wilayah\b|bakorwil\b|tahun\b|tahap\b|kelompok\b"
    r"|jenis\b|upt\b|eks\b|penerima\b|bantuan\b|disabilitas\b|penyandang\b|provinsi\b|dinas\b|lampiran\b|daftar\b|data\b)",
    re.IGNORECASE,
)
_INDEX = re.compile(r"^\W{0,2}(?:\d{1,3}|[a-z]|[ivx]{1,5})\W{0,2}$", re.IGNORECASE)
_COUNT = re.compile(r"^\W*\d{1,5}\s*(?:orang|org|klien|kpm|pm|jiwa|penerima)?\W*$", re.IGNORECASE)
_NAME_LIKE = re.compile(r"^[^\W\d_][^\W\d_.,'’` -]*(?:[ .,'’`-]+[^\W\d_]+){0,6}\.?$")
_REGION_LABELS = frozenset(("kabupaten", "kota", "kabupatenkota", "kabkota", "kab", "wilayah", "daerah"))
_WORDY = frozenset(("note", "address", "hamlet", "condition"))
_NOT_FILLED_DOWN = frozenset(("number", "name", "nik", "phone"))
_LONGEST = 120  # characters of a cell that decide what its row is
_MOST_LOOSE = 2_000
_MOST_FILLED_DOWN = 500_000
_ENOUGH = 3  # filled cells beside the name that make a row a person without a second look


@dataclass(frozen=True, slots=True)
class Group:
    """A row such as "KABUPATEN BOJONEGORO" over the people of a region; no region when the name is unknown."""

    cell: str
    text: str
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that is a person: its number, its cells padded to the layout, the group it stands under."""

    number: int
    cells: list
    group: Group | None


@dataclass(slots=True)
class Sorted:
    """The rows of a sheet below its heading; `loose` are those of no group or total (signatures, remarks).

    `unclear` are cells with what may be a name without a row; `next_heading` is the row where another heading
    with other columns begins, from where the rest of the sheet has to be read anew.
    """

    people: list[PersonRow] = field(default_factory=list)
    loose: list[tuple[int, list]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    next_heading: int | None = None


def sort_rows(sheet: Sheet, layout: Layout, places: Places, *, to_the_end: bool = False) -> Sorted:
    """Go through the rows below the heading once, down to the next heading of another kind or `to_the_end`."""
    return _Sorter(sheet, layout, places).sort(to_the_end=to_the_end)


class _Sorter:
    def __init__(self, sheet: Sheet, layout: Layout, places: Places):
        self.sheet, self.layout, self.places = sheet, layout, places
        self.name = layout.columns["name"]
        self.number = layout.columns.get("number")
        self.others = [column for key, column in layout.columns.items() if key not in ("name", "number")]
        self.numbers = [column for key in ("nik", "kk") if (column := layout.columns.get(key)) is not None]
        self.merged_down = dict(_filled_down(sheet, layout))
        self.births = {column for key, column in layout.columns.items() if key.startswith("birth")}
        self.wordy = {layout.columns[key] for key in _WORDY & layout.columns.keys()} | self.births
        shown = layout.headings.get(self.name)
        self.heading_texts = set(shown.text.lower().split(" / ")) if shown else set()
        self.wide = {(top, left) for top, left, _, right in sheet.merges if right > left}
        self.group: Group | None = None
        self.is_closed = False  # a signature has been seen: what follows needs more than a name
        self.found = Sorted()

    def sort(self, *, to_the_end: bool) -> Sorted:
        width = self.layout.width
        for number, cells in self.sheet.rows:
            if number <= self.layout.last_row:
                continue
            row = cells + [""] * (width - len(cells)) if len(cells) < width else cells
            if self.merged_down:
                row = self._with_merged(number, row)
            is_person = self._is_person(number, row)
            if self.found.next_heading and not to_the_end:
                break
            if is_person:
                self.found.people.append(PersonRow(number, row, self.group))
                self.is_closed = False
        return self.found

    def _with_merged(self, number: int, row: list) -> list:
        for column in self.layout.columns.values():
            if (value := self.merged_down.get((number, column))) is not None and row[column] == "":
                row = row.copy()
                row[column] = value
        return row

    def _is_person(self, number: int, row: list) -> bool:
        name = row[self.name]
        name = name.strip() if isinstance(name, str) else name
        filled = [column for column in self.others if _is_filled(row[column])]
        if isinstance(name, str) and len(name) > 2 and len(filled) > _ENOUGH and not self._is_odd(name):
            return True
        if (
            self._is_total(row)
            or self._is_group(number, row)
            or self._is_numbering(row)
            or self._is_heading(number, row)
        ):
            return False
        is_numbered = self.number is not None and _is_numbered(row[self.number])
        if not is_numbered and not self._has_identity(row) and self._is_signature(number, row, filled):
            return False
        if _has_letters(name):
            return self._is_named_person(number, row, filled, is_numbered)
        has_text = any(type(row[column]) is str for column in filled)
        return self._has_identity(row) or (len(filled) >= 2 and has_text)

    def _is_odd(self, name: str) -> bool:
        """True for the few beginnings of a name that ask for a second look."""
        return bool(_ODD.match(name)) or _is_index(name) or name.lower() in self.heading_texts

    def _is_named_person(self, number: int, row: list, filled: list[int], is_numbered: bool) -> bool:
        """A name with something else is a person; a name alone only where rows have no numbers, or with one."""
        if is_numbered or len(filled) > 1 or (filled and type(row[filled[0]]) is str):
            return True
        name = " ".join(row[self.name].split())
        is_name_like = bool(_NAME_LIKE.match(name[:100])) and len(name) <= 100 and not _GROUP_WORDS.match(name)
        if not is_name_like or (number, self.name) in self.wide:
            self._keep_loose(number, row)
            return False
        if self.number is None:
            return True
        self.found.unclear.append(f"{letters(self.name)}{number}")
        return False

    def _has_identity(self, row: list) -> bool:
        """A NIK or KK cell with at least ten digits; a count under a total has fewer."""
        return any(sum(map(str.isdigit, _digits(row[column]))) >= 10 for column in self.numbers)

    def _is_total(self, row: list) -> bool:
        """ "Jumlah" in the place of a name, or as the first words of a row that has nothing of a person."""
        name = row[self.name]
        if self._has_identity(row):
            return False
        if type(name) is str and _TOTAL.match(name):
            return True
        first = next((cell for cell in row if type(cell) is str and cell.strip() and not _is_index(cell)), "")
        return bool(_TOTAL.match(first)) and not self._makes_sense(row)

    def _is_group(self, number: int, row: list) -> bool:
        """A row whose only words name a region, save for its count and its index."""
        texts = [(column, cell[:_LONGEST]) for column, cell in enumerate(row) if type(cell) is str and cell.strip()]
        texts = [(column, text) for column, text in texts if not _is_index(text)]
        if texts and _letters_only(texts[0][1]) in _REGION_LABELS and len(texts) > 1:
            texts = [(texts[0][0], f"{texts[0][1].strip(' :')} {texts[1][1].strip(' :')}"), *texts[2:]]
        if not texts or any(not _COUNT.match(text) for _, text in texts[1:]):
            return False
        column, text = texts[0]
        is_numbered = self.number is not None and _is_index(row[self.number])
        if is_numbered and column == self.layout.columns.get("region"):
            return False  # a numbered row waiting for its person, the region already filled in
        bare = _COUNT_AFTER.sub("", _ENUMERATOR.sub("", text))
        regions = self.places.regions_named(bare)
        if not regions and not (self.places.has_kind(bare) and _FEW_WORDS.match(bare)):
            return False
        self.group = Group(f"{letters(column)}{number}", " ".join(text.split()), regions)
        self.is_closed = False
        return True

    def _is_numbering(self, row: list) -> bool:
        """1, 2, 3 … (or a, b, c) under the headings."""
        cells = [cell for cell in row if cell != ""]
        return _is_index(row[self.name]) and len(cells) > 1 and sum(map(_is_index, cells)) >= 0.8 * len(cells)

    def _is_heading(self, number: int, row: list) -> bool:
        """The heading again, as on every printed page, or that of another table below."""
        texts = [(column, cell[:200]) for column, cell in enumerate(row) if type(cell) is str and cell.strip()]
        meant = [(column, text, meaning) for column, text in texts if (meaning := fields.meaning((text,)))]
        if len(meant) < 2 or len(meant) < 0.6 * len(texts):
            return False
        if any(meaning.field == "name" for *_, meaning in meant) and not all(map(self._is_known, meant)):
            self.found.next_heading = number
        return True

    def _is_known(self, heading: tuple[int, str, fields.Meaning]) -> bool:
        column, text, meaning = heading
        shown = self.layout.headings.get(column)
        is_shown = shown is not None and " ".join(text.split()) in shown.text.split(" / ")
        return is_shown or self.layout.columns.get(meaning.field) == column

    def _is_signature(self, number: int, row: list, filled: list[int]) -> bool:
        """Places, dates, offices and names below a list; once begun, it goes on until a row is clearly a person."""
        if len(filled) > _ENOUGH:
            return False
        begins = self._begins(_SIGNATURE, row, filled) or self._begins(_PLACE_AND_DATE, row, filled)
        if begins or (self.is_closed and not self._makes_sense(row)) or self._begins(_REMARK, row, filled):
            self.is_closed = self.is_closed or begins
            self._keep_loose(number, row)
            return True
        if len(filled) < 2 and not _has_letters(row[self.name]):
            self._keep_loose(number, row)
        return False

    def _begins(self, pattern: re.Pattern, row: list, filled: list[int]) -> bool:
        """Whether a cell begins so; in a row with a name, not a cell that may say anything."""
        skipped = self.wordy if _has_letters(row[self.name]) else self.births if len(filled) > 1 else ()
        texts = (cell for column, cell in enumerate(row) if type(cell) is str and column not in skipped)
        return any(pattern.match(text.strip()[:100]) for text in texts)

    def _makes_sense(self, row: list) -> bool:
        """A sex or a region where one belongs: below a signature that is still a person."""
        sex, region = (self.layout.columns.get(key) for key in ("sex", "region"))
        has_sex = sex is not None and type(row[sex]) is str and row[sex].strip().lower() in ("l", "p")
        return has_sex or (
            region is not None and type(row[region]) is str and bool(self.places.regions_named(row[region]))
        )

    def _keep_loose(self, number: int, row: list) -> None:
        if len(self.found.loose) < _MOST_LOOSE:
            self.found.loose.append((number, row))


_ENUMERATOR = re.compile(r"^\W*(?:[ivx]{1,5}|[a-z]|\d{1,2})[.)]\s*", re.IGNORECASE)
_FEW_WORDS = re.compile(r"^[^\W\d_]+\W{1,3}[^\W\d_]+(?:[ '’-][^\W\d_]+)?\W*$")
_COUNT_AFTER = re.compile(r"[\s(:=-]+\d+\s*(?:orang|org|klien|kpm|pm|jiwa|penerima)?\W*$", re.IGNORECASE)
_ODD = re.compile(
    r"^\W*(?:sub|grand|jumlah|jml|total|rekap|kab|kota|kod|kec|mengetahui|kepala|surabaya|nama|nm\b|no\b|nik\b|nip|plt|an\.|a\.)",
    re.IGNORECASE,
)


def _letters_only(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalpha())


def _filled_down(sheet: Sheet, layout: Layout) -> Iterator[tuple[tuple[int, int], object]]:
    """What a cell merged over several rows says, for each row but the first; not for what belongs to one person."""
    wanted = {column for key, column in layout.columns.items() if key not in _NOT_FILLED_DOWN}
    tops = {top for top, left, bottom, _ in sheet.merges if bottom > top > layout.last_row and left in wanted}
    if not tops:
        return
    rows = {number: cells for number, cells in sheet.rows if number in tops}
    left_to_give = _MOST_FILLED_DOWN
    for top, left, bottom, right in sheet.merges:
        cells = rows.get(top, ())
        if left not in wanted or left != right or left >= len(cells) or cells[left] == "":
            continue
        left_to_give -= bottom - top
        if left_to_give < 0:
            return
        yield from (((row, left), cells[left]) for row in range(top + 1, bottom + 1))


def _is_filled(cell: object) -> bool:
    """Filled with something a person's row would hold: no blank, no dash, no zero of a formula copied down."""
    if type(cell) is str:
        return bool(cell.strip(" \t\r\n\xa0-–—._"))
    return cell != 0


def _is_index(cell: object) -> bool:
    if type(cell) is float:
        return 0 <= cell < 1000 and cell.is_integer()
    return type(cell) is str and len(cell) < 12 and bool(_INDEX.match(cell.strip()))


def _is_numbered(cell: object) -> bool:
    """An arabic running number; roman numbers and letters stand before groups."""
    return type(cell) is float or (type(cell) is str and bool(_COUNT.match(cell[:_LONGEST])))


def _has_letters(cell: object) -> bool:
    return isinstance(cell, str) and any(map(str.isalpha, cell[:200]))


def _digits(cell: object) -> str:
    return f"{cell:.0f}" if isinstance(cell, float) and abs(cell) < 1e20 else str(cell)[:100]
