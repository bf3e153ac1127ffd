"""The places, kinds, units and trades that a list may name, and how people write them.

Plain dictionaries go in, from the database or a file; what comes out are codes, or nothing for what is unknown.
Matching is by meaning: case, blanks, punctuation and usual abbreviations never matter.
"""

import difflib
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_KIND_WORDS = {
    "kabupaten": ("kabupaten", "kab"),
    "kota": ("kota", "kodya", "kotamadya", "kodia", "kotamadia"),
}
_EITHER_KIND = ("kabkota", "kabupatenkota", "kotakab", "kotakabupaten")
_KIND = r"kab(?:upaten|\.)?\s*/\s*kota|kabupaten|kab|kotamadya|kotamadia|kota|kodya|kodia"
_KIND_FIRST = re.compile(rf"^\W*(?:{_KIND})\b", re.IGNORECASE)
_NAMED = re.compile(rf"\b(?:{_KIND})\b[\s.:]*(?=([a-z'’-]+(?: [a-z'’-]+){{0,2}}))")
_PROVINCE = re.compile(r"[\s,(-]*\b(?:prov(?:insi|\.)?\s*)?(?:jawa timur|jatim)\b[\s.)]*$", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^()]*\)")
_LIST_MARKS = re.compile(r"[;,/&+\n]|\bdan\b")
_DISTRICT = re.compile(r"^(?:kecamatan|kec)\b[\s.:]*", re.IGNORECASE)
_VILLAGE = re.compile(r"^(?:desa/kelurahan|kelurahan|desa|kel|ds|ds/kel)\b[\s.:]*", re.IGNORECASE)
_PPKS_PREFIXES = ("penyandang", "disabilitas", "eks", "mantan", "bekas", "korban")
_UNIT_PREFIXES = ("perlindungandanpelayanansosial", "perlindungansosialdanrehabilitasisosial", "rehabilitasisosial",
                  "pelayanansosial")  # fmt: skip
_NO_UNIT_WORDS = re.compile(r"\b(?:kab|kabupaten|kota|dinsos|jatim|provinsi|prov)\b")
_LONGEST = 200  # characters of a text that may still name something


def plain(text: str) -> str:
    """Letters and digits only, lower case: what is left of a name when spelling habits are taken off."""
    return "".join(char for char in text.casefold() if char.isalnum())


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota: code "35.22", kind "kabupaten" or "kota", name "Bojonegoro"."""

    code: str
    kind: str
    name: str

    @property
    def full_name(self) -> str:
        return f"{self.kind.capitalize()} {self.name}"


@dataclass
class Places:
    """Regions by code; districts {code: (region code, name)}; villages {code: (district code, name)}."""

    regions: Mapping[str, Region]
    districts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    villages: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self):
        bare: dict[str, tuple[str, ...]] = {}
        full: dict[str, tuple[str, ...]] = {}
        for region in self.regions.values():
            name = plain(region.name)
            bare[name] = (*bare.get(name, ()), region.code)
            for word in _KIND_WORDS.get(region.kind, (region.kind,)):
                full[word + name] = full[name + word] = (region.code,)
            full[plain(region.code)] = (region.code,)
        for name, codes in bare.items():
            full |= dict.fromkeys((word + name for word in _EITHER_KIND), codes)
        self._bare, self._written = bare, full | bare
        self._districts = _by_owner(self.districts)
        self._villages = _by_owner(self.villages)
        for name in ("regions_named", "district", "village"):
            setattr(self, name, lru_cache(maxsize=4096)(getattr(self, name)))  # each instance remembers its own

    def regions_named(self, text: str) -> tuple[str, ...]:
        """Codes a text may mean: none when unknown, two for a name that a kabupaten and a kota share."""
        return self._written.get(plain(_PROVINCE.sub("", text[:_LONGEST].strip())), ())

    def has_kind(self, text: str) -> bool:
        """True when the text begins with kabupaten or kota, so that it can only be a region."""
        return bool(_KIND_FIRST.match(text))

    def regions_within(self, text: str) -> set[tuple[str, ...]]:
        """What a longer text names: "DINAS SOSIAL KAB. MALANG" names (35.07,). Bare names count when no other does."""
        text = " ".join(text[:_LONGEST].lower().replace("_", " ").split())
        named = {found for match in _NAMED.finditer(text) if (found := self._longest(match))}
        return named or {found for word in re.findall(r"[a-z'’]+", text) if (found := self._bare.get(plain(word)))}

    def _longest(self, match: re.Match) -> tuple[str, ...]:
        words = match[1].split(" ")
        tries = (self.regions_named(match[0] + " ".join(words[:count])) for count in range(len(words), 0, -1))
        return next(filter(None, tries), ())

    def district(self, region: str, text: str) -> str | None:
        """The code of a district of that region, or None."""
        return _found(self._districts.get(region, {}), text, _DISTRICT)

    def village(self, district: str, text: str) -> str | None:
        """The code of a village of that district, or None."""
        return _found(self._villages.get(district, {}), text, _VILLAGE)

    def knows_districts(self, region: str) -> bool:
        return region in self._districts

    def knows_villages(self, district: str) -> bool:
        return district in self._villages

    def regions_with_district(self, text: str) -> list[str]:
        """Codes of all regions that have a district of that name."""
        return [region for region in self._districts if self.district(region, text)]

    def like_district(self, region: str, text: str) -> str | None:
        """The name of the region's district that is spelled almost so, for "maksudnya …?"."""
        names = (self.districts[code][1] for code in self._districts.get(region, {}).values())
        return _alike(_DISTRICT.sub("", text), names)

    def like_region(self, text: str) -> str | None:
        """The full name of the region that is spelled almost so."""
        name = _alike(_KIND_FIRST.sub("", text), (region.name for region in self.regions.values()))
        return self.regions[self._bare[plain(name)][0]].full_name if name else None


@dataclass
class Vocabulary:
    """Everything a list may name.

    `ppks_kinds` and `disabilities` are {code: name}; `ppks_synonyms` {text: (kind codes, disability code or None)};
    `institutions` {key of the caller's choice: its names}; `trades` {code: name}.
    """

    places: Places
    ppks_kinds: Mapping[str, str] = field(default_factory=dict)
    ppks_synonyms: Mapping[str, tuple[tuple[str, ...], str | None]] = field(default_factory=dict)
    disabilities: Mapping[str, str] = field(default_factory=dict)
    disability_kind: str = "PPKS-09"
    institutions: Mapping[Hashable, Iterable[str]] = field(default_factory=dict)
    trades: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self._ppks: dict[str, tuple[tuple[str, ...], str | None]] = {}
        for code, name in self.disabilities.items():
            for written in (name, name.lower().replace("disabilitas", "tuna", 1)):
                self._ppks[_ppks_key(written)] = ((self.disability_kind,), code)
        for code, name in self.ppks_kinds.items():
            for written in (name, _BRACKETS.sub("", name), *_BRACKETS.findall(name), code):
                self._ppks[_ppks_key(written)] = ((code,), None)
        for written, meant in self.ppks_synonyms.items():
            self._ppks[_ppks_key(written)] = meant
        self._institutions = _unique(
            (alias, key) for key, names in self.institutions.items() for name in names for alias in _unit_aliases(name)
        )
        for name in ("ppks", "institution", "trade"):
            setattr(self, name, lru_cache(maxsize=4096)(getattr(self, name)))
        self._trades = _unique(
            (alias, code) for code, name in self.trades.items() for alias in _trade_aliases(code, name)
        )

    def ppks(self, text: str) -> tuple[tuple[str, ...], str | None] | None:
        """Kind codes and disability code meant by a text ("Tuna netra, fakir miskin" means two kinds), or None."""
        text = text[:_LONGEST].lower()
        if whole := self._one_ppks(text):
            return whole
        parts = [self._one_ppks(part) for part in _LIST_MARKS.split(text) if plain(part)]
        if len(parts) < 2 or None in parts:
            return None
        codes = tuple(dict.fromkeys(code for kinds, _ in parts for code in kinds))
        disabilities = {disability for _, disability in parts if disability}
        return codes, disabilities.pop() if len(disabilities) == 1 else None

    def _one_ppks(self, text: str) -> tuple[tuple[str, ...], str | None] | None:
        key = _ppks_key(text)
        for without in ("", *_PPKS_PREFIXES):
            if key.startswith(without) and (found := self._ppks.get(key.removeprefix(without))):
                return found
        return None

    def institution(self, text: str) -> Hashable | None:
        """The key of the unit (UPT) meant, or None."""
        return next((self._institutions[alias] for alias in _unit_aliases(text) if alias in self._institutions), None)

    def trade(self, text: str) -> str | None:
        """The code of the trade meant, or None: the trade is free text."""
        return self._trades.get(plain(text[:_LONGEST])) or self._trades.get(plain(_BRACKETS.sub("", text[:_LONGEST])))


def _by_owner(rows: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code, (owner, name) in rows.items():
        found.setdefault(owner, {})[plain(name)] = code
    return found


def _found(names: Mapping[str, str], text: str, prefix: re.Pattern) -> str | None:
    text = text[:_LONGEST]
    return names.get(plain(text)) or names.get(plain(prefix.sub("", text.strip())))


def _alike(text: str, names: Iterable[str]) -> str | None:
    by_key = {plain(name): name for name in names}
    close = difflib.get_close_matches(plain(text[:40]), by_key, n=1, cutoff=0.8)
    return by_key[close[0]] if close else None


def _unique(pairs: Iterable[tuple[str, Hashable]]) -> dict[str, Hashable]:
    """Aliases that mean one thing only."""
    found: dict[str, set] = {}
    for alias, key in pairs:
        found.setdefault(alias, set()).add(key)
    return {alias: next(iter(keys)) for alias, keys in found.items() if alias and len(keys) == 1}


def _ppks_key(text: str) -> str:
    return plain(text).replace("terlantar", "telantar").replace("lansia", "lanjutusia")


def _unit_aliases(name: str) -> list[str]:
    """The name with less and less in front: "UPT Rehabilitasi Sosial Bina Netra Malang" to "binanetramalang"."""
    key = plain(_NO_UNIT_WORDS.sub(" ", _BRACKETS.sub("", name[:_LONGEST].lower())))
    aliases = [key, key := key.removeprefix("upt")]
    return aliases + [key.removeprefix(prefix) for prefix in _UNIT_PREFIXES if key.startswith(prefix)]


def _trade_aliases(code: str, name: str) -> list[str]:
    without = _BRACKETS.sub("", name)
    return [plain(code), plain(name), plain(without), plain(without.split("/")[0])]
