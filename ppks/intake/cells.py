"""Reads one cell as one kind of thing: text, money, a year, a count, a sex, a day and place of birth.

Cells come as a workbook gives them (str, float, bool, date, datetime, time, timedelta; "" is blank). A function
returns the value, None for a cell that says nothing, or raises ValueError with an Indonesian sentence.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache

from ppks.kit import dates, phones, rupiah
from ppks.kit.exporting import readable

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x00[01][0-9A-Fa-f]_")  # how Excel stores a control character
_NOTHING = re.compile(r"[\s\-–—−_.]*")
_SIGNED_NUMBER = re.compile(r"[+\-−]\s?(?:rp\.?\s?)?\d[\d., ]*(?:,-|%)?", re.IGNORECASE)
_SIGNED_PHONE = re.compile(r"\+\d[\d\s().,/-]{6,}")
_RP_ONLY = re.compile(r"rp\.?[\s\-–—.,]*", re.IGNORECASE)  # how a format for accounts prints nothing
_NONE_YET = re.compile(
    r"(?:belum|blm|tidak|tdk|tak|tanpa)(?: ?(?:ada|punya|memiliki|mempunyai))?(?: ?(?:nik|ktp|kk|hp|nomor|no))?|nihil|kosong|n/?a"
)
_UNDER_WAY = re.compile(
    r"(?:masih |sedang |dalam )?(?:di ?urus|proses)(?: .{0,30})?|sedang (?:di ?urus|diproses)(?: .{0,30})?"
)
_YEAR = re.compile(r"(?:ta|t\.a\.?|th|thn|tahun)?[ .:]*((?:19|20)\d\d)(?:[.,]0+)?")
_COUNT = re.compile(r"(\d{1,4})(?:[.,]0+)?(?: ?(?:orang|org|or|karyawan|pekerja|pegawai|tenaga kerja))?")
_DIGIT = re.compile(r"\d")
_LOSS = re.compile(r"\(([^()]+)\)|(?:rugi|[-−])\s*(.+)|(rp\.?)\s*[-−]\s*(.+)", re.IGNORECASE)
_SEXES = {
    "l": "L", "lk": "L", "laki": "L", "lakilaki": "L", "laki2": "L", "pria": "L", "lelaki": "L", "cowok": "L", "m": "L",
    "male": "L", "p": "P", "pr": "P", "perempuan": "P", "wanita": "P", "w": "P", "f": "P", "female": "P",
}  # fmt: skip
_SEX_MARKS = re.compile(r"[\s.\-–()]")
_MARKS = frozenset(("v", "x", "√", "✓", "✔", "1", "ya", "y", "l", "p", "ada", "*", "•"))
_CONDITIONS = (
    ("declining", ("tidak berkembang", "kurang berkembang", "menurun", "turun", "mundur", "merosot", "memburuk")),
    ("stagnant", ("stagnan", "stagnasi", "stagnant", "mandek", "mandeg", "macet", "jalan di tempat")),
    ("steady", ("biasa saja", "biasa", "tetap", "biasa saja / tetap", "stabil", "cukup", "sedang")),
    ("growing", ("berkembang", "meningkat", "maju", "berkembang pesat", "berkembang baik", "cukup berkembang")),
)
_CONDITION = {word: condition for condition, words in _CONDITIONS for word in words}
_MONEY_WORDS = re.compile(r"\b(?:uang|tunai|dana|transfer|cash|modal|tabungan|rekening)\b")
_GOODS_WORDS = re.compile(
    r"\b(?:barang|alat|peralatan|perlengkapan|mesin|bahan|gerobak|paket|ternak|bibit|sarana|sembako|natura)\b"
)

_NOT_A_DAY = "Isi sel ini bukan tanggal; tulis misalnya 26-08-2020."
_TOMORROW = "Tanggal lahir itu belum terjadi."
_TOO_OLD = "Dengan tanggal lahir itu orangnya berumur lebih dari 120 tahun."


def text(cell: object) -> str:
    """The cell as one line of text without invisible characters; "" for a blank and for a lone dash."""
    if type(cell) is str:
        return _cleaned(cell) if len(cell) < 200 else _cleaned.__wrapped__(cell)
    if isinstance(cell, bool):
        return "BENAR" if cell else "SALAH"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e21 else str(cell)
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell)


@lru_cache(maxsize=4096)  # kinds, units, trades and places come again in every other row
def _cleaned(cell: str) -> str:
    if not (cell.isascii() and cell.isprintable()):
        cell = unicodedata.normalize("NFC", _UNSEEN.sub("", cell))
    if "_x0" in cell:
        cell = _ESCAPED.sub(" ", cell)
    cell = readable(" ".join(cell.split())).strip()
    return "" if _NOTHING.fullmatch(cell) else cell


def looks_like_formula(written: str) -> bool:
    """True for text that a spreadsheet would run: it begins with = or @, or with + or - and is no phone or number."""
    return written[:1] in ("=", "@") or (written[:1] in ("+", "-", "−") and not _is_signed(written))


def _is_signed(written: str) -> bool:
    return bool(_SIGNED_NUMBER.fullmatch(written) or _SIGNED_PHONE.fullmatch(written))


def is_none_yet(written: str) -> bool:
    """True for "BELUM ADA", "TIDAK ADA" and their like, in place of a number."""
    return len(written) < 40 and bool(_NONE_YET.fullmatch(written.lower().strip(" .")))


def is_under_way(written: str) -> bool:
    """True for "sedang diurus" in place of a number."""
    return len(written) < 60 and bool(_UNDER_WAY.fullmatch(written.lower().strip(" .")))


def amount(cell: object, *, may_be_loss: bool = False) -> int | None:
    """Whole rupiah; a loss, "-50.000" or "(50.000)", only where a loss can be (profit)."""
    if isinstance(cell, float):
        nearest = round(cell) if abs(cell) < 1e16 else cell
        number = float(nearest) if abs(cell - nearest) < 1e-4 else cell  # what a formula leaves behind a whole number
        return -rupiah.parse(-number) if may_be_loss and number < 0 else rupiah.parse(number)
    if isinstance(cell, bool) or not isinstance(cell, str):
        raise ValueError("Isi sel ini bukan jumlah uang.")
    written = text(cell)
    if not written or _RP_ONLY.fullmatch(written):
        return None
    if may_be_loss and (match := _LOSS.fullmatch(written)):
        return -rupiah.parse(match[1] or match[2] or match[4])
    return rupiah.parse(written)


def year(cell: object, *, latest: int) -> int | None:
    """A year from 1950 to `latest`; a full date counts with its year."""
    if isinstance(cell, date):
        found = cell.year
    elif isinstance(cell, float):
        found = int(cell) if cell.is_integer() else 0
    elif not (written := text(cell)):
        return None
    elif match := _YEAR.fullmatch(written.lower()[:40]):
        found = int(match[1])
    else:
        found = _year_of_day(written)
    if not 1950 <= found <= latest:
        raise ValueError(f"Tahun harus empat angka, antara 1950 dan {latest}.")
    return found


def _year_of_day(written: str) -> int:
    try:
        return dates.parse(written[:60]).year
    except ValueError:
        return 0


def count(cell: object) -> int | None:
    """A number of people, 0 to 9999: 4, "4", "4 orang"."""
    if isinstance(cell, float) and cell.is_integer() and 0 <= cell < 10_000:
        return int(cell)
    if isinstance(cell, str):
        written = text(cell)
        if not written:
            return None
        if match := _COUNT.fullmatch(written.lower()[:60]):
            return int(match[1])
    raise ValueError("tulis dengan angka, misalnya 4.")


def sex(cell: object) -> str | None:
    """ "L" or "P"."""
    written = text(cell)
    if not written:
        return None
    found = _SEXES.get(_SEX_MARKS.sub("", written.lower()[:40]))
    if found is None:
        raise ValueError("tulis L atau P.")
    return found


def is_marked(cell: object) -> bool:
    """True for a tick in a column of its own: v, x, √, 1."""
    return text(cell).lower() in _MARKS


def birth(cell: object) -> tuple[str, object]:
    """A cell with place and day, split: "Bojonegoro, 26-10-1993" is ("Bojonegoro", "26-10-1993"); the day unread."""
    if not isinstance(cell, str):
        return "", cell
    written = text(cell)
    digit = _DIGIT.search(written)
    begin = digit.start() if digit else len(written)
    return written[:begin].strip(" ,./:;-–"), written[begin:]


def birth_date(cell: object, *, today: date) -> date | None:
    """The day somebody was born: not after `today`, not 120 years before it."""
    if cell == "" or (isinstance(cell, str) and not (cell := text(cell))):
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | float | date):
        raise ValueError(_NOT_A_DAY)
    if isinstance(cell, float) and not abs(cell) < 1e7:
        raise ValueError(_NOT_A_DAY)
    day = dates.parse(cell[:60] if isinstance(cell, str) else cell)
    if day > today:
        raise ValueError(_TOMORROW)
    if day.year < today.year - 120:
        raise ValueError(_TOO_OLD)
    return day.date() if isinstance(day, datetime) else day


def phone(cell: object) -> tuple[str | None, bool]:
    """E.164 and whether that is all the cell says; of several numbers the first that is one."""
    if isinstance(cell, float):
        return phones.parse(cell), True
    written = text(cell).lstrip("'’`")
    if not written or is_none_yet(written):
        return None, True
    try:
        return phones.parse(written[:60]), True
    except ValueError:
        for part in re.split(r"[/;,&]|\b(?:dan|atau)\b", written[:200]):
            try:
                return phones.parse(part), False
            except ValueError:
                continue
        raise


def condition(written: str) -> str | None:
    """growing, steady, stagnant or declining; None for other words."""
    return _CONDITION.get(" ".join(written.lower().strip(" .!").split()))


def aid_form(written: str) -> str | None:
    """ "barang" or "uang"; None when the words say neither or both."""
    is_money, is_goods = (bool(pattern.search(written.lower())) for pattern in (_MONEY_WORDS, _GOODS_WORDS))
    if is_money == is_goods:
        return None
    return "uang" if is_money else "barang"
