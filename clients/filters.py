"""The filters that the list of people brings itself; other apps contribute theirs."""

from datetime import date

from django.db.models import Q, QuerySet

from clients.lifecycle import Status
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.listing import Filter
from ppks.regions.models import region_choices


def _in_status(people: QuerySet, code: str, day: date) -> QuerySet:
    """Today by the person's row; on an earlier day by the steps that held then."""
    if day >= dates.today():
        return people.filter(status=code)
    then = Q(status_on=code) | Q(status_on=None) if code == Status.NEW else Q(status_on=code)
    return people.with_status_on(day).filter(then)


REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda people, code, day: people.filter(region__code=code),
)
STATUS = Filter("tahap", "Tahap", lambda user: Status.choices, _in_status, in_form=False)
NIK = Filter(
    "nik", "NIK", lambda user: [("tanpa", "belum ada")], lambda people, code, day: people.without_nik(), in_form=False
)

contribute("person_filter", REGION, STATUS, NIK)
