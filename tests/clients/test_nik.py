"""NIK and KK numbers: what blocks, what only warns, and what a number tells."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import nik

TODAY = date(2026, 8, 26)
WOMAN = "3522156508810001"
MAN = "3522152508810001"
CELLS = st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.text("0123456789 .-O", max_size=20))


def check(text, **entered):
    return nik.check(text, today=TODAY, **entered)


def test_a_nik_tells_sex_birth_date_and_district():
    assert check(WOMAN) == nik.NikCheck(
        sex="P", born_on=date(1981, 8, 25), district_code="35.22.15", digits="3522156508810001"
    )
    assert check(MAN) == nik.NikCheck(
        sex="L", born_on=date(1981, 8, 25), district_code="35.22.15", digits="3522152508810001"
    )


@pytest.mark.parametrize(
    "text",
    [
        "3522 1565 0881 0001",
        "35.22.15.650881.0001",
        "3522-1565-0881-0001",
        "\u00a03522\u00a0156508810001",
        "3522156508810001\u200b",
        3522156508810001,
        3522156508810001.0,
    ],
)
def test_blanks_dots_and_hyphens_do_not_matter(text):
    assert check(text) == check(WOMAN)


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("", ("nik_empty",)),
        (None, ("nik_empty",)),
        (" - ", ("nik_empty",)),
        ("352215650881001", ("nik_length",)),
        ("35221565088100011", ("nik_length",)),
        pytest.param(WOMAN * 10_000, ("nik_length",), id="10000 numbers"),
        (0, ("nik_length",)),
        pytest.param(10**5000, ("nik_length",), id="5000 digits"),
        (1e300, ("nik_length",)),
        ("352215650881000O", ("nik_letters",)),
        ("35221565088l", ("nik_letters",)),
        ("\uff13522156508810001", ("nik_letters",)),
        ("\u0663522156508810001", ("nik_letters",)),
        ("3.52213E+15", ("nik_letters",)),
        ("3522\x00156508810001", ("nik_letters",)),
        ("\ud800", ("nik_letters",)),
        (-3522156508810001, ("nik_letters",)),
        (0.5, ("nik_letters",)),
        (float("nan"), ("nik_letters",)),
        (float("inf"), ("nik_letters",)),
        (3513115901919390, ("nik_lost_digit",)),
        (3.52213e15, ("nik_lost_digit",)),
    ],
)
def test_what_cannot_be_read_as_sixteen_digits_has_one_error_and_tells_nothing(text, errors):
    assert check(text) == nik.NikCheck(errors=errors)


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("3522152508810000", ("nik_serial_zero",)),
        ("3522157208810001", ("nik_bad_date",)),
        ("3522154008810001", ("nik_bad_date",)),
        ("3522153208810001", ("nik_bad_date",)),
        ("3522150008810001", ("nik_bad_date",)),
        ("3522152513810001", ("nik_bad_date",)),
        ("3522152500810001", ("nik_bad_date",)),
        ("3522153104810001", ("nik_bad_date",)),
        ("3522152902810001", ("nik_bad_date",)),
        ("0000000000000000", ("nik_serial_zero", "nik_bad_date")),
        ("3522156508810010", ()),
    ],
)
def test_a_serial_of_zeros_and_an_impossible_day_are_errors(text, errors):
    assert check(text).errors == errors


def test_a_nik_with_an_impossible_day_tells_only_its_place():
    assert check("3522157208810001") == nik.NikCheck(
        errors=("nik_bad_date",), district_code="35.22.15", digits="3522157208810001"
    )


@pytest.mark.parametrize(
    ("birth", "born_on"),
    [
        ("250826", date(2026, 8, 25)),
        ("250827", date(1927, 8, 25)),
        ("250899", date(1999, 8, 25)),
        ("290200", date(2000, 2, 29)),
        ("690204", date(2004, 2, 29)),
        ("290228", date(1928, 2, 29)),
    ],
)
def test_two_digits_above_this_years_mean_the_last_century(birth, born_on):
    assert check(f"352215{birth}0001").born_on == born_on


@pytest.mark.parametrize(
    ("entered", "warnings"),
    [
        ({}, ()),
        ({"sex": "P", "born_on": date(1981, 8, 25)}, ()),
        ({"sex": "L"}, ("nik_sex_differs",)),
        ({"born_on": date(1981, 8, 26)}, ("nik_birth_differs",)),
        ({"sex": "L", "born_on": date(1982, 8, 25)}, ("nik_birth_differs", "nik_sex_differs")),
    ],
)
def test_what_differs_from_the_entry_is_a_warning_and_never_an_error(entered, warnings):
    result = check(WOMAN, **entered)
    assert (result.errors, result.warnings) == ((), warnings)


def test_nothing_is_compared_with_an_impossible_day():
    assert check("3522157208810001", sex="L", born_on=date(1981, 8, 25)).warnings == ()


def test_today_is_the_present_day_unless_given(monkeypatch):
    monkeypatch.setattr("ppks.kit.dates.today", lambda: date(1999, 1, 1))
    assert nik.check("3522152508990001").born_on == date(2099, 8, 25)


@given(st.dates(date(1927, 1, 1), TODAY), st.sampled_from("PL"), st.integers(1, 9999))
def test_every_birth_date_is_read_back(born_on, sex, serial):
    day = born_on.day + (40 if sex == "P" else 0)
    result = check(f"352215{day:02}{born_on:%m%y}{serial:04}", sex=sex, born_on=born_on)
    assert (result.errors, result.warnings, result.sex, result.born_on) == ((), (), sex, born_on)


@given(CELLS)
def test_any_cell_gives_known_codes(cell):
    result = check(cell, sex="P", born_on=TODAY)
    assert set(result.errors + result.warnings) <= nik.MESSAGES.keys()
    assert set(nik.kk_check(cell).errors) <= nik.MESSAGES.keys()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3522 1221 0611 9651", nik.KkCheck(digits="3522122106119651")),
        ("3522129999990000", nik.KkCheck(digits="3522129999990000")),
        ("", nik.KkCheck()),
        (None, nik.KkCheck()),
        ("352212210611965", nik.KkCheck(errors=("kk_length",))),
        ("352212210611965I", nik.KkCheck(errors=("kk_letters",))),
        (3522122106119650, nik.KkCheck(errors=("kk_lost_digit",))),
        (3522122106119651, nik.KkCheck(digits="3522122106119651")),
    ],
)
def test_a_kk_number_has_sixteen_digits_and_no_date_is_judged(text, expected):
    assert nik.kk_check(text) == expected


def test_a_number_is_shown_with_its_middle_hidden():
    assert nik.mask(WOMAN) == "3522********0001"
    assert nik.mask("12345") == "*****"
    assert nik.mask("") == ""


@pytest.mark.parametrize(
    ("other", "is_apart"),
    [
        (WOMAN, False),
        ("3522156508810002", True),
        ("4522156508810001", True),
        ("3522156508810010", True),
        ("5322156508810001", True),
        ("3522156508180001", True),
        ("3522156508810012", False),
        ("2532156508810001", False),
        ("352215650881000", False),
        ("", False),
    ],
)
def test_one_digit_or_one_swap_of_neighbours_is_one_apart(other, is_apart):
    assert nik.one_apart(WOMAN, other) is is_apart
    assert nik.one_apart(other, WOMAN) is is_apart


def test_two_blank_numbers_are_not_one_apart():
    assert nik.one_apart("", "") is False
