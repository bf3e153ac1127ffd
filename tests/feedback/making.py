"""Reports for tests: left through the public door's function, or carried some way by the office."""

import secrets
from typing import Any

from monitoring.feedback.models import Feedback
from monitoring.feedback.moves import FEEDBACK
from monitoring.feedback.public import Receipt, leave
from ppks.kit.doors import PasserBy
from tests.office import door
from tests.people import BOJONEGORO

WORDS = "Mesin jahit saya rusak sejak bulan lalu."


def received(**given: Any) -> Receipt:
    """What the sender takes along, from an address of its own unless `address` says otherwise."""
    address, nonce = given.pop("address", secrets.token_hex(8)), given.pop("nonce", secrets.token_hex(8))
    words = {"kind": "complaint", "about": "aid", "region": BOJONEGORO, "wants_secrecy": False, "text": WORDS}
    with door(PasserBy(), write=True):
        return leave(words | {"name": "", "contact": ""} | given, nonce=nonce, address=address)


def report(**given: Any) -> Feedback:
    """A new report as it is stored."""
    return Feedback.objects.get(ticket=received(**given).ticket)


def moved(of: Feedback, *moves: str, by: Any, note: str = "Sudah diperiksa.") -> Feedback:
    with door(by, write=True):
        for move in moves:
            FEEDBACK.make(move, of, by=by, note=note)
    return Feedback.objects.get(pk=of.pk)
