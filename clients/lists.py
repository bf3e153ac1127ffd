"""The list of people: what its page, its figures and its files share."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from clients.models import Person
from ppks.kit.asof import asked_day
from ppks.kit.contributions import contributed
from ppks.kit.listing import Listing

UNSEEN = ("kk", "kk_index", "nik_index", "phone", "address", "birth_place", "note", "ppks_as_written")  # on a list


def people(asked: Any, day: date) -> Listing:
    """Everybody in reach whom the filters keep on `day` or the earlier one asked for, in the usual order."""
    day = asked_day(asked.GET, day)
    keys = Person.objects.all().order_for(asked.user)
    return Listing(asked, _shown, filters=contributed("person_filter"), keys=keys, day=day)


def _shown(user: Any, day: date) -> QuerySet:
    return Person.objects.visible_to(user).defer(*UNSEEN).select_related("region", "district")
