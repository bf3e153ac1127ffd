"""Sealed fields: encrypted at rest, found only through a keyed index, shown only masked unless somebody asks for more."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import checks
from django.db import models

HIDDEN = "*" * 8
SHOWN_AT_EACH_END = 4


@lru_cache(maxsize=4)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """The keys of FIELD_KEYS: the first seals, every one opens, so keys can be rotated."""
    return _box(tuple(settings.FIELD_KEYS))


def blind_index(text: str) -> str:
    """The same text always gives the same 64 hex digits, which say nothing without FIELD_INDEX_KEY."""
    return hmac.digest(settings.FIELD_INDEX_KEY.encode(), text.encode(), hashlib.sha256).hex()


class Sealed:
    """A secret that hides itself wherever it is printed; `.reveal()` is the one way to its plain text.

    Deliberately no `str`: joining, slicing or dumping it to JSON by accident is a TypeError, not a leak.
    """

    __slots__ = ("_plain",)

    def __init__(self, plain: str):
        self._plain = plain

    def reveal(self) -> str:
        """The plain text. Call it only where the reason is written down."""
        return self._plain

    @property
    def masked(self) -> str:
        """`3522********0001`; all stars when it is too short to hide anything otherwise."""
        if len(self._plain) <= 2 * SHOWN_AT_EACH_END:
            return HIDDEN
        return f"{self._plain[:SHOWN_AT_EACH_END]}{HIDDEN}{self._plain[-SHOWN_AT_EACH_END:]}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"<Sealed {self.masked}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and hmac.compare_digest(self._plain.encode(), other._plain.encode())

    def __hash__(self) -> int:
        return hash(self._plain)


class SealedField(models.TextField):
    """Plain text in Python (as `Sealed`), a Fernet token in the database. Compare through a blind index, never directly."""

    def from_db_value(self, value, expression, connection):
        if value is None:
            return None
        try:
            return Sealed(box().decrypt(value.encode()).decode())
        except InvalidToken as error:
            raise ValueError(
                f"{self.model._meta.label}.{self.name}: FIELD_KEYS holds no key that opens this value."
            ) from error

    def to_python(self, value):
        return value if value is None or isinstance(value, Sealed) else Sealed(value)

    def get_prep_value(self, value):
        if value is None or value == "":
            return None
        plain = value.reveal() if isinstance(value, Sealed) else str(value)
        return box().encrypt(plain.encode()).decode()

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise TypeError(f"{self.name} is sealed: look it up through its blind index.")

    def check(self, **kwargs):
        found = super().check(**kwargs)
        if self.unique or self.db_index:
            found.append(
                checks.Error("A sealed field cannot be indexed; index its blind index.", obj=self, id="ppks.E003")
            )
        return found
