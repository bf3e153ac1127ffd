"""Which letters a paper can print, and what becomes of others: text of any kind gives a paper, never an error."""

import re
import unicodedata

MISSING = "\N{REPLACEMENT CHARACTER}"  # stands in print where a letter was that no font of ours has
PRINTED = (  # what the fonts that typst brings can show: Latin, Greek, Cyrillic, Hebrew, Arabic, signs
    (0x20, 0x4FF), (0x531, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x66D), (0x674, 0x674),
    (0x679, 0x67B), (0x67E, 0x680), (0x686, 0x686), (0x691, 0x691), (0x698, 0x698), (0x6A9, 0x6A9), (0x6AF, 0x6AF),
    (0x6BE, 0x6BE), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x1D00, 0x2040), (0x2044, 0x2052), (0x20A0, 0x20BF),
    (0x2190, 0x22FF), (0x25A0, 0x25FF), (0xFFFD, 0xFFFD),
)  # fmt: skip
LONG_WORD = re.compile(r"[^\s\u200b]{25,}")
PIECE = 12  # letters of a long word after which a line may break


def printable(text: str) -> str:
    """The text as it can be printed: without control characters, with room to break in words that fit no line."""
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    shown = "".join(filter(None, map(_shown, plain)))
    return LONG_WORD.sub(lambda word: _breakable(word[0]), shown)


def plainest(text: str) -> str:
    """For the rare text that still cannot be set, such as marks that no font can put together: Latin letters only."""
    return "".join(c if c == "\n" or 0x20 <= ord(c) < 0x250 or c == "\u200b" else MISSING for c in text)


def _shown(letter: str) -> str:
    if letter in "\n ":
        return letter
    kind = unicodedata.category(letter)
    if kind in {"Zs", "Zl", "Zp"} or letter == "\t":
        return " "
    if kind in {"Cc", "Cf"}:  # also what turns the direction of a line around
        return ""
    if kind in {"Cn", "Co", "Cs"}:
        return MISSING
    return letter if any(first <= ord(letter) <= last for first, last in PRINTED) else MISSING


def _breakable(word: str) -> str:
    return "\u200b".join(word[start : start + PIECE] for start in range(0, len(word), PIECE))
