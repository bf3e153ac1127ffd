"""One box: a 16-digit number is a NIK or KK, other digits a phone, letters a name. Answers only within the user's reach."""

from typing import Any

from django.db import connection
from django.db.models import Q

from clients import names
from clients.models import Person, PersonQuerySet
from ppks.kit import phones
from ppks.kit.computed import index_of

MOST = 50


def find_people(text: str, user: Any) -> PersonQuerySet:
    """At most MOST people, in order of name; needs an open door."""
    people = Person.objects.visible_to(user).select_related("region", "district").in_order()
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    if len(digits) == 16:
        index = index_of(digits)
        return people.filter(Q(nik_index=index) | Q(kk_index=index))[:MOST]
    if digits and not any(c.isalpha() for c in text):
        return people.filter(phone=_phone(text))[:MOST]
    return people.filter(pk__in=_by_name(text))


def _phone(text: str) -> str:
    try:
        return phones.parse(text)
    except ValueError:
        return "-"  # a number that is no phone matches nobody


def _by_name(text: str) -> list[int]:
    words = list(names.words(text))
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from search_people(%s, %s)", [words, MOST])
        return [row[0] for row in cursor.fetchall()]
