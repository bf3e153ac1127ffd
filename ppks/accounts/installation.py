"""Whether this database is a demo, so that every page can say so."""

from datetime import timedelta

from django.utils import timezone

from ppks.accounts.models import Installation

ASK_AGAIN = timedelta(
    seconds=60
)  # a demo never turns into anything else; the other way round is noticed within a minute
_known = {"is_demo": False, "asked_at": None}


def is_demo() -> bool:
    """One query a minute at most until the answer is yes, none afterwards."""
    asked_at = _known["asked_at"]
    if not _known["is_demo"] and (asked_at is None or timezone.now() - asked_at > ASK_AGAIN):
        _known.update(is_demo=Installation.objects.filter(is_demo=True).exists(), asked_at=timezone.now())
    return _known["is_demo"]


def forget() -> None:
    """Ask again at the next page (tests; the demo command)."""
    _known.update(is_demo=False, asked_at=None)
