"""Days as people write them in Indonesia: reads them, never month first, and shows them."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

JAKARTA = ZoneInfo("Asia/Jakarta")
FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
_OLD_SPELLINGS = {
    "pebruari": 2, "febr": 2, "peb": 2, "mrt": 3, "agus": 8, "ags": 8, "agt": 8, "agst": 8, "sept": 9,
    "nopember": 11, "nop": 11,
}  # fmt: skip
_MONTH_NUMBERS = _OLD_SPELLINGS | {
    name.lower(): number for names in (_MONTHS, _SHORT) for number, name in enumerate(names, start=1)
}
_WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_WEEKDAY_NUMBERS = {"jum'at": 4, "ahad": 6} | {name.lower(): number for number, name in enumerate(_WEEKDAYS)}

_WEEKDAY = r"(?:(?P<weekday>[a-z']+),? )?"
_FORMS = tuple(
    re.compile(_WEEKDAY + form)
    for form in (
        r"(?P<day>[0-9]{1,2}) ?(?P<by>[-/.]) ?(?P<month>[0-9]{1,2}) ?(?P=by) ?(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
        r"(?P<day>[0-9]{1,2})[ -](?P<month>[a-z]+)\.?[ -](?P<year>[0-9]{4})",
    )
)

_EMPTY = "Tanggal belum diisi."
_UNREADABLE = (
    "Tanggal tidak terbaca; tulis hari, bulan, lalu tahun empat angka, misalnya 26 Agustus 2020 atau 26-08-2020."
)
_IMPOSSIBLE = "Tanggal itu tidak ada di kalender; tulis hari dulu, lalu bulan, misalnya 26-08-2020."
_YEAR_RANGE = f"Tahun harus antara {FIRST_YEAR} dan {LAST_YEAR}."
_ONLY_YEAR = "Isinya hanya tahun; tulis tanggal lengkap, misalnya 26 Agustus 2020."


def parse(text: str | float | date | None) -> date:
    """The day meant by typed text, a date or datetime cell, or an Excel serial number (1900 system).

    Text: "26 Agustus 2020", "Rabu, 26 Agu 2020", 26-08-2020, 26/08/2020, 26.08.2020, 2020-08-26.
    Years 1900 to 2100. A number from 1900 to 2100 is refused: it is a year somebody typed, not
    the serial of a day in 1905. Raises ValueError with an Indonesian sentence.
    """
    if isinstance(text, datetime):
        return _in_range(text.date())
    if isinstance(text, date):
        return _in_range(text)
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _from_serial(text)
    return _from_text("" if text is None else str(text))


def today() -> date:
    """The present day in East Java (Asia/Jakarta), read from Django's clock so that a test can set it."""
    return timezone.now().astimezone(JAKARTA).date()


def local(at: datetime) -> date:
    """The day of a moment in East Java."""
    return at.astimezone(JAKARTA).date()


def long(day: date) -> str:
    """26 Agustus 2020"""
    return f"{day.day} {month(day)}"


def short(day: date) -> str:
    """26 Agu 2020"""
    return f"{day.day} {_SHORT[day.month - 1]} {day.year}"


def with_weekday(day: date) -> str:
    """Rabu, 26 Agustus 2020"""
    return f"{_WEEKDAYS[day.weekday()]}, {long(day)}"


def moment(at: datetime) -> str:
    """24 November 09.40, in Jakarta"""
    local = at.astimezone(JAKARTA)
    return f"{local.day} {_MONTHS[local.month - 1]} {local:%H.%M}"


def month(day: date) -> str:
    """Agustus 2020"""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def full_years(since: date, on: date) -> int:
    """Whole years from one day to another, as ages are counted."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def full_months(since: date, on: date) -> int:
    """Whole months from one day to another."""
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)


def _from_text(text: str) -> date:
    text = " ".join(text.lower().replace("\u2019", "'").split())
    if not text:
        raise ValueError(_EMPTY)
    match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if match is None:
        raise ValueError(_UNREADABLE)
    number = _month_number(match["month"])
    try:
        day = date(int(match["year"]), number, int(match["day"]))
    except ValueError:
        raise ValueError(_IMPOSSIBLE) from None
    _check_weekday(match["weekday"], day)
    return _in_range(day)


def _month_number(name: str) -> int:
    if name.isdigit():
        return int(name)
    if name not in _MONTH_NUMBERS:
        raise ValueError(_UNREADABLE)
    return _MONTH_NUMBERS[name]


def _check_weekday(name: str | None, day: date) -> None:
    if name is None:
        return
    if name not in _WEEKDAY_NUMBERS:
        raise ValueError(_UNREADABLE)
    if _WEEKDAY_NUMBERS[name] != day.weekday():
        raise ValueError(f"{long(day)} jatuh pada hari {_WEEKDAYS[day.weekday()]}; periksa hari atau tanggalnya.")


def _from_serial(number: float) -> date:
    if FIRST_YEAR <= number <= LAST_YEAR:
        raise ValueError(_ONLY_YEAR)
    if not 1 <= number < (date(LAST_YEAR + 1, 1, 1) - date(1899, 12, 30)).days:
        raise ValueError(_YEAR_RANGE)
    days = int(number)
    if days == 60:  # Excel counts a 29 February 1900 that never was
        raise ValueError(_IMPOSSIBLE)
    return date(1899, 12, 31 if days < 60 else 30) + timedelta(days=days)


def _in_range(day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_YEAR_RANGE)
    return day
