"""The list of people: what its page, its figures and its files share."""

from datetime import date
from typing import Any

from clients.models import Person
from ppks.kit.asof import asked_day
from ppks.kit.contributions import contributed
from ppks.kit.listing import Listing

UNSEEN = ("kk", "kk_index", "nik_index", "phone", "address", "birth_place", "note", "ppks_as_written")  # on a list


def people(asked: Any, day: date) -> Listing:
    """Everybody in reach whom the filters keep on `day` or the earlier one asked for, in the usual order."""
    day = asked_day(asked.GET, day)
    rows = Person.objects.visible_to(asked.user).defer(*UNSEEN).select_related("region", "district")
    return Listing(asked, rows, filters=contributed("person_filter"), keys=rows.order_for(asked.user), day=day)
