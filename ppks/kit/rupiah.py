"""Money as people write it: reads, shows and spells whole rupiah."""

import re

MAX = 10**15 - 1  # fifteen digits, a third of the state budget: more is a slip of the finger

_AMOUNT = re.compile(r"(?:rp\.?\s*)?(0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,00|,-)?", re.IGNORECASE)
_NEGATIVE = re.compile(r"(?:rp\.?\s*)?-.*[0-9]", re.IGNORECASE)
_LOSS = re.compile(r"(?:rp\.?\s*)?[-−–]\s*(?P<amount>.*)|\((?P<bracketed>.*)\)", re.IGNORECASE)
_SEPARATED = re.compile(r"(?:rp\.?\s*)?[0-9][0-9.,]*", re.IGNORECASE)

_EMPTY = "Jumlah uang belum diisi."
_MINUS = "Jumlah uang tidak boleh negatif."
_WHOLE = "Jumlah uang harus rupiah bulat, tanpa sen."
_LARGE = "Jumlah uang terlalu besar: paling banyak 15 angka."
_GROUPS = "Titik, koma, atau nol di depan tidak pada tempatnya; tulis rupiah bulat seperti 3.000.000."
_WORDS = "Jumlah uang harus ditulis dengan angka, misalnya 3.000.000."

_SMALL = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
)  # fmt: skip
_SCALES = (
    (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh"),
)  # fmt: skip


def parse(text: str | float | None) -> int:
    """Whole rupiah, 0 to `MAX`, from typed text ("Rp 3.000.000,-") or from a number cell.

    Dots group by three; the only fraction accepted is ",00" or ",-". Nothing is guessed: English
    grouping, leading zeros (a telephone number in the wrong column) and words are refused.
    Raises ValueError with an Indonesian sentence.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        return _checked(text)
    text = "" if text is None else str(text).strip()
    if not text:
        raise ValueError(_EMPTY)
    if match := _AMOUNT.fullmatch(text):
        digits = match[1].replace(".", "")
        if len(digits) > 15:
            raise ValueError(_LARGE)
        return int(digits)
    if _NEGATIVE.match(text):
        raise ValueError(_MINUS)
    raise ValueError(_GROUPS if _SEPARATED.fullmatch(text) else _WORDS)


def parse_signed(text: str) -> int:
    """As `parse`, and a minus or brackets before it mean a loss: "-50.000", "-Rp50.000", "Rp -50.000", "(50.000)"."""
    text = text.strip()
    loss = _LOSS.fullmatch(text)
    return -parse(loss["amount"] or loss["bracketed"]) if loss else parse(text)


def _checked(number: float) -> int:
    if isinstance(number, float) and not number.is_integer():
        raise ValueError(_WHOLE)
    if number < 0:
        raise ValueError(_MINUS)
    if number > MAX:
        raise ValueError(_LARGE)
    return int(number)


def format(n: int) -> str:
    """Whole rupiah as printed, EYD style without a blank: 3000000 is "Rp3.000.000", -5000 is "-Rp5.000"."""
    return f"{'-' if n < 0 else ''}Rp{abs(n):,}".replace(",", ".")


def terbilang(n: int) -> str:
    """The number in words, without the word "rupiah": 1001000 is "satu juta seribu".

    Raises ValueError beyond fifteen digits.
    """
    if abs(n) > MAX:
        raise ValueError(_LARGE)
    return f"minus {_spell(-n)}" if n < 0 else _spell(n)


def _spell(n: int) -> str:
    if n < 12:
        return _SMALL[n]
    if n < 20:
        return f"{_SMALL[n - 10]} belas"
    size, name = next(scale for scale in _SCALES if scale[0] <= n)
    count, rest = divmod(n, size)
    head = f"se{name}" if count == 1 and size <= 1000 else f"{_spell(count)} {name}"
    return f"{head} {_spell(rest)}" if rest else head
