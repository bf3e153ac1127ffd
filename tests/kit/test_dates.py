"""Dates: Indonesian spellings and Excel cells are read exactly, nothing is guessed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppks.kit import dates

DAY = date(2020, 8, 26)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


EMPTY = "Tanggal belum diisi."
UNREADABLE = (
    "Tanggal tidak terbaca; tulis hari, bulan, lalu tahun empat angka, misalnya 26 Agustus 2020 atau 26-08-2020."
)
IMPOSSIBLE = "Tanggal itu tidak ada di kalender; tulis hari dulu, lalu bulan, misalnya 26-08-2020."
YEAR_RANGE = "Tahun harus antara 1900 dan 2100."
ONLY_YEAR = "Isinya hanya tahun; tulis tanggal lengkap, misalnya 26 Agustus 2020."


def read(text):
    """The day, or the sentence of the refusal."""
    try:
        return dates.parse(text)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "26 Agustus 2020",
        "26 agustus 2020",
        "26 AGUSTUS 2020",
        "26 Agu 2020",
        "26 Ags 2020",
        "26 Agt 2020",
        "26 Agst. 2020",
        "26-Agu-2020",
        "26-08-2020",
        "26/08/2020",
        "26/8/2020",
        "26.08.2020",
        "26 - 08 - 2020",
        "2020-08-26",
        " 26\u00a0Agustus\u00a02020 ",
        "Rabu, 26 Agustus 2020",
        "rabu 26-08-2020",
        DAY,
        datetime(2020, 8, 26, 23, 59),
        44069,
        44069.0,
        44069.75,
    ],
)
def test_every_usual_spelling_of_the_meeting_day_is_read(text):
    assert dates.parse(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1 Pebruari 1985", date(1985, 2, 1)),
        ("10 Nopember 1945", date(1945, 11, 10)),
        ("5 Okt 1999", date(1999, 10, 5)),
        ("31 Des 1999", date(1999, 12, 31)),
        ("29 Februari 2000", date(2000, 2, 29)),
        ("Jum'at, 17 Agustus 1945", date(1945, 8, 17)),
        ("Jum\u2019at, 17 Agustus 1945", date(1945, 8, 17)),
        ("02-05-1985", date(1985, 5, 2)),
        (1, date(1900, 1, 1)),
        (59, date(1900, 2, 28)),
        (61, date(1900, 3, 1)),
        (73415, date(2100, 12, 31)),
    ],
)
def test_old_spellings_and_the_ends_of_the_calendar_are_read(text, day):
    assert dates.parse(text) == day


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", EMPTY),
        (None, EMPTY),
        ("08/26/2020", IMPOSSIBLE),
        ("2020-26-08", IMPOSSIBLE),
        ("31 April 2020", IMPOSSIBLE),
        ("29 Februari 2019", IMPOSSIBLE),
        ("00-00-0000", IMPOSSIBLE),
        (60, IMPOSSIBLE),
        ("26-08-20", UNREADABLE),
        ("26 Agustus 20", UNREADABLE),
        ("26 August 2020", UNREADABLE),
        ("26/08-2020", UNREADABLE),
        ("\uff12\uff16-08-2020", UNREADABLE),
        ("26 Agustus \u0662\u0660\u0662\u0660", UNREADABLE),
        ("Malang, 26 Agustus 2020", UNREADABLE),
        ("44069", UNREADABLE),
        ("kemarin", UNREADABLE),
        (True, UNREADABLE),
        pytest.param("26 Agustus 2020" * 100_000, UNREADABLE, id="a very long text"),
        ("0001-01-01", YEAR_RANGE),
        ("9999-12-31", YEAR_RANGE),
        (date(1899, 12, 31), YEAR_RANGE),
        (0, YEAR_RANGE),
        (-1, YEAR_RANGE),
        (73416, YEAR_RANGE),
        (float("nan"), YEAR_RANGE),
        (float("inf"), YEAR_RANGE),
        pytest.param(10**5000, YEAR_RANGE, id="5000 digits"),
        (1985, ONLY_YEAR),
        (2020.0, ONLY_YEAR),
    ],
)
def test_what_is_not_plainly_a_day_is_refused_with_a_sentence(text, sentence):
    assert read(text) == sentence


def test_a_weekday_that_contradicts_the_date_is_refused():
    sentence = "26 Agustus 2020 jatuh pada hari Rabu; periksa hari atau tanggalnya."
    assert read("Senin, 26 Agustus 2020") == sentence


@given(DAYS)
def test_what_is_shown_can_be_read_back(day):
    for text in (dates.long(day), dates.short(day), dates.with_weekday(day), day.isoformat(), f"{day:%d/%m/%Y}"):
        assert dates.parse(text) == day


@given(DAYS.filter(lambda day: day >= date(1906, 1, 1)))
def test_an_excel_serial_is_its_day(day):
    assert dates.parse((day - date(1899, 12, 30)) // timedelta(days=1)) == day


@given(st.one_of(st.text(), st.floats(), st.integers(), st.text("0123456789-/. agustrbe,", max_size=30)))
def test_any_input_gives_a_day_or_a_sentence(text):
    result = read(text)
    assert 1900 <= result.year <= 2100 if isinstance(result, date) else result.endswith(".")


def test_days_are_shown_in_indonesian():
    assert dates.long(DAY) == "26 Agustus 2020"
    assert dates.short(DAY) == "26 Agu 2020"
    assert dates.with_weekday(DAY) == "Rabu, 26 Agustus 2020"
    assert dates.month(DAY) == "Agustus 2020"


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2020, 8, 26, 16, 59, tzinfo=UTC), date(2020, 8, 26)),
        (datetime(2020, 8, 26, 17, 0, tzinfo=UTC), date(2020, 8, 27)),
    ],
)
def test_the_day_begins_at_midnight_in_jakarta(monkeypatch, now, day):
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    assert dates.today() == day
