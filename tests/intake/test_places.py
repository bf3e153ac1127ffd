"""Where a person lives: by the row, its group, the title or sheet name, the importing officer."""

import pytest

from tests.intake.lists import (
    COLUMNS,
    SIGNED,
    book,
    fault_fields,
    faults,
    nik,
    one,
    person,
    read_book,
    read_people,
    rows_of,
)

NO_REGION = {name: heading for name, heading in COLUMNS.items() if name != "region"}
NGASEM = {"district": "Ngasem", "village": ""}  # Kabupaten Kediri has one, and so has Bojonegoro
MOJOROTO = {"district": "Mojoroto", "village": ""}  # Kota Kediri


def regions(reading):
    return [person.region_code for person in reading.recipients]


@pytest.mark.parametrize(
    "written",
    ["Kab. Bojonegoro", "KABUPATEN BOJONEGORO", "Kab Bojonegoro", "BOJONEGORO", "kab.bojonegoro", "Bojonegoro (Kab.)",
     "Kabupaten Bojonegoro, Jawa Timur", "35.22", "3522", 3522, 35.22, "Kab/Kota Bojonegoro"],
)  # fmt: skip
def test_spellings_of_a_region(written):
    assert one(region=written).region_code == "35.22"
    assert fault_fields(region=written) == []


@pytest.mark.parametrize(
    "written", ["Kota Malang", "Kodya Malang", "KOTAMADYA MALANG", "Malang (Kota)", "Kota  Malang"]
)
def test_spellings_of_a_town(written):
    found = one(region=written, district="Klojen", village="Kauman")
    assert (found.region_code, found.problems) == ("35.73", ())


@pytest.mark.parametrize(
    "written", ["Kab. Sukamaju", "Kota Bojonegoro", "Kab. Surabaya", "Bojonegara", "=Kab", "123", 99]
)
def test_unknown_region_is_the_only_fault(written):
    assert fault_fields(region=written, district="Antah", village="Berantah") == [("unknown_region", "region")]
    assert one(region=written).region_code is None


def test_the_sentence_says_what_may_be_meant():
    assert "Maksudnya Kabupaten Bojonegoro?" in one(region="Bojonegara").problems[0].message
    assert "Maksudnya Sumberrejo?" in one(district="Sumberejo").problems[0].message
    assert "Kabupaten Banyuwangi dan Kota Surabaya" in one(district="Tegalsari", village="").problems[0].message


@pytest.mark.parametrize("written", ["Sumberrejo", "SUMBER REJO", "Kec. Sumberrejo", "kecamatan sumberrejo"])
def test_spellings_of_a_district(written):
    assert (one(district=written).district_code, fault_fields(district=written)) == ("35.22.12", [])


@pytest.mark.parametrize("written", ["Tegalsari", "Antah", "=1+1", 5])
def test_district_that_is_not_there(written):
    assert fault_fields(district=written, village="Berantah") == [("district_not_in_region", "district")]


def test_village():
    assert fault_fields(village="Desa Sumberharjo") == []
    assert fault_fields(village="Sumber Harjo") == []
    assert fault_fields(village="Berantah") == [("village_not_in_district", "village")]
    assert fault_fields(village="Berantah", district="") == []
    assert one(village="Berantah").village == "Berantah"
    assert one(village="Berantah").problems[0].severity == "warning"


def test_a_shared_name_is_decided_by_the_district():
    assert one(region="KEDIRI", **NGASEM).region_code == "35.06"
    assert one(region="Kediri", **MOJOROTO).region_code == "35.71"
    assert fault_fields(region="KEDIRI", **NGASEM) == []


def test_else_by_its_group_row():
    people = [["", "KOTA KEDIRI"], person(region="KEDIRI", district="", village="")]
    assert regions(read_people(*people)) == ["35.71"]
    assert faults(read_people(*people)) == []


def test_else_it_is_an_error():
    assert fault_fields(region="KEDIRI", district="", village="") == [("ambiguous_region", "region")]
    assert fault_fields(region="KEDIRI", district="Antah", village="") == [("ambiguous_region", "region")]
    people = [["", "KABUPATEN BOJONEGORO"], person(region="KEDIRI", district="", village="")]
    assert faults(read_people(*people)) == [("ambiguous_region", "J4")]
    assert read_people(*people).problems[0].severity == "error"


def test_title_and_officer_help_to_decide():
    people = [person(region="KEDIRI", district="", village="")]
    assert regions(read_people(*people, titles=("DINAS SOSIAL KABUPATEN KEDIRI",))) == ["35.06"]
    assert regions(read_people(*people, own_region="35.71")) == ["35.71"]


def test_the_row_goes_before_its_group():
    people = [["", "KABUPATEN MALANG"], person()]
    assert (regions(read_people(*people)), faults(read_people(*people))) == (["35.22"], [])


def test_empty_region_is_that_of_the_group():
    people = [["", "KAB. BOJONEGORO"], person(region=""), ["", "Jumlah", "", 1], ["", "KOTA MALANG"]]
    people.append(person(nik=nik(2), region="-", district="Klojen", village="Kauman"))
    assert (regions(read_people(*people)), faults(read_people(*people))) == (["35.22", "35.73"], [])


def test_group_of_an_unknown_region_is_one_error_for_all_under_it():
    people = [["", "KABUPATEN BOJONEGORO"], person(region="")]
    people += [["", "KABUPATEN SUKAMAJU"], person(region="", nik=nik(2)), person(region="", nik=nik(3))]
    reading = read_people(*people)
    assert faults(reading) == [("unknown_region", "B5")]
    assert regions(reading) == ["35.22", None, None]
    assert [len(person.problems) for person in reading.recipients] == [0, 1, 1]


def test_group_with_a_shared_name():
    under = {"columns": NO_REGION}
    assert regions(read_people(["", "KEDIRI"], person(**NGASEM), **under)) == ["35.06"]
    reading = read_people(
        ["", "KEDIRI"], person(district="", village=""), person(nik="", district="", village=""), **under
    )
    assert faults(reading) == [("ambiguous_region", "B3")]


@pytest.mark.parametrize(
    "title",
    ["DINAS SOSIAL KABUPATEN BOJONEGORO", "DAFTAR PENERIMA KAB. BOJONEGORO TAHUN 2020", "KAB/KOTA : BOJONEGORO",
     "PENERIMA BANTUAN BOJONEGORO 2020"],
)  # fmt: skip
def test_no_region_column_the_title_says_it(title):
    reading = read_people(person(), columns=NO_REGION, titles=("DAFTAR PENERIMA", title))
    assert (regions(reading), faults(reading)) == (["35.22"], [])


def test_no_region_column_the_sheet_says_it():
    assert regions(read_people(person(), columns=NO_REGION, sheet="Kab. Bojonegoro")) == ["35.22"]
    assert regions(read_people(person(), columns=NO_REGION, sheet="data bojonegoro")) == ["35.22"]
    assert regions(read_people(person(**NGASEM), columns=NO_REGION, sheet="KEDIRI")) == ["35.06"]
    reading = read_people(person(district="", village=""), columns=NO_REGION, sheet="KEDIRI")
    assert faults(reading) == [("ambiguous_region", "I3")]


def test_no_region_column_the_officer_says_it():
    reading = read_people(person(), columns=NO_REGION, own_region="35.22")
    assert (regions(reading), faults(reading)) == (["35.22"], [])


@pytest.mark.parametrize(
    "titles",
    [
        ("DAFTAR PENERIMA", "PROVINSI JAWA TIMUR"),
        ("KABUPATEN BOJONEGORO DAN KOTA MALANG",),
        ("KABUPATEN BOJONEGORO", "KABUPATEN TUBAN"),
        ("DINAS SOSIAL PROVINSI JAWA TIMUR", "Jl. Gayung Kebonsari 56b Kota Surabaya"),
        ("UPT PSBR BOJONEGORO",),
        (SIGNED,),
    ],
)
def test_no_region_anywhere_is_asked_for_once(titles):
    reading = read_people(person(), person(nik=nik(2)), columns=NO_REGION, titles=titles)
    assert [code for code, _ in faults(reading)] == ["no_region"]
    assert faults(reading)[0][1] == f"A{len(titles) + 1}"
    assert regions(reading) == [None, None]


def test_empty_region_cell_without_any_help():
    assert fault_fields(region="") == [("region_empty", "region")]


def test_region_merged_over_several_rows():
    rows = rows_of(person(), person(nik=nik(2), region=""), person(nik=nik(3), region=""))
    column = list(COLUMNS).index("region")
    reading = read_book(book(rows, merges=((2, column, 4, column),)))
    assert (regions(reading), faults(reading)) == (["35.22"] * 3, [])
