"""Files that people send by mistake or in malice: each is read, or refused in one sentence, within little memory."""

import struct
import zipfile
from io import BytesIO

import pytest
import xlsxwriter

from ppks.intake import container, unpacking, workbook
from ppks.intake.reading import read
from ppks.intake.workbook import NotReadable, open_workbook
from tests.intake.lists import DATA, TODAY, book, faults, person, read_book, rows_of, vocabulary

WORKBOOK_XML = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="DAFTAR" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{RELS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c636060606000000005000157a8"
    "7a5d0000000049454e44ae426082"
)


def archive(entries: dict[str, bytes | str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return stream.getvalue()


def raw_book(sheet_data: str, strings: str = "", **more: str) -> bytes:
    """An XLSX written by hand."""
    parts = {
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": WORKBOOK_XML,
        "xl/_rels/workbook.xml.rels": WORKBOOK_RELS,
        "xl/worksheets/sheet1.xml": SHEET.format(sheet_data),
    }
    parts["xl/sharedStrings.xml"] = f"<sst>{strings}</sst>"
    return archive(parts | more)


def sentence(data: bytes) -> str:
    with pytest.raises(NotReadable) as refused:
        read_book(data)
    said = str(refused.value)
    assert said.endswith(".")
    assert "\n" not in said
    return said


LIST = book(rows_of(person()))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "kosong (0 bita)"),
        (PNG, "bukan buku kerja"),
        (b"%PDF-1.7\n", "bukan buku kerja"),
        (b"\x00\x01\x02" * 100, "bukan buku kerja"),
        (b"<html><table><tr><td>NAMA</td></tr></table></html>", "halaman web"),
        (b'\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html xmlns:x="urn:schemas-microsoft-com:office:excel">', "halaman web"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML Excel 2003"),
        (archive({"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "bukan buku kerja"),
        (archive({"foto.jpg": PNG}), "bukan buku kerja"),
        (LIST[: len(LIST) // 2], "rusak"),
        (LIST[:-30], "rusak"),
        (container._OLE + b"\0" * 600, "utuh"),
        (container._OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "kata sandi"),
        (container._OLE + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600, "rusak"),
        (container._OLE + bytes.fromhex("0908100000060500bb0dcc0700000000060000002f0036000100"), "kata sandi"),
        ((DATA / "penerima-rusak.xls").read_bytes()[:40_000], "utuh"),
        (raw_book('<row r="1"><c r="A1"><v>1</v>'), "rusak"),
        (archive({"xl/workbook.xml": "<a>"}), ""),
        (archive({"xl/workbook.xml": WORKBOOK_XML.replace("worksheet1", "x"), "xl/worksheets/sheet1.xml": ""}), ""),
    ],
)
def test_what_is_no_workbook(data, said):
    assert said in sentence(data)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(NotReadable, match="tidak ditemukan"):
        read(tmp_path / "tiada.xlsx", vocabulary=vocabulary(), today=TODAY)
    with pytest.raises(NotReadable, match="tidak ditemukan"):
        read(tmp_path, vocabulary=vocabulary(), today=TODAY)


def test_too_large_a_file():
    assert "25 MB" in sentence(b"PK\x03\x04" + b"0" * workbook.MAX_FILE)


def test_locked_archives():
    ods = {"content.xml": "<x/>", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
    assert "kata sandi" in sentence(archive(ods))
    flagged = bytearray(LIST)
    at = flagged.rfind(b"PK\x01\x02")
    flagged[at + 8] |= 1
    assert "kata sandi" in sentence(bytes(flagged))


def test_empty_books():
    assert "tidak ada satu sel pun" in sentence(book([]))
    assert "tidak ada satu sel pun" in sentence(book([[" "], ["", "\t"]]))
    assert "tidak ada satu sel pun" in sentence(b"\r\n;;;\r\n")


def test_pictures_only():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as file:
        file.add_worksheet("PINDAIAN").insert_image("A1", "daftar.png", {"image_data": BytesIO(PNG)})
    assert "hanya berisi gambar" in sentence(stream.getvalue())


def test_pictures_beside_a_list_do_no_harm():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as file:
        sheet = file.add_worksheet("DAFTAR")
        sheet.insert_image("Z1", "foto.png", {"image_data": BytesIO(PNG)})
        for number, row in enumerate(rows_of(person())):
            sheet.write_row(number, 0, row)
    assert len(read_book(stream.getvalue()).recipients) == 1


def test_a_bomb_is_known_by_its_directory(monkeypatch):
    data = raw_book("<row/>" * 10_000_000)
    assert len(data) < 200_000
    monkeypatch.delattr(zipfile.ZipFile, "open")  # nothing of it is unpacked
    assert "jauh lebih besar" in sentence(data)


def test_a_bomb_that_lies_about_its_size():
    """The directory says 100 bytes; unpacking in pieces finds sixty million."""
    data = bytearray(raw_book("<row/>" * 10_000_000))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset : at + offset + 4] = struct.pack("<I", 100)
            at = data.find(mark, at + 4)
    assert "jauh lebih besar" in sentence(bytes(data)) or "rusak" in sentence(bytes(data))


def test_a_bomb_of_many_entries():
    assert "jauh lebih besar" in sentence(archive({f"xl/{n}": "" for n in range(container.MAX_ENTRIES + 1)}))


def test_one_long_text_in_a_hundred_thousand_cells():
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 60_000))
    assert "terlalu luas" in sentence(raw_book(cells, f"<si><t>{'x' * 32_000}</t></si>"))


@pytest.mark.parametrize("cell", ["XFD1048576", "Z1048576"])
def test_a_stray_cell_at_the_end_of_the_sheet(cell):
    row = cell.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{cell}"><v>1</v></c></row>'
    said = sentence(raw_book(rows))
    assert "Ctrl+End" in said


def test_a_repeated_cell_in_an_opendocument_file():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="A">'
        f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    assert sentence(archive({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}))


def test_a_stray_cell_far_to_the_right_does_no_harm():
    rows = rows_of(person())
    rows[0] = ["DAFTAR", *[""] * 16_000, "x"]
    assert len(read_book(book(rows)).recipients) == 1


@pytest.mark.long
def test_formatted_empty_rows_to_the_end():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as file:
        border = file.add_format({"border": 1})
        sheet = file.add_worksheet("DAFTAR")
        rows = rows_of(person())
        for number in range(15_000):
            if number < len(rows):
                sheet.write_row(number, 0, rows[number], border)
            for column in range(0 if number >= len(rows) else 24, 30):
                sheet.write_blank(number, column, None, border)
    reading = read_book(stream.getvalue())
    assert (len(reading.recipients), faults(reading)) == (1, [])


def test_formulas_give_what_was_stored_and_run_nothing():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as file:
        sheet = file.add_worksheet("DAFTAR")
        rows = rows_of(person())
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        sheet.write_formula(2, 20, "=T3-560000", None, 300000)
        sheet.write_formula(2, 23, "='[http://example.org/x.xlsx]A'!A1", None, "dari luar")
        sheet.write_formula(2, 21, "=1/0", None, "#DIV/0!")
    (found,) = read_book(stream.getvalue()).recipients
    assert (found.profit, found.note, found.workers, found.problems) == (300000, "dari luar", None, ())


def test_macros_stay_where_they_are():
    stream = BytesIO(LIST)
    with zipfile.ZipFile(stream, "a") as file:
        file.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    assert len(read_book(stream.getvalue()).recipients) == 1


def test_entities_are_not_followed():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    sheet = bomb + SHEET.format('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;&c;</t></is></c></row>')
    data = raw_book("", **{"xl/worksheets/sheet1.xml": sheet})
    assert "root:" not in sentence(data)


@pytest.mark.long
def test_more_rows_than_a_list_can_have(monkeypatch):
    lines = ["NAMA;NIK"] + ["Ani;-"] * (unpacking.MAX_ROWS + 1)
    assert "lebih dari 50.000 baris" in sentence("\n".join(lines).encode())
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as file:
        sheet = file.add_worksheet("PANJANG")
        for number in range(unpacking.MAX_ROWS + 1):
            sheet.write_number(number, 0, number)
    assert "Lembar “PANJANG” berisi lebih dari 50.000 baris" in sentence(stream.getvalue())


def test_a_parser_that_does_not_end(monkeypatch):
    monkeypatch.setattr(workbook, "MAX_SECONDS", 0.0001)
    assert "terlalu luas" in sentence(LIST)


def test_only_the_used_cells_are_kept():
    (sheet,) = open_workbook(book([[], ["", "a", "", ""], [], [1, " "]]))
    assert list(sheet.rows) == [(2, ["", "a"]), (4, [1.0])]


def test_days_and_times_come_through():
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as file:
        sheet = file.add_worksheet()
        for row, (number, shape) in enumerate(
            [(34000, "dd/mm/yyyy"), (34000.5, "dd/mm/yyyy hh:mm"), (0.5, "hh:mm"), (1.5, "[h]:mm")]
        ):
            sheet.write_number(row, 0, number, file.add_format({"num_format": shape}))
        sheet.write_boolean(4, 0, True)
    (sheet,) = open_workbook(stream.getvalue())
    assert [repr(cells[0]) for _, cells in sheet.rows] == [
        "datetime.date(1993, 1, 31)",
        "datetime.datetime(1993, 1, 31, 12, 0)",
        "datetime.time(12, 0)",
        "datetime.timedelta(days=1, seconds=43200)",
        "True",
    ]


CSV_ROWS = [[str(cell) for cell in row] for row in rows_of(person(name="Ani Ñíñá", note="sepi; alat, rusak"))]


def csv_text(delimiter: str) -> str:
    return "\r\n".join(delimiter.join(f'"{cell}"' if cell else "" for cell in row) for row in CSV_ROWS)


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv(delimiter, encoding):
    reading = read_book(csv_text(delimiter).encode(encoding), filename="/tmp/data bojonegoro.csv")
    assert (reading.sheet, reading.heading_row, reading.list_date.year) == ("data bojonegoro", 2, 2020)
    assert faults(reading) == []
    assert (reading.recipients[0].name, reading.recipients[0].note) == ("Ani Ñíñá", "sepi; alat, rusak")


def test_csv_as_excel_writes_it():
    lines = [
        "sep=,",
        "NAMA,NIK,KAB/KOTA,ALAMAT",
        'Ani,"=""3522126610930001""",Tuban,"Dsn. Lor\nRT 1"',
        "",
        "Budi,'3522126610930002,Tuban,-",
    ]
    reading = read_book("\r\n".join(lines).encode(), filename="a.csv", as_of=TODAY)
    assert [person.nik for person in reading.recipients] == ["3522126610930001", "3522126610930002"]
    assert [person.address for person in reading.recipients] == ["Dsn. Lor RT 1", ""]
    assert [person.row for person in reading.recipients] == [3, 5]
    assert faults(reading) == []


def test_csv_with_an_open_quote():
    text = 'NAMA;NIK\nAni;"' + "x\n" * 200_000
    assert "tanda kutip" in sentence(text.encode())
