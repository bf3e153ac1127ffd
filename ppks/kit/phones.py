"""Indonesian telephone numbers: reads what people type, keeps E.164, shows and masks it."""

import re

# Numbers copied from WhatsApp carry invisible direction marks.
_DROPPED = re.compile(r"[\s.()\-\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"(?:\+?62|0|(?=8))(8[0-9]{8,11}|[2-79][0-9]{6,11})")
_THREE_DIGIT_AREAS = ("021", "022", "024", "031", "061")

_EMPTY = "Nomor telepon belum diisi."
_UNREADABLE = "Nomor telepon tidak benar; tulis seperti 0812-3456-7890 atau (031) 8290794."


def parse(text: str | float | None) -> str:
    """E.164, "+6281234567890", from 08…, 62…, +62… or 8… (a number cell that has lost its zero).

    Counted with the leading 0, a mobile number has 10 to 13 digits and a landline with its area code
    8 to 13. Blanks, dots, hyphens and parentheses are dropped. Raises ValueError with an Indonesian sentence.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = _number_text(text)
    digits = _DROPPED.sub("", "" if text is None else str(text))
    if not digits:
        raise ValueError(_EMPTY)
    if not (match := _NUMBER.fullmatch(digits)):
        raise ValueError(_UNREADABLE)
    return f"+62{match[1]}"


def format(e164: str) -> str:
    """A number that `parse` returned, as people read it: "0812-3456-7890", "031-8290794"."""
    number = _national(e164)
    if number.startswith("08"):
        return "-".join(filter(None, (number[:4], number[4:8], number[8:])))
    area = 3 if number.startswith(_THREE_DIGIT_AREAS) else 4
    return f"{number[:area]}-{number[area:]}"


def whatsapp(e164: str) -> str:
    """The link that opens a chat with the number: "https://wa.me/6281234567890"."""
    return f"https://wa.me/{e164.removeprefix('+')}"


def mask(e164: str) -> str:
    """The number with all but its first four and last two digits hidden: "0812******90"."""
    number = _national(e164)
    return f"{number[:4]}{'*' * (len(number) - 6)}{number[-2:]}"


def _number_text(number: float) -> str:
    if not 0 < number < 10**15 or number != int(number):
        raise ValueError(_UNREADABLE)
    return str(int(number))


def _national(e164: str) -> str:
    return f"0{e164.removeprefix('+62')}"
