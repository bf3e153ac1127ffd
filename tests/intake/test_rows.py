"""Which rows are people, and the day a list tells."""

from datetime import date

import pytest

from tests.intake.lists import COLUMNS, TODAY, book, faults, nik, person, read_book, read_people, rows_of


def names(reading):
    return [person.name for person in reading.recipients]


def plain(name, serial=0, **cells):
    return person(name=name, nik=nik(serial) if serial else "", **cells)


def test_rows_that_are_no_people():
    width = len(COLUMNS)
    reading = read_people(
        list(range(1, width + 1)),
        ["", "KABUPATEN BOJONEGORO"],
        plain("Ani", 1),
        ["", "Jumlah", "", 1],
        ["", "JUMLAH KAB. BOJONEGORO", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 2500000],
        [],
        ["II", "KOTA MALANG", "", 1],
        plain("Budi", 2, region="Kota Malang", district="Klojen", village="", sex="P"),
        ["Sub Total", "", "", 1],
        ["", "TOTAL", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 5000000],
        [3, ""],
        [4, "", "", "", "", "", "", "", "", "Kab. Bojonegoro"],
    )
    assert names(reading) == ["Ani", "Budi"]
    assert faults(reading) == []


@pytest.mark.parametrize(
    "group", ["Kab. Bojonegoro", "KABUPATEN BOJONEGORO (17 orang)", "I. KAB. BOJONEGORO", "BOJONEGORO"]
)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_groups_stand_anywhere(group, column):
    reading = read_people([""] * column + [group], plain("Ani", 1, region=""))
    assert [person.region_code for person in reading.recipients] == ["35.22"]
    assert names(reading) == ["Ani"]


def test_group_label_and_name_in_two_cells():
    reading = read_people(["KABUPATEN :", "BOJONEGORO"], plain("Ani", 1, region=""))
    assert [person.region_code for person in reading.recipients] == ["35.22"]


@pytest.mark.parametrize(
    "group", ["KECAMATAN DANDER", "A. PENYANDANG DISABILITAS", "Tahun 2013", "TAHAP II", "WILAYAH BARAT"]
)
def test_other_groups_are_passed_over(group):
    reading = read_people(["", group], plain("Ani", 1))
    assert (names(reading), faults(reading)) == (["Ani"], [])


def test_numbering_with_letters_and_gaps():
    reading = read_people(["a", "b", "c", "d"], ["(1)", "(2)", "", "(4)", "5"], plain("Ani", 1))
    assert (names(reading), faults(reading)) == (["Ani"], [])


def test_heading_repeated_on_every_page():
    heading = list(COLUMNS.values())
    reading = read_people(plain("Ani", 1), heading, plain("Budi", 2), ["KABUPATEN TUBAN"], heading, plain("Cici", 3))
    assert (names(reading), faults(reading)) == (["Ani", "Budi", "Cici"], [])


def test_another_table_below_with_other_columns():
    """Read by the old heading, NIK and name would have changed places."""
    below = [["DAFTAR TAMBAHAN"], ["NO", "NIK", "NAMA LENGKAP", "KAB/KOTA"], [1, nik(2), "Budi", "Kota Malang"]]
    reading = read_people(plain("Ani", 1), *below)
    assert names(reading) == ["Ani", "Budi"]
    assert (reading.recipients[1].nik, reading.recipients[1].cell("nik")) == (nik(2), "B6")
    assert faults(reading) == []


def test_signature_of_two_officers():
    below = (
        [
            "",
            "Mengetahui,",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "Bojonegoro, 5 Mei 2020",
        ],
        ["", "KEPALA DINAS SOSIAL", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Petugas"],
        [],
        ["", "Drs. SUKARNO, M.Si", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "SITI AMINAH"],
        [
            "",
            "NIP. 19650101 199001 1 001",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "NIP. 1",
        ],
        ["", "Catatan: data sementara"],
    )
    reading = read_people(plain("Ani", 1), plain("Budi", 2), below=below)
    assert (names(reading), faults(reading), reading.list_date) == (["Ani", "Budi"], [], date(2020, 5, 5))


def test_signature_after_every_region():
    signed = ["", "", "", "", "", "", "Tuban, 1 Mei 2020"]
    reading = read_people(
        ["", "KABUPATEN TUBAN"], plain("Ani", 1, region=""), signed, ["", "Kepala Dinas"], ["", "SUKARNO"],
        ["", "KABUPATEN BOJONEGORO"], plain("Budi", 2, region=""),
        below=(["", "", "", "", "Bojonegoro, 3 Mei 2020"],),
    )  # fmt: skip
    assert (names(reading), reading.list_date) == (["Ani", "Budi"], date(2020, 5, 3))


def test_person_with_little_to_say():
    """A running number and a name are a person; so is a name with any word beside it, and a NIK without a name."""
    number, name = {"number": 7, "name": "Ani"}, {"name": "Budi", "note": "baru"}
    reading = read_people(
        number, name, {"nik": nik(1)}, {"number": 9, "birth": "Tuban, 1 Mei 1980", "sex": "P"}, own_region="35.22"
    )
    assert names(reading) == ["Ani", "Budi", "", ""]
    assert faults(reading) == [("name_empty", "B5"), ("name_empty", "B6")]


def test_name_alone_among_numbered_rows_is_not_passed_over_in_silence():
    reading = read_people(plain("Ani", 1), ["", "Siti Aminah"], plain("Budi", 2))
    assert (names(reading), faults(reading)) == (["Ani", "Budi"], [("row_unclear", "B4")])


def test_names_alone_where_rows_have_no_numbers():
    columns = {"name": "NAMA", "sex": "L/P", "birth": "TTL", "region": "KAB/KOTA"}
    people = [
        {"name": "Siti Aminah"},
        {"name": "Ani", "sex": "P", "birth": "Tuban, 1 Mei 1980"},
        {"name": "Budi", "sex": "L"},
    ]
    reading = read_people(*people, columns=columns, own_region="35.22", below=([], ["Mengetahui"], ["SUKARNO"]))
    assert names(reading) == ["Siti Aminah", "Ani", "Budi"]


def test_a_note_may_begin_with_total():
    columns = {"note": "KETERANGAN", "name": "NAMA", "sex": "L/P", "region": "KAB/KOTA"}
    people = [{"note": "Total rugi karena banjir", "name": "Ani", "sex": "P", "region": "Tuban"}, ["Jumlah", "", "", 1]]
    assert names(read_people(*people, columns=columns)) == ["Ani"]


def test_a_remark_in_the_middle_ends_no_list():
    columns = {"name": "NAMA", "sex": "L/P", "region": "KAB/KOTA"}
    people = [
        {"name": "Ani", "sex": "P"},
        ["Catatan: menyusul"],
        {"name": "Budi"},
        ["Tuban, 1 Mei 2020"],
        {"name": "Cici", "sex": "P"},
    ]
    assert names(read_people(*people, columns=columns, own_region="35.22")) == ["Ani", "Budi", "Cici"]


def test_no_person_at_all():
    reading = read_people()
    assert ("no_people", "A2") in faults(reading)
    assert reading.has_errors


@pytest.mark.parametrize(
    "signed",
    ["Surabaya, 26 Agustus 2020", "SURABAYA, 26 AGUSTUS 2020", "Surabaya,  26-08-2020", "Kab. Bojonegoro, 26/08/2020",
     "26 Agustus 2020", "Data per 26 Agustus 2020", "Keadaan tanggal 26-08-2020", date(2020, 8, 26)],
)  # fmt: skip
@pytest.mark.parametrize("column", [0, 1, 19])
def test_date_of_the_list_below_it(signed, column):
    reading = read_people(plain("Ani", 1), below=([""] * column + [signed],))
    assert (reading.list_date, faults(reading), names(reading)) == (date(2020, 8, 26), [], ["Ani"])


@pytest.mark.parametrize(
    "title", ["PER 26 AGUSTUS 2020", "KEADAAN S.D. 26 AGUSTUS 2020", "Posisi: 26-08-2020", "Tanggal 26 Agustus 2020"]
)
def test_date_of_the_list_above_it(title):
    reading = read_people(plain("Ani", 1), titles=("DAFTAR PENERIMA", title), below=())
    assert (reading.list_date, faults(reading)) == (date(2020, 8, 26), [])


def test_signature_goes_before_title():
    reading = read_people(plain("Ani", 1), titles=("PER 1 JANUARI 2019",))
    assert reading.list_date == date(2020, 8, 26)


@pytest.mark.parametrize(
    "title",
    [
        "PROVINSI JAWA TIMUR S.D. TAHUN 2020",
        "BULAN AGUSTUS 2020",
        "SK NOMOR 188/1 TANGGAL 5 MEI 2019",
        "Surabaya,   Agustus 2020",
    ],
)
def test_no_date_of_the_list(title):
    reading = read_people(plain("Ani", 1), titles=(title,), below=())
    assert reading.list_date is None
    assert faults(reading) == [("no_list_date", "A2")]
    assert reading.problems[0].severity == "warning"


def test_date_given_when_the_list_tells_none():
    reading = read_people(plain("Ani", 1), below=(), as_of=date(2020, 12, 31))
    assert (reading.list_date, faults(reading)) == (date(2020, 12, 31), [])
    assert read_people(plain("Ani", 1), as_of=date(2019, 1, 1)).list_date == date(2020, 8, 26)


@pytest.mark.parametrize("signed", ["Surabaya, 31 Februari 2020", "Surabaya, 26 Agustus 2099"])
def test_date_of_the_list_that_cannot_be(signed):
    reading = read_people(plain("Ani", 1), below=((signed,),))
    assert (reading.list_date, faults(reading)) == (None, [("date_impossible", "A5")])
    assert read_people(plain("Ani", 1), below=((signed,),), as_of=TODAY).problems == ()


def test_titles_of_any_height():
    rows = [[f"Judul {n}"] for n in range(1, 26)] + rows_of(plain("Ani", 1), titles=())
    reading = read_book(book(rows))
    assert (names(reading), reading.heading_row) == (["Ani"], 26)
