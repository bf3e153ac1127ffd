"""Names of people: a key equal for all spellings of one name, its words, and forms to show.

Indonesian names are written in old and new spelling (Soeparmi, Suparmi), shortened (Moch., Abd.)
and adorned with titles (H., S.Pd). What is one here and what is not: the design's paragraph on duplicates.
"""

import re
import unicodedata
from functools import lru_cache

_TITLES = frozenset((
    "h", "hj", "haji", "hajah", "hajjah", "kh", "kyai", "kiai", "ust", "ustad", "ustadz",
    "drs", "dra", "dr", "ir", "prof", "r", "rr", "ra", "raden",
    "bpk", "tn", "sdr", "sdri",  # not "Ny.": Ny. Suparman is Suparman's wife
))  # fmt: skip
_DEGREES = frozenset((
    "drs", "dra", "amd", "amdkeb", "amdkep", "ners", "sag", "se", "sh", "shi", "skep", "skm", "skom", "sp",
    "spd", "spdi", "spsi", "spt", "ssi", "ssos", "sst", "st", "mag", "mh", "mkes", "mm", "mpd", "mpdi", "msi", "mt",
))  # fmt: skip
_DECEASED = frozenset(("alm", "almh", "almarhum", "almarhumah"))

_SPELLINGS = (("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("ch", "kh"), ("ai", "ae"))
_DOUBLED = re.compile(r"(.)\1+")
_MUHAMMAD = re.compile(r"m[ou]k?hamad")
_AHMAD = re.compile(r"akhmad")
_SEAM = len("mokhamad")  # the longest spelling that could arise where two words meet
_SHORTENED = {
    "mokh": "muhamad", "moh": "muhamad", "mukh": "muhamad", "muh": "muhamad", "mhd": "muhamad",
    "mohd": "muhamad", "muhd": "muhamad", "abd": "abdul", "akh": "ahmad", "st": "siti",
}  # fmt: skip

_APOSTROPHES = re.compile(r"['`\"]")
_WORD = re.compile(r"[a-z0-9]+")
# Emoji are symbols (So) with joiners (Cf), skin tones, keycaps and variation selectors around them.
_UNWRITABLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "So", "Me"})
_EMOJI_PARTS = re.compile("[\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")


@lru_cache(maxsize=4_096)  # a list asks for each of its names when it looks for people, and again when it stores them
def key(name: str) -> str:
    """The searchable key, ASCII lowercase letters and digits: equal for spellings of one name, and its own key.

    "Nur Hayati" and "Nurhayati" are one; so are Moch., Mohammad and Muhammad, Soeparmi and Suparmi.
    Sutrisno and Sutrisna are not. Each of `words(name)` is found in it; a blank stays only where two
    words would run into another sound ("eko endang"). Empty when the name has no Latin letter or digit.
    """
    found, before = name, None
    while found != before:
        found, before = _joined(words(found)), found
    return found


def words(name: str) -> tuple[str, ...]:
    """The words of a name in one spelling, without titles and degrees, for a search by a part of the name."""
    pieces = _without_titles(_pieces(name))
    last = len(pieces) - 1
    return tuple("muhamad" if piece == "m" and i < last else _one_spelling(piece) for i, piece in enumerate(pieces))


def clean(name: str) -> str:
    """The name as written, trimmed, single blanks, without control, zero-width and emoji characters."""
    if name.isascii() and name.isprintable():
        return " ".join(name.split())
    kept = "".join(
        " " if char.isspace() else char
        for char in _EMOJI_PARTS.sub("", name)
        if char.isspace() or unicodedata.category(char) not in _UNWRITABLE
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def initials(name: str) -> str:
    """The first letters of a name without its titles: "Hj. Marsinah Rahayu, S.Pd" is "M. R."."""
    pieces = _without_titles(_pieces(name)) or clean(name).split()
    return " ".join(f"{piece[0].upper()}." for piece in pieces if piece[0].isalnum())


def _pieces(name: str) -> list[str]:
    """Runs of ASCII letters and digits; an accent or an apostrophe does not part a word, a dot or a hyphen does."""
    plain = unicodedata.normalize("NFKD", clean(name)).casefold().encode("ascii", "ignore").decode()
    return _WORD.findall(_APOSTROPHES.sub("", plain))


def _without_titles(pieces: list[str]) -> list[str]:
    """The pieces without titles in front, degrees behind and "alm."; something always stays."""
    pieces = [piece for piece in pieces if piece not in _DECEASED] or pieces
    start, end = 0, len(pieces)
    while size := next((n for n in (2, 1) if n < end - start and _is_title(pieces[start : start + n])), 0):
        start += size
    while size := next((n for n in (3, 2, 1) if n < end - start and _is_degree(pieces[end - n : end])), 0):
        end -= size
    return pieces[start:end]


def _is_title(pieces: list[str]) -> bool:
    """A title in one piece ("Raden") or in letters ("K. H."), so that H. Aji does not become Haji."""
    return "".join(pieces) in _TITLES and (len(pieces) == 1 or all(len(piece) == 1 for piece in pieces))


def _is_degree(pieces: list[str]) -> bool:
    return "".join(pieces) in _DEGREES


def _joined(words: tuple[str, ...]) -> str:
    """The words without blanks, a letter that ends one and begins the next once, unless a spelling would change."""
    parts, tail = [], ""
    for word in words:
        rest = word.removeprefix(tail[-1:])
        seam = tail + rest[:_SEAM]
        part = rest if _folded(seam) == seam else f" {word}"
        parts.append(part)
        tail = (tail + part)[-_SEAM:]
    return "".join(parts)


def _one_spelling(word: str) -> str:
    """New spelling and full form of a word: "moch" is "muhamad", "soeparmi" is "suparmi"."""
    folded = _folded(word)
    return _SHORTENED.get(folded, folded)


@lru_cache(maxsize=4_096)  # few words make most names, and a list asks for each of them several times
def _folded(word: str) -> str:
    before = None
    while word != before:
        before = word
        word = _DOUBLED.sub(r"\1", word)
        for old, new in _SPELLINGS:
            word = word.replace(old, new)
        word = _AHMAD.sub("ahmad", _MUHAMMAD.sub("muhamad", word))
    return word
