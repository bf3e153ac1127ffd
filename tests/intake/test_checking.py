"""Each cell of a row: what is read from it, and which fault is named where. One row, one cause."""

from datetime import date, datetime

import pytest

from tests.intake.lists import TODAY, fault_fields, faults, nik, one, person, read_people


def test_a_row_without_fault():
    found = one()
    assert found.problems == ()
    assert (found.nik, found.kk, found.sex) == ("3522126610930001", "3522121309119542", "P")
    assert (found.birth_place, found.birth_date) == ("Bojonegoro", date(1993, 10, 26))
    assert (found.region_code, found.district_code, found.village_code) == ("35.22", "35.22.12", "35.22.12.2025")
    assert (found.phone, found.institution_key, found.trade_code) == ("+6281091855933", "UPT PSBR Blitar", "TELUR_ASIN")
    assert (found.aid_value, found.turnover_before, found.turnover_now, found.profit) == (
        2500000,
        750000,
        860000,
        300000,
    )
    assert (found.left_year, found.aid_year, found.aid_form, found.workers) == (2011, 2013, "barang", 0)
    assert (found.reported_condition, found.note) == ("steady", "modal kurang")
    assert (found.cell("nik"), found.cell("sex_male")) == ("C3", None)


@pytest.mark.parametrize(
    "written",
    [
        "3522 1266 1093 0001",
        "35.22.12.661093.0001",
        "3522126610930001 ",
        "'3522126610930001",
        "3522-1266-1093-0001",
        3522126610930001,
        "3522126610930001.0",
    ],
)
def test_nik_as_people_write_it(written):
    assert (one(nik=written).nik, one(nik=written).nik_status) == ("3522126610930001", "ada")
    assert fault_fields(nik=written) == []


@pytest.mark.parametrize("written", ["", "-", "–", "BELUM ADA", "Tidak ada", "belum punya NIK", "  ", "nihil", "..."])
def test_no_nik_is_no_fault(written):
    assert fault_fields(nik=written) == []
    assert (one(nik=written).nik, one(nik=written).nik_status) == (None, "belum_ada")


def test_nik_under_way():
    assert fault_fields(nik="sedang diurus") == []
    assert one(nik="Sedang diurus").nik_status == "sedang_diurus"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (3522126610930010, "nik_lost_digit"),
        (3.52212661093e15, "nik_lost_digit"),
        ("3,52213E+15", "nik_lost_digit"),
        ("3.52212661093E+15", "nik_lost_digit"),
        ("3522126610930010.0", "nik_lost_digit"),
        (352212661093000, "nik_length"),
        (35221266109300010, "nik_length"),
        ("352212661093000", "nik_length"),
        ("35221266109300011", "nik_length"),
        (0, "nik_length"),
        (1e300, "nik_length"),
        ("35221266109300O1", "nik_letters"),
        ("３５２２１２６６１０９３０００１", "nik_letters"),
        ("=1+1", "nik_letters"),
        (True, "nik_letters"),
        ("3522126610930000", "nik_serial_zero"),
        ("3522127210930001", "nik_bad_date"),
        ("3522126613930001", "nik_bad_date"),
        ("3522126902930001", "nik_bad_date"),
    ],
)
def test_wrong_nik_is_one_error_and_nothing_hangs_on_it(written, code):
    """Sex and birth date differ from what the NIK would say, but the NIK is the cause."""
    assert fault_fields(nik=written, sex="L", birth="Bojonegoro, 01-01-1970") == [(code, "nik")]
    assert (one(nik=written).nik, one(nik=written).nik_status) == (None, "ada")


def test_nik_that_excel_kept_whole_is_right():
    assert fault_fields(nik=3522126610930011) == []


def test_sex_and_birth_date_against_the_nik():
    assert fault_fields(sex="L") == [("nik_sex_differs", "sex")]
    assert fault_fields(birth="Bojonegoro, 27-10-1993") == [("nik_birth_differs", "birth")]
    assert fault_fields(sex="L", birth="01-01-1993") == [("nik_birth_differs", "birth"), ("nik_sex_differs", "sex")]
    assert fault_fields(sex="", birth="") == []
    assert fault_fields(sex="X") == [("sex_text", "sex")]
    assert fault_fields(birth="31 Februari 1980") == [("date_impossible", "birth")]
    assert one(sex="L").nik == "3522126610930001"


def test_differences_are_warnings():
    (difference,) = read_people(person(sex="L")).problems
    assert difference.severity == "warning"
    assert not read_people(person(sex="L")).has_errors


def test_equal_niks_the_first_stands():
    people = [person(), person(nik=nik(2)), person(nik="3522 1266 1093 0001", sex="L"), person(birth="1-1-1990")]
    reading = read_people(*people)
    assert faults(reading) == [("duplicate_nik", "C5"), ("duplicate_nik", "C6")]
    assert all("C3" in problem.message for problem in reading.problems)
    assert len(reading.recipients) == 4


def test_blank_niks_are_never_equal():
    assert faults(read_people(person(nik=""), person(nik="-"), person(nik="BELUM ADA"), person(nik="BELUM ADA"))) == []


def test_wrong_niks_are_each_their_own_fault():
    reading = read_people(person(nik="3522126610930000"), person(nik="3522126610930000"))
    assert faults(reading) == [("nik_serial_zero", "C3"), ("nik_serial_zero", "C4")]


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("3522121309119542", []),
        ("3522 1213 0911 9542", []),
        ("", []),
        ("-", []),
        ("TIDAK ADA", []),
        ("352212130911954", ["kk_length"]),
        ("35221213091195AB", ["kk_letters"]),
        (3522121309119540, ["kk_lost_digit"]),
        ("3,52212E+15", ["kk_lost_digit"]),
        (3522121309119542, []),
    ],
)
def test_kk(written, codes):
    assert fault_fields(kk=written) == [(code, "kk") for code in codes]


@pytest.mark.parametrize(
    ("written", "sex"),
    [
        ("L", "L"),
        ("p", "P"),
        ("Laki-laki", "L"),
        ("Laki - Laki", "L"),
        ("PEREMPUAN", "P"),
        ("Wanita", "P"),
        ("Pr.", "P"),
    ],
)
def test_sex(written, sex):
    assert one(sex=written, nik="").sex == sex


@pytest.mark.parametrize("written", ["X", "L/P", "1", 5, "=L", "laki perempuan", True, "?"])
def test_sex_nobody_can_read(written):
    assert fault_fields(sex=written) == [("sex_text", "sex")]


@pytest.mark.parametrize(
    ("written", "place", "day"),
    [
        ("Bojonegoro, 26-10-1993", "Bojonegoro", date(1993, 10, 26)),
        ("BOJONEGORO, 26/10/1993", "BOJONEGORO", date(1993, 10, 26)),
        ("Bojonegoro,\n26 Oktober 1993", "Bojonegoro", date(1993, 10, 26)),
        ("Bojonegoro 26 Okt 1993", "Bojonegoro", date(1993, 10, 26)),
        ("Bojonegoro / 26.10.1993", "Bojonegoro", date(1993, 10, 26)),
        ("26-10-1993", "", date(1993, 10, 26)),
        ("Bojonegoro", "Bojonegoro", None),
        ("Bojonegoro, -", "Bojonegoro", None),
        ("-", "", None),
        (date(1993, 10, 26), "", date(1993, 10, 26)),
        (datetime(1993, 10, 26, 7, 30), "", date(1993, 10, 26)),
    ],
)
def test_place_and_day_of_birth(written, place, day):
    found = one(birth=written)
    assert (found.birth_place, found.birth_date, found.problems) == (place, day, ())


@pytest.mark.parametrize(
    "written",
    [
        "Malang, 31 Februari 1980",
        "Malang, 30-02-1980",
        "Malang, 10/26/1993",
        "Malang, 1980",
        "Malang, 00-00-0000",
        "Malang, 26-10-2093",
        "Malang, 06-01-2026",
        "Malang, 26-10-1893",
        "Malang, 12",
        1993,
        True,
        1e300,
        -5.0,
        date(2030, 1, 1),
    ],
)
def test_impossible_birth(written):
    assert fault_fields(birth=written) == [("date_impossible", "birth")]


@pytest.mark.parametrize(("written", "value"), [("", None), ("-", None), ("Rp -", None), ("Rp 0", 0), (0, 0), ("0", 0)])
def test_no_amount_is_no_fault(written, value):
    found = one(turnover_now=written, profit="")
    assert (found.turnover_now, found.problems) == (value, ())


@pytest.mark.parametrize(
    "written", ["Rp 3.000.000", "Rp3.000.000,-", "3.000.000,00", "3000000", 3000000, " 3.000.000 "]
)
def test_amounts(written):
    assert one(turnover_now=written).turnover_now == 3000000


def test_what_a_formula_leaves_behind_a_whole_number():
    assert one(profit=258000.00000000003).profit == 258000


@pytest.mark.parametrize(
    "written",
    ["lumayan", "3 juta", "tiga juta", "-750000", -750000, "3,000,000", "3.00.000", 333333.33, 1e300, True, "3jt",
     "=SUM(A1:A3)", "081234567890", date(2020, 1, 1), "TIDAK ADA", "1-2 juta"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["aid_value", "turnover_before", "turnover_now"])
def test_amounts_that_are_none(name, written):
    assert fault_fields(**{name: written}) == [("amount_text", name)]


def test_profit():
    assert fault_fields(turnover_now=500000, profit=500000) == []
    assert fault_fields(turnover_now=500000, profit=500001) == [("profit_over_turnover", "profit")]
    assert fault_fields(turnover_now="lumayan", profit=99000000) == [("amount_text", "turnover_now")]
    assert fault_fields(turnover_now="", profit=99000000) == []
    assert fault_fields(profit="lumayan") == [("amount_text", "profit")]
    assert [one(profit=written).profit for written in (-50000, "-50.000", "(50.000)", "Rp -50.000", "rugi 50.000")] == [
        -50000
    ] * 5


@pytest.mark.parametrize("written", [2013, "2013", "TA 2013", "Tahun 2013", "th. 2013", date(2013, 5, 1), "01-05-2013"])
def test_years(written):
    assert (one(aid_year=written).aid_year, fault_fields(left_year=written)) == (2013, [])


@pytest.mark.parametrize(
    "written", [13, "13", 2021, 1949, "2012/2013", "dua ribu", 20133, 2013.5, True, "=2013", -2013]
)
def test_impossible_years(written):
    """The list is of August 2020: nothing in it happened later."""
    assert fault_fields(aid_year=written) == [("year_impossible", "aid_year")]


@pytest.mark.parametrize(("written", "workers"), [(4, 4), ("4", 4), ("4 orang", 4), ("-", None), ("", None), (0, 0)])
def test_workers(written, workers):
    assert (one(workers=written).workers, fault_fields(workers=written)) == (workers, [])


@pytest.mark.parametrize("written", ["banyak", 2.5, -1, "1-2", 1e9, "dua", True, "4 ekor", "99999"])
def test_workers_nobody_can_count(written):
    assert fault_fields(workers=written) == [("workers_text", "workers")]


@pytest.mark.parametrize(
    "written", ["+62 810-9185-5933", "081091855933", 81091855933, "0810.9185.5933", "6281091855933"]
)
def test_phones(written):
    assert (one(phone=written).phone, fault_fields(phone=written)) == ("+6281091855933", [])


def test_odd_phones():
    assert fault_fields(phone="0810") == [("phone_odd", "phone")]
    assert fault_fields(phone="tetangga") == [("phone_odd", "phone")]
    assert fault_fields(phone="0810-9185-5933 / 0812-3456-7890") == [("phone_odd", "phone")]
    assert one(phone="0810-9185-5933 / 0812-3456-7890").phone == "+6281091855933"
    assert fault_fields(phone="-") == fault_fields(phone="tidak ada") == fault_fields(phone="") == []
    assert fault_fields(phone="=cmd|' /C calc'!A0") == [("formula_text", "phone")]


@pytest.mark.parametrize(
    "written",
    [
        "=1+1",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "+cmd",
        "-belum ada izin",
        "- modal",
        "+",
        " =1",
        "\t=1",
        "−x",
        "-1+A1",
        "+1+1",
        "-2-3",
    ],
)
@pytest.mark.parametrize(
    "name", ["note", "address", "village", "ppks", "institution", "trade", "condition", "aid_form"]
)
def test_text_that_a_spreadsheet_would_run(name, written):
    """One warning, whatever else is unknown about such a text, and the text stays."""
    assert fault_fields(**{name: written}) == [("formula_text", name)]
    kept = {"condition": "condition_text", "aid_form": "aid_form_text"}.get(name, name)
    assert getattr(one(**{name: written}), kept) == written.strip()


@pytest.mark.parametrize(
    "written", ["-", "--", "–", "-5", "+62 812 3456 7890", "+5.000", "-50.000,00", "- 5", "a=b", "'a"]
)
def test_text_that_it_would_not(written):
    assert fault_fields(note=written) == []


def test_text_that_our_own_export_made_harmless_comes_back():
    assert one(note="'=1+1").note == "=1+1"
    assert fault_fields(note="'=1+1") == [("formula_text", "note")]


def test_name():
    assert fault_fields(name="") == [("name_empty", "name")]
    assert fault_fields(name="-") == [("name_empty", "name")]
    assert fault_fields(name=12345) == [("name_empty", "name")]
    assert fault_fields(name="12345") == [("name_empty", "name")]
    assert fault_fields(name="=NAMA") == [("formula_text", "name")]
    assert fault_fields(name="x" * 151) == [("text_long", "name")]
    assert one(name=" NGATINI\u200b  binti\nSoeparmi ").name == "NGATINI binti Soeparmi"
    assert one(name="Bu Ati").name == "Bu Ati"


@pytest.mark.parametrize("name", ["address", "note", "ppks", "trade", "condition", "village"])
def test_endless_text(name):
    assert fault_fields(**{name: "x" * 32000}) == [("text_long", name)]


@pytest.mark.parametrize(
    ("written", "codes", "disability"),
    [
        ("Tuna netra", ("PPKS-09",), "NETRA"),
        ("TUNANETRA", ("PPKS-09",), "NETRA"),
        ("Penyandang disabilitas netra", ("PPKS-09",), "NETRA"),
        ("Gepeng", ("PPKS-11", "PPKS-12"), None),
        ("Anak Terlantar", ("PPKS-02",), None),
        ("Lansia terlantar", ("PPKS-08",), None),
        ("PRSE", ("PPKS-23",), None),
        ("Perempuan rawan sosial ekonomi", ("PPKS-23",), None),
        ("eks tuna susila", ("PPKS-10",), None),
        ("Tuna daksa, fakir miskin", ("PPKS-09", "PPKS-24"), "FISIK"),
    ],
)
def test_kinds(written, codes, disability):
    found = one(ppks=written)
    assert (found.ppks_codes, found.disability_code, found.ppks, found.problems) == (codes, disability, written, ())


def test_unknown_words_are_kept_with_a_warning():
    assert fault_fields(ppks="Korban mutasi") == [("unknown_ppks", "ppks")]
    assert fault_fields(institution="Panti Asih") == [("unknown_upt", "institution")]
    assert fault_fields(condition="tutup") == [("unknown_condition", "condition")]
    assert fault_fields(aid_form="entah") == [("unknown_aid_form", "aid_form")]
    found = one(ppks="Korban mutasi", institution="Panti Asih", condition="tutup", trade="Ternak naga")
    assert (found.ppks, found.ppks_codes, found.institution, found.institution_key) == (
        "Korban mutasi",
        (),
        "Panti Asih",
        None,
    )
    assert (found.condition_text, found.reported_condition, found.trade, found.trade_code) == (
        "tutup",
        None,
        "Ternak naga",
        None,
    )
    assert {problem.severity for problem in found.problems} == {"warning"}


@pytest.mark.parametrize(
    "written", ["UPT RSBL Kediri", "RSBL KEDIRI", "UPT. RSBL-Kediri", "UPT Rehabilitasi Sosial Bina Laras Kediri"]
)
def test_units(written):
    assert one(institution=written).institution_key == "UPT RSBL Kediri"


@pytest.mark.parametrize(
    ("written", "condition"),
    [
        ("berkembang", "growing"),
        ("BERKEMBANG.", "growing"),
        ("tidak berkembang", "declining"),
        ("Biasa  saja", "steady"),
        ("stagnan", "stagnant"),
    ],
)
def test_conditions(written, condition):
    assert one(condition=written).reported_condition == condition


@pytest.mark.parametrize(
    ("written", "form"), [("Uang tunai", "uang"), ("mesin jahit", "barang"), ("BARANG", "barang"), ("", None)]
)
def test_forms_of_aid(written, form):
    assert (one(aid_form=written).aid_form, fault_fields(aid_form=written)) == (form, [])


def test_sentences_quote_no_number_of_a_person():
    reading = read_people(
        person(), person(), person(nik=nik(3) + "9"), person(nik=nik(4), kk="99"), person(phone="0811x")
    )
    assert len(reading.problems) == 4 + 1
    digits = "".join(char for problem in reading.problems for char in problem.message if char.isdigit())
    assert len(digits) < 30
    assert not any(number in problem.message for problem in reading.problems for number in (nik(1), nik(3), "0811x"))


def test_years_of_a_list_without_date_end_today():
    reading = read_people(person(aid_year=TODAY.year), below=())
    assert faults(reading) == [("no_list_date", "A2")]
