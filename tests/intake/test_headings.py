"""Which sheet is the list, which row its heading, and what each column is about."""

import pytest

from ppks.intake.fields import FIELDS, meaning
from ppks.intake.headings import Heading, letters
from ppks.intake.workbook import NotReadable
from tests.intake.lists import COLUMNS, book, faults, nik, person, read_book, read_people, rows_of

HEADINGS = {
    "nik": ["NIK", "No KTP", "No. KTP / NIK", "N I K", "Nomor Induk Kependudukan", "e-KTP", "NIK (16 digit)"],
    "name": ["Nama", "Nama Lengkap", "NAMA PENERIMA", "Nama Eks Klien", "NAMA (sesuai KTP)", "Nama Warga Binaan Sosial",
             "N A M A"],
    "kk": ["No. KK", "Nomor Kartu Keluarga", "NO KK", "NKK"],
    "sex": ["L/P", "Jenis Kelamin", "JK", "Jns Kelamin (L/P)", "Laki-laki / Perempuan"],
    "birth": ["TTL", "Tempat, Tgl Lahir", "Tempat/Tanggal Lahir", "TMPT TGL LHR", "Tempat & Tgl/Bln/Thn Lahir"],
    "birth_place": ["Tempat Lahir", "Tmpt Lahir"],
    "birth_date": ["Tgl Lahir", "Tanggal Lahir (dd-mm-yyyy)", "Tgl. Lhr"],
    "address": ["Alamat", "Alamat Lengkap", "ALAMAT (Dsn, RT/RW)", "Alamat sesuai KTP"],
    "village": ["Desa/Kel", "Desa / Kelurahan", "KELURAHAN", "Ds/Kel."],
    "district": ["Kecamatan", "Kec.", "KEC"],
    "region": ["Kab/Kota", "KABUPATEN / KOTA", "Kabupaten", "Kota/Kab."],
    "phone": ["No. HP", "Telepon", "WA", "No HP/WA", "Nomor Telp.", "NO. TELEPON / HP"],
    "ppks": ["Jenis PPKS", "PMKS", "PPKS", "Kategori PPKS/PMKS"],
    "institution": ["Asal UPT", "UPT", "Nama UPT", "Asal Panti"],
    "left_year": ["Tahun Keluar", "Thn Keluar UPT", "Tahun Lulus"],
    "trade": ["Jenis Usaha", "Usaha", "Bidang Usaha"],
    "aid_year": ["Thn Bantuan", "Tahun Bantuan", "Tahun", "Tahun Menerima Bantuan", "Tahun Anggaran"],
    "aid_form": ["Bentuk", "Jenis Bantuan", "Bentuk Bantuan"],
    "aid_value": ["Nilai", "Nilai Bantuan (Rp)", "Jumlah Bantuan", "Besaran Bantuan", "Nominal"],
    "turnover_before": ["Omzet awal", "OMSET AWAL/BLN", "Omset Sebelum Bantuan"],
    "turnover_now": ["Omset per Bulan", "Omzet sekarang", "Omzet saat ini", "Omset Setelah Bantuan", "OMZET/BLN"],
    "profit": ["Laba bersih", "Laba Bersih/bln (Rp)", "Keuntungan", "Penghasilan bersih per bulan"],
    "workers": ["Tenaga kerja", "Karyawan", "Jml. Tenaga Kerja", "Jumlah Karyawan"],
    "condition": ["Kondisi usaha", "Perkembangan Usaha", "KONDISI"],
    "note": ["Keterangan", "Ket.", "Catatan"],
    "number": ["No", "NO.", "No Urut"],
}  # fmt: skip
OTHERS = ["Nama Usaha", "Nama Ayah", "Nama KK", "Nama Pendamping", "No. Rekening", "Alamat Usaha", "Pendidikan", "Agama",
          "Status", "Nama Bantuan", "Tahun Masuk", "Modal", "1", "%", "💰"]  # fmt: skip


@pytest.mark.parametrize(("field", "heading"), [(field, each) for field, all_ in HEADINGS.items() for each in all_])
def test_words_of_a_heading(field, heading):
    assert meaning((heading,)).field == field
    assert meaning((heading.upper(),)).field == field


@pytest.mark.parametrize("heading", OTHERS)
def test_words_that_mean_no_field(heading):
    assert meaning((heading,)) is None


@pytest.mark.parametrize(
    ("labels", "field"),
    [
        (("BANTUAN", "TAHUN"), "aid_year"),
        (("Bantuan yang pernah diterima", "Jenis"), "aid_form"),
        (("BANTUAN SOSIAL", "NILAI (Rp)"), "aid_value"),
        (("OMZET/BLN", "AWAL"), "turnover_before"),
        (("OMSET PER BULAN (Rp)", "SEKARANG"), "turnover_now"),
        (("USAHA", "OMZET", "SEKARANG"), "turnover_now"),
        (("USAHA", "JENIS"), "trade"),
        (("JENIS KELAMIN", "L"), "sex_male"),
        (("JENIS KELAMIN", "P"), "sex_female"),
        (("TENAGA KERJA", "JUMLAH"), "workers"),
        (("LAHIR", "TEMPAT"), "birth_place"),
        (("IDENTITAS PENERIMA BANTUAN", "NAMA"), "name"),
        (("ALAMAT", "KECAMATAN"), "district"),
        (("KELUAR UPT", "TAHUN"), "left_year"),
        (("PENDAMPING", "NAMA"), None),
        (("ORANG TUA", "NIK"), None),
        (("USAHA", "ALAMAT"), None),
        (("TENAGA KERJA", "L"), None),
    ],
)
def test_a_group_over_a_column(labels, field):
    found = meaning(labels)
    assert (found.field if found else None) == field


def test_columns_have_letters():
    assert [letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


TWO_ROWS = [
    ["NO", "NAMA", "NIK", "KAB/KOTA", "BANTUAN", "", "", "OMZET/BLN", "", "JENIS KELAMIN", "", "KET"],
    ["", "", "", "", "TAHUN", "BENTUK", "NILAI (Rp)", "AWAL", "SEKARANG", "L", "P", ""],
    [1, "Ani", nik(1), "Kab. Tuban", 2013, "barang", 2500000, 750000, 860000, "", "v", "baik"],
]
MERGES = (
    (0, 4, 0, 6),
    (0, 7, 0, 8),
    (0, 9, 0, 10),
    (0, 0, 1, 0),
    (0, 1, 1, 1),
    (0, 2, 1, 2),
    (0, 3, 1, 3),
    (0, 11, 1, 11),
)


@pytest.mark.parametrize("merges", [MERGES, ()])
def test_two_heading_rows_with_groups_merged_or_not(merges):
    reading = read_book(book([[], [], *TWO_ROWS], merges=tuple((a + 2, b, c + 2, d) for a, b, c, d in merges)))
    (ani,) = reading.recipients
    assert (ani.aid_year, ani.aid_form, ani.aid_value) == (2013, "barang", 2500000)
    assert (ani.turnover_before, ani.turnover_now, ani.sex, ani.note) == (750000, 860000, "P", "baik")
    assert faults(reading) == [("no_list_date", "A3")]
    assert (reading.heading_row, ani.row) == (3, 5)


def test_ticks_for_sex():
    rows = [
        *TWO_ROWS,
        [2, "Budi", nik(2), "Kab. Tuban", *[""] * 5, "v", "v"],
        [3, "Cici", nik(3), "Kab. Tuban", *[""] * 5, "√"],
    ]
    reading = read_book(book(rows, merges=MERGES))
    assert [person.sex for person in reading.recipients] == ["P", None, "L"]
    assert faults(reading) == [("no_list_date", "A1"), ("sex_text", "K4"), ("nik_sex_differs", "J5")]


def test_other_layout_with_separate_columns():
    columns = {"name": "Nama Lengkap", "number": "No KTP", "place": "Tempat Lahir", "day": "Tgl Lahir", "rt": "RT", "rw": "RW",
               "address": "Alamat", "region": "Kabupaten", "aid_year": "Thn Bantuan", "turnover": "Omset per Bulan"}  # fmt: skip
    ani = {"name": "Ani", "number": nik(1), "place": "Tuban", "day": "27-10-1993", "rt": 1, "rw": "02", "address": "Dsn. Lor",
           "region": "Tuban", "aid_year": 2013, "turnover": 500000}  # fmt: skip
    reading = read_people(ani, columns=columns)
    (found,) = reading.recipients
    assert (found.name, found.nik, found.birth_place, found.birth_date.day) == ("Ani", nik(1), "Tuban", 27)
    assert (found.address, found.region_code, found.turnover_now) == ("Dsn. Lor, RT 1, RW 02", "35.23", 500000)
    assert faults(reading) == [("nik_birth_differs", "D3")]


def test_lists_may_begin_anywhere():
    rows = [[], [], *[["", "", *row] for row in rows_of(person())]]
    reading = read_book(book(rows))
    assert (reading.heading_row, reading.recipients[0].cell("nik"), faults(reading)) == (4, "E5", [])


def test_the_right_sheet_among_several():
    recap = [["REKAP"], ["NO", "NAMA KABUPATEN", "JUMLAH"], [1, "Bojonegoro", 1]]
    officers = [["NO", "NAMA", "NIP", "NO HP"], [1, "Sukarno", "19650101", "0812"]]
    copy = rows_of(person(name="Salinan"))
    example = rows_of(person(name="Contoh"))
    names = ("REKAP", "PETUGAS", "CONTOH PENGISIAN", "LAMA", "DATA")
    data = book(recap, officers, example, copy, rows_of(person()), names=names, hidden=("LAMA",))
    reading = read_book(data)
    assert [person.name for person in reading.recipients] == ["Marsinah Rahayu"]
    assert (reading.sheet, reading.sheets, reading.passed_over) == ("DATA", ("DATA",), ("CONTOH PENGISIAN", "LAMA"))


def test_one_sheet_for_each_region():
    columns = {name: heading for name, heading in COLUMNS.items() if name != "region"}
    sheets = [rows_of(person(nik=nik(n), district="", village=""), columns=columns) for n in (1, 2, 1)]
    reading = read_book(book(*sheets, names=("BOJONEGORO", "TUBAN", "KOTA MALANG")))
    assert [person.region_code for person in reading.recipients] == ["35.22", "35.23", "35.73"]
    assert reading.sheets == ("BOJONEGORO", "TUBAN", "KOTA MALANG")
    (twice,) = reading.problems
    assert (twice.code, twice.sheet, twice.cell) == ("duplicate_nik", "KOTA MALANG", "C3")
    assert "lembar “BOJONEGORO” C3" in twice.message


def test_sheets_of_different_days():
    sheets = [rows_of(person(nik=nik(n)), below=((f"Tuban, {n} Mei 2020",),)) for n in (1, 2)]
    reading = read_book(book(*sheets, names=("A", "B")))
    assert [(each.code, each.sheet, each.cell) for each in reading.problems] == [("list_dates_differ", "B", "A2")]
    assert reading.list_date.day == 1


def test_a_hidden_list_is_read_when_there_is_no_other():
    reading = read_book(book([["kosong"]], rows_of(person()), names=("A", "B"), hidden=("B",)))
    assert reading.sheet == "B"


def test_unknown_headings_are_reported_and_can_be_mapped():
    columns = COLUMNS | {"note": "Sambat", "extra": "Hobi"}
    people = [person(note="alat rusak", extra="memancing")]
    reading = read_people(*people, columns=columns)
    assert reading.unknown_headings == (Heading("X2", "Sambat"), Heading("Y2", "Hobi"))
    assert (reading.recipients[0].note, faults(reading)) == ("", [])
    reading = read_people(*people, columns=columns, mapping={"sambat": "note", "HOBI": ""})
    assert (reading.recipients[0].note, reading.unknown_headings) == ("alat rusak", ())


def test_an_own_mapping_goes_before_what_is_known():
    columns = {
        "name": "Nama",
        "region": "Kab/Kota",
        "first": "Alamat KTP",
        "second": "Alamat",
        "third": "Tahun",
        "fourth": "Nopeg",
    }
    ani = {"name": "Ani", "region": "Tuban", "first": "Jl. A", "second": "Jl. B", "third": 2012, "fourth": nik(1)}
    mapping = {"Alamat": "address", "Tahun": "left_year", "nopeg": "nik"}
    reading = read_people(ani, columns=columns, mapping=mapping)
    (found,) = reading.recipients
    assert (found.address, found.left_year, found.aid_year, found.nik) == ("Jl. B", 2012, None, nik(1))
    assert faults(reading) == [("heading_repeated", "C2")]


def test_own_mapping_of_the_name_and_of_a_column_under_a_group():
    rows = [["IDENTITAS", "", "LAIN", ""], ["Panggilan", "NIK", "Kab/Kota", "Tahun"], ["Ani", nik(1), "Tuban", 2013]]
    data = book(rows, merges=((0, 0, 0, 1), (0, 2, 0, 3)))
    mapping = {"IDENTITAS / Panggilan": "name", "lain/tahun": "left_year"}
    (found,) = read_book(data, mapping=mapping).recipients
    assert (found.name, found.left_year) == ("Ani", 2013)


def test_a_mapping_to_no_field_is_the_callers_mistake():
    with pytest.raises(ValueError, match="hobby"):
        read_people(person(), mapping={"Hobi": "hobby"})
    assert "note" in FIELDS


def test_a_heading_twice():
    columns = COLUMNS | {"extra": "NO KTP"}
    reading = read_people(person(extra=nik(9)), columns=columns)
    assert faults(reading) == [("heading_repeated", "Y2")]
    assert "C2" in reading.problems[0].message
    assert reading.recipients[0].nik == nik(1)


def test_amounts_in_another_unit_are_not_guessed():
    columns = COLUMNS | {"aid_value": "NILAI BANTUAN (juta Rp)", "profit": "LABA BERSIH (ribuan)"}
    reading = read_people(person(aid_value=2.5, profit=300), columns=columns)
    assert faults(reading) == [("amount_unit", "R2"), ("amount_unit", "U2")]
    assert (reading.recipients[0].aid_value, reading.recipients[0].profit) == (None, None)


def test_no_heading_at_all():
    with pytest.raises(NotReadable, match="Tidak ada baris judul dengan kolom nama"):
        read_book(book([["halo"], ["dunia"]]))


def test_heading_below_the_thirtieth_row():
    rows = [[f"Judul {n}"] for n in range(31)] + rows_of(person(), titles=())
    with pytest.raises(NotReadable, match="30 baris pertama"):
        read_book(book(rows))


def test_heading_without_a_name_column():
    columns = {name: heading for name, heading in COLUMNS.items() if name != "name"}
    with pytest.raises(NotReadable, match=r"lembar “DAFTAR” baris 2 tidak punya kolom nama; judul yang ada: NO, NIK"):
        read_people(person(), columns=columns)


def test_hundreds_of_columns():
    columns = COLUMNS | {f"extra{n}": f"Kolom {n}" for n in range(500)}
    reading = read_people(person(extra400="isi"), columns=columns)
    assert len(reading.unknown_headings) == 500
    assert faults(reading) == []
