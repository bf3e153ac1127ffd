"""Numbers of identity: checks a NIK or a KK number, says what it tells, compares and masks it.

A NIK is `PPKKCC DDMMYY SSSS`: place of first registration (it never follows a move), day of birth
(women: day + 40) and a serial from 0001. Source: the civil registry's published rules.
"""

import re
from dataclasses import dataclass
from datetime import date

from ppks.kit import dates

MESSAGES = {
    "nik_empty": "NIK belum diisi.",
    "nik_length": "NIK harus 16 angka.",
    "nik_letters": "NIK hanya boleh berisi angka; periksa huruf O yang seharusnya nol.",
    "nik_serial_zero": "Empat angka terakhir NIK tidak boleh 0000.",
    "nik_bad_date": "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender.",
    "nik_lost_digit": "Excel telah mengganti angka terakhir NIK dengan 0; ketik ulang NIK dari KTP dalam sel teks.",
    "nik_birth_differs": "Tanggal lahir berbeda dari yang tertulis di dalam NIK.",
    "nik_sex_differs": "Jenis kelamin berbeda dari yang tertulis di dalam NIK.",
    "kk_length": "Nomor KK harus 16 angka.",
    "kk_letters": "Nomor KK hanya boleh berisi angka; periksa huruf O yang seharusnya nol.",
    "kk_lost_digit": "Excel telah mengganti angka terakhir nomor KK dengan 0; ketik ulang dari KK dalam sel teks.",
}

LENGTH = 16

# Blanks, dots, hyphens, and the invisible marks that come along when a number is copied.
_DROPPED = re.compile(r"[\s.\-\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WOMEN = 40


@dataclass(frozen=True, slots=True)
class KkCheck:
    """What is wrong with a KK number, as codes of `MESSAGES`, and its 16 digits (None when empty or misread)."""

    errors: tuple[str, ...] = ()
    digits: str | None = None


@dataclass(frozen=True, slots=True)
class NikCheck:
    """What is wrong with a NIK, as codes of `MESSAGES`, and what it tells (None where it cannot be told)."""

    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    sex: str | None = None
    born_on: date | None = None
    district_code: str | None = None
    digits: str | None = None


def check(
    text: str | float | None, *, sex: str | None = None, born_on: date | None = None, today: date | None = None
) -> NikCheck:
    """Read a NIK from typed text or a number cell; compare it with the `sex` ("P" or "L") and birth date entered.

    Errors block, warnings ask for a reason. Two digits of the year above those of `today` (the
    present day unless given) mean 19YY. The place is information and never judged. Raises nothing.
    """
    digits, fault = _read(text)
    if digits is None:
        return NikCheck(errors=(f"nik_{fault}",))
    told_sex, told_birth = _sex_and_birth(digits, today or dates.today())
    return NikCheck(
        errors=_codes(nik_serial_zero=digits.endswith("0000"), nik_bad_date=told_birth is None),
        warnings=_codes(
            nik_birth_differs=bool(told_birth and born_on and told_birth != born_on),
            nik_sex_differs=bool(told_sex and sex and told_sex != sex),
        ),
        sex=told_sex,
        born_on=told_birth,
        district_code=f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}",
        digits=digits,
    )


def kk_check(text: str | float | None) -> KkCheck:
    """Read a KK number (16 digits) from typed text or a number cell; an empty one is no error. Raises nothing."""
    digits, fault = _read(text)
    if digits is None:
        return KkCheck(errors=() if fault == "empty" else (f"kk_{fault}",))
    return KkCheck(digits=digits)


def mask(digits: str) -> str:
    """16 digits as shown on a page: "3522********0001"; of anything shorter or longer nothing is shown."""
    if len(digits) != LENGTH:
        return "*" * len(digits)
    return f"{digits[:4]}********{digits[-4:]}"


def one_apart(a: str, b: str) -> bool:
    """True when two numbers differ in exactly one digit or in one swap of neighbouring digits."""
    if len(a) != len(b):
        return False
    at = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(at) == 2 and at[1] - at[0] == 1:
        return a[at[0]] == b[at[1]] and a[at[1]] == b[at[0]]
    return len(at) == 1


def _read(value: str | float | None) -> tuple[str | None, str | None]:
    """The 16 digits, or None and the fault: empty, letters, length, lost_digit."""
    is_number = isinstance(value, int | float)
    text = _number_text(value) if is_number else _DROPPED.sub("", "" if value is None else str(value))
    if not text:
        return None, "empty"
    if not (text.isascii() and text.isdigit()):
        return None, "letters"
    if len(text) != LENGTH:
        return None, "length"
    if is_number and text.endswith("0"):  # Excel keeps fifteen digits and writes 0 for the sixteenth
        return None, "lost_digit"
    return text, None


def _number_text(number: float) -> str:
    if isinstance(number, float) and not number.is_integer():
        return str(number)
    return str(int(max(-1, min(number, 10**LENGTH))))  # a sign or a 17th digit is wrong however many follow


def _sex_and_birth(digits: str, today: date) -> tuple[str | None, date | None]:
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    sex, day = ("P", day - _WOMEN) if day > _WOMEN else ("L", day)
    century = 1900 if year > today.year % 100 else 2000
    try:
        return sex, date(century + year, month, day)
    except ValueError:
        return None, None


def _codes(**found: bool) -> tuple[str, ...]:
    return tuple(code for code, is_found in found.items() if is_found)
