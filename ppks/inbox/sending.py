"""Sending a notice, from a view, a job or the clock: once a key and reader, whoever asks and however often."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from ppks.accounts.models import User
from ppks.accounts.roles import ROLES


@dataclass(frozen=True, slots=True)
class Everybody:
    """All who have this role: those posted to the place `at` (a region's, institution's or office's id), or all of them."""

    role: str
    at: int | None = None


def notify(
    *,
    key: str,
    to: User | Everybody | Iterable[User | Everybody],
    text: str,
    url: str = "",
    args: Iterable[Any] = (),
) -> int:
    """Send `text` about the page `url` (a URL name) with `args` to whoever `to` names; returns how many got it anew.

    `key` names the thing and its stage; the same key reaches nobody twice. Needs an open door. No personal data beyond
    what every addressee may see: a notice outlives what it tells of.
    """
    addressees = [to] if isinstance(to, (User, Everybody)) else list(to)
    said = [text, url, [str(arg) for arg in args]]
    users = [one.pk for one in addressees if isinstance(one, User)]
    sent = _send(key, [users, "", "", None], said) if users else 0
    for one in addressees:
        if isinstance(one, Everybody):
            sent += _send(key, [[], one.role, ROLES[one.role].posted_to, one.at], said)
    return sent


def _send(key: str, readers: list[Any], said: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select inbox_notify(%s, %s::bigint[], %s, %s, %s, %s, %s, %s::text[])", [key, *readers, *said])
        return cursor.fetchone()[0]
