"""A workbook (XLSX) written row by row, packed in memory as it comes: neither its cells nor a file on a disk are kept.

xlsxwriter keeps either every cell in memory or its rows in a file in clear; what people sent may lie in neither.
"""

import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any
from xml.sax.saxutils import escape, quoteattr

from ppks.intake.headings import letters

PLAIN, DAY, STRONG = range(3)  # places in `cellXfs`
LONGEST = 32_767  # characters in a cell
FIRST_YEAR = 1901  # of the days that Excel knows
DAY_ZERO = datetime(1899, 12, 30)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
BEGIN = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")  # in XML; CR would come back as LF
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
NOT_A_NAME = re.compile(r"[\[\]:*?/\\]|^'|'$|^$")
STYLES = f"""{BEGIN}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><color rgb="FF8A2A16"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment wrapText="1"/></xf>
</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; rows from 1, columns from 0
Cell = tuple[int, object, int]  # column from 0, value, style


class PlainBook:
    """Sheets one after the other, each with its rows in order; `close` gives the bytes."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.target = BytesIO()
        self.archive = zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED)

    @contextmanager
    def sheet(self, name: str, *, widths: dict[int, int], merges: Sequence[Merge] = ()) -> Iterator["PlainSheet"]:
        """A sheet of that name where Excel allows it; other programs are more generous."""
        number = len(self.names) + 1
        is_free = name.lower() not in (used.lower() for used in self.names)
        self.names.append(name if len(name) <= 31 and is_free and not NOT_A_NAME.search(name) else f"Lembar {number}")
        columns = "".join(
            f'<col min="{column + 1}" max="{column + 1}" width="{width}" customWidth="1"/>'
            for column, width in sorted(widths.items())
        )
        with self.archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
            part.write(f'{BEGIN}<worksheet xmlns="{MAIN}"><cols>{columns}</cols><sheetData>'.encode())
            yield PlainSheet(part)
            part.write(f"</sheetData>{_merged(merges)}</worksheet>".encode())

    def close(self) -> bytes:
        for path, text in self._parts():
            self.archive.writestr(path, text)
        self.archive.close()
        return self.target.getvalue()

    def _parts(self) -> Iterator[tuple[str, str]]:
        sheets = range(1, len(self.names) + 1)
        yield "xl/styles.xml", STYLES
        listed = "".join(
            f'<sheet name={quoteattr(_text(name))} sheetId="{n}" r:id="rId{n}"/>'
            for n, name in enumerate(self.names, 1)
        )
        yield (
            "xl/workbook.xml",
            f'{BEGIN}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        related = [("worksheet", f"worksheets/sheet{n}.xml") for n in sheets] + [("styles", "styles.xml")]
        yield "xl/_rels/workbook.xml.rels", _relations(related)
        yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
        types = {f"/xl/worksheets/sheet{n}.xml": "worksheet+xml" for n in sheets}
        types |= {"/xl/workbook.xml": "sheet.main+xml", "/xl/styles.xml": "styles+xml"}
        overrides = "".join(
            f'<Override PartName="{part}" ContentType="{SHEET_TYPE}.{kind}"/>' for part, kind in types.items()
        )
        yield (
            "[Content_Types].xml",
            f'{BEGIN}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
            f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
        )


class PlainSheet:
    def __init__(self, part: IO[bytes]) -> None:
        self.part = part

    def row(self, number: int, cells: Iterable[Cell]) -> None:
        """The cells of a row (numbered from 1), from left to right; blank ones are left out."""
        inside = "".join(
            _cell(f"{letters(column)}{number}", value, style) for column, value, style in cells if value != ""
        )
        self.part.write(f'<row r="{number}">{inside}</row>'.encode())


def _cell(address: str, value: Any, style: int) -> str:
    """Text as text, whatever it begins with: nothing that was sent can become a formula."""
    match value:
        case bool():
            return f'<c r="{address}" s="{style}" t="b"><v>{int(value)}</v></c>'
        case float() | int() if math.isfinite(value):
            return f'<c r="{address}" s="{style}"><v>{value!r}</v></c>'
        case date() if value.year >= FIRST_YEAR:  # a datetime, too
            return f'<c r="{address}" s="{DAY}"><v>{_serial(value)!r}</v></c>'
    text = escape(_text(str(value)[:LONGEST]))
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _serial(day: date) -> float:
    """Days as Excel counts them."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)
    return (moment - DAY_ZERO).total_seconds() / 86_400


def _text(text: str) -> str:
    """With what XML cannot hold written as Excel does, `_x0007_`."""
    return UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", LOOKS_ESCAPED.sub("_x005F_", text))


def _merged(merges: Sequence[Merge]) -> str:
    ranges = (f"{letters(left)}{top}:{letters(right)}{bottom}" for top, left, bottom, right in merges)
    inside = "".join(f'<mergeCell ref="{range}"/>' for range in ranges)
    return f'<mergeCells count="{len(merges)}">{inside}</mergeCells>' if inside else ""


def _relations(related: Iterable[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(related, 1)
    )
    return f'{BEGIN}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
