"""The two things a passer-by may do, behind functions of the owner: leave a report, and ask after it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from monitoring.feedback.models import Feedback
from monitoring.feedback.moves import Status
from monitoring.feedback.words import secret_digest, ticket_and_secret
from ppks.kit.sealed import blind_index, box

TRIES = 5  # numbers, until one is free


class TooManyReports(Exception):
    """This address, or all of them together, sent or asked too much; for now nothing is stored."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender takes along."""

    ticket: str
    secret: str

    @property
    def shown_ticket(self) -> str:
        return f"{self.ticket[:4]}-{self.ticket[4:]}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a report is, as its sender may read it."""

    kind: str
    status: str
    received_at: datetime
    changed_at: datetime
    answers: list[tuple[str, datetime]]


def _sealed(text: str) -> str | None:
    return box().encrypt(text.encode()).decode() if text else None


def leave(given: dict[str, Any], *, nonce: str, address: str) -> Receipt:
    """Store a report once; the same words from the same form are the same report. Raises TooManyReports."""
    words = json.dumps([nonce, *(str(given[name]) for name in sorted(given))])
    form = blind_index(f"feedback form {words}")
    row = {name: given[name] for name in ("kind", "about", "region", "wants_secrecy")}
    row |= {name: _sealed(given[name]) for name in ("text", "name", "contact")}
    for attempt in range(TRIES):
        ticket, secret = ticket_and_secret(form, attempt)
        row |= {"form": form, "ticket": ticket, "secret": secret_digest(ticket, secret)}
        with connection.cursor() as cursor:
            cursor.execute("select submit_feedback(%s, %s)", [address, json.dumps(row)])
            outcome = cursor.fetchone()[0]
        if outcome == "busy":
            raise TooManyReports
        if outcome != "taken":
            return Receipt(ticket, secret)
    raise TooManyReports


def ask(ticket: str, secret: str, *, address: str) -> Standing | None:
    """The report with this number and secret; None for any other pair. Raises TooManyReports."""
    with connection.cursor() as cursor:
        cursor.execute("select feedback_status(%s, %s, %s)", [address, ticket, secret_digest(ticket, secret)])
        found = json.loads(cursor.fetchone()[0])
    if found["outcome"] == "busy":
        raise TooManyReports
    if found["outcome"] == "unknown":
        return None
    received = parse_datetime(found["received_at"])
    return Standing(
        kind=Feedback.Kind(found["kind"]).label,
        status=SAID[found["status"]],
        received_at=received,
        changed_at=parse_datetime(found["changed_at"]) if found["changed_at"] else received,
        answers=[(answer["text"], parse_datetime(answer["made_at"])) for answer in found["answers"]],
    )


SAID = {
    Status.NEW: "Sudah kami terima, belum ditangani.",
    Status.HANDLING: "Sedang kami tangani.",
    Status.ANSWERED: "Sudah kami jawab.",
    Status.CLOSED: "Sudah selesai.",
}
