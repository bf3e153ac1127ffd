"""What the preview read of a file is kept, sealed, for the writing: opening it takes a fifteenth of reading the file again.

Only the reading: what it means is compared with the database anew. It counts for nothing once anything is otherwise that it
depends on: the file, the office's headings, the answers, the day, the reference tables, the shape of what is kept.
"""

import io
import pickle
import zlib
from collections.abc import Mapping
from typing import Any

from ppks.intake.about_people import FactRow
from ppks.intake.desk.sealing import seal, unseal
from ppks.intake.models import Import
from ppks.intake.results import Reading, Recipient
from ppks.intake.words import vocabulary
from ppks.kit import dates
from ppks.kit.sealed import blind_index

SHAPE = Reading.__slots__, Recipient.__slots__, FactRow.__slots__
MADE_OF = frozenset(
    {
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("ppks.intake.about_people", "FactRow"),
        ("ppks.intake.headings", "Heading"),
        ("ppks.intake.results", "Problem"),
        ("ppks.intake.results", "Reading"),
        ("ppks.intake.results", "Recipient"),
    }
)


def basis_of(listing: Import, mapping: Mapping[str, str], region: str | None) -> str:
    """Differs as soon as the file might be read another way."""
    words = vocabulary()
    places = words.places.regions, words.places.districts, words.places.villages
    named = words.ppks_kinds, words.ppks_synonyms, words.disabilities, words.institutions, words.trades
    told = listing.sha256, listing.kind, sorted(mapping.items()), region, listing.as_of, dates.today()
    return blind_index(repr((SHAPE, told, [sorted(each.items()) for each in (*places, *named)])))


def keep_reading(reading: Reading, basis: str) -> bytes:
    """Sealed: it holds the people's numbers."""
    return seal(zlib.compress(pickle.dumps((basis, reading), pickle.HIGHEST_PROTOCOL), 1))


def kept_reading(sealed: bytes | memoryview | None, basis: str) -> Reading | None:
    """None when nothing is kept, or what is kept was read on another basis."""
    if sealed is None:
        return None
    its_basis, reading = _Opened(io.BytesIO(zlib.decompress(unseal(sealed)))).load()
    return reading if its_basis == basis else None


class _Opened(pickle.Unpickler):
    """Makes nothing but what a reading is made of."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in MADE_OF:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
