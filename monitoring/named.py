"""What the lines of lists name: businesses, their people and officers by key, each asked for by a prepared question."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from clients.lists import UNSEEN
from clients.models import Person
from monitoring.models import Business
from ppks.kit.prepared import NOBODY, prepared
from ppks.regions.models import District


def with_owners(keys: Iterable[int], user: Any, day: date) -> tuple[dict[int, Business], dict[int, Person]]:
    """These businesses as they stood on `day`, and their people, by key: two queries."""
    businesses = _by_key(_businesses(user, _once(keys), day))
    return businesses, _by_key(_people(user, _once(business.person_id for business in businesses.values())))


def officers(keys: Iterable[int | None], user: Any) -> dict[int, str]:
    """How those of them are called who are named, by key: one query."""
    rows = _officers(user, _once(key for key in keys if key))
    return {key: full_name or username for key, full_name, username in rows}


def with_districts(people: list[Person]) -> list[Person]:
    """The same people with their districts: one query. Joined to a list in the order of names they cost more than the list."""
    found = _by_key(_districts(NOBODY, _once(person.district_id for person in people if person.district_id)))
    for person in people:
        if person.district_id:
            person.district = found[person.district_id]
    return people


def _once(keys: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(keys))


def _by_key(rows: list[Any]) -> dict[int, Any]:
    return {row.pk: row for row in rows}


@prepared
def _businesses(user, keys, day):
    return Business.objects.visible_to(user).as_of(day).filter(pk__in=keys).select_related("trade")


@prepared
def _people(user, keys):
    return Person.objects.visible_to(user).filter(pk__in=keys).defer(*UNSEEN, "nik").select_related("district")


@prepared
def _districts(reader, keys):
    return District.objects.filter(pk__in=keys)


@prepared
def _officers(user, keys):
    return get_user_model().names.filter(pk__in=keys).values_list("pk", "full_name", "username")
