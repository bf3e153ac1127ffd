"""The list of people: what its page, its figures and its files share."""

from datetime import date
from typing import Any

from clients.models import Person
from ppks.kit.contributions import contributed
from ppks.kit.listing import Listing


def people(asked: Any, day: date) -> Listing:
    """Everybody in reach whom the filters keep, in the usual order."""
    rows = Person.objects.visible_to(asked.user).select_related("region", "district")
    return Listing(asked, rows, filters=contributed("person_filter"), keys=rows.order_for(asked.user), day=day)
