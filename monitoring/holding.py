"""Holds a person and then a business, in the order in which the database does it too; the other way round is a deadlock."""

from clients.models import Person
from monitoring.models import Business


def hold(business: Business) -> None:
    """Nobody else writes about this business or its owner until the transaction ends. Raises DoesNotExist out of reach."""
    Person.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=business.person_id)
    Business.objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=business.pk)
