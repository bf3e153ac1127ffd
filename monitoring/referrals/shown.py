"""What a partner office may see of a person: the kinds of data chosen for the referral that the consent still allows."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from clients.models import Person
from monitoring.progress import Category
from ppks.kit import phones, rupiah


@dataclass(frozen=True, slots=True)
class Shown:
    """`title` is the name, or the initials; `pairs` are the rest, each label and value."""

    title: str
    pairs: list[dict[str, str]]


def shown_to_partners(referrals: Iterable[int]) -> dict[int, Shown]:
    """By referral id, as PostgreSQL lets the door's user see; nothing for one whose consent was taken back."""
    with connection.cursor() as cursor:
        cursor.execute("select id, data::text from referrals_shared(%s)", [list(referrals)])
        return {pk: shown(json.loads(data)) for pk, data in cursor.fetchall() if data}


def shown(data: dict[str, Any]) -> Shown:
    """The data in words; what was not consented to is simply not there."""
    state = data.get("state")
    said = {
        "Telepon": phones.format(data["phone"]) if "phone" in data else None,
        "Alamat": data.get("address"),
        "Umur": f"{data['age']} tahun" if "age" in data else None,
        "Jenis kelamin": Person.Sex(data["sex"]).label if "sex" in data else None,
        "Disabilitas": data.get("disability"),
        "Usaha": data.get("business"),
        "Keadaan usaha": Category(state).label if state else None,
        "Omzet terakhir sebulan": rupiah.format(data["turnover"]) if "turnover" in data else None,
        "Tenaga kerja": str(data["workers"]) if "workers" in data else None,
    }
    pairs = [{"label": label, "value": value} for label, value in said.items() if value]
    return Shown(data.get("name") or data["initials"], pairs)
