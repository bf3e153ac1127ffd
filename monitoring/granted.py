"""When somebody received a first grant, and how things stood so many months after it: the same words for people and businesses.

A grant of which lists tell the year alone counts from its 31 December, as other aid does. Lists are older than this system, so
what they tell comes before what the system paid. What is known today is kept (`FirstGrant`); an earlier day is asked live.
"""

from datetime import date

from django.db import models
from django.db.models import Expression, F, Func, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from grants.models import Disbursement, PastGrant
from monitoring.counts.models import FirstGrant
from ppks.kit import dates

POINTS = (6, *range(12, 241, 12))  # months after the grant


class _LastOfYear(Func):
    """31 December of a year."""

    template = "make_date(%(expressions)s, 12, 31)"
    output_field = models.DateField()


class _MonthsLater(Func):
    """The same day so many months later; the last one of a shorter month."""

    output_field = models.DateField()

    def __init__(self, day: Expression, months: int):
        super().__init__(day, template=f"(%(expressions)s + interval '{int(months)} months')::date")


def _listed(day: date) -> models.QuerySet:
    return PastGrant.objects.order_by().filter(list_date__lte=day)


def _paid(day: date) -> models.QuerySet:
    return Disbursement.objects.order_by().filter(paid_on__lte=day).exclude(bounce__bounced_on__lte=day)


def recipients_on(day: date) -> models.QuerySet:
    """The keys of everybody who received a grant by `day`, for `in`: few among many, and found without asking each."""
    if day >= dates.today():
        return FirstGrant.objects.order_by().values("person")
    return _listed(day).values("person").union(_paid(day).values("application__person"))


def first_grant(person: str, day: date) -> Expression:
    """The day of the first grant of whom the column `person` names, as known on `day`; null without one or without its year."""
    if day >= dates.today():
        return Subquery(FirstGrant.objects.filter(person=OuterRef(person)).values("granted_on"))
    return first_grant_known_on(person, day)


def first_grant_known_on(person: str, day: date) -> Expression:
    """The same from what lists and payments until `day` tell."""
    listed = _listed(day).filter(person=OuterRef(person), year__isnull=False)
    paid = _paid(day).filter(application__person=OuterRef(person))
    return Coalesce(
        _LastOfYear(Subquery(listed.values("person").values(year=Min("year")))),
        Subquery(paid.values("application__person").values(day=Min("paid_on"))),
    )


def with_months_later(rows: models.QuerySet, person: str, months: int, day: date) -> models.QuerySet:
    """Those whose first grant is so many months old on `day`, each with the day `reached_on` on which it was."""
    granted = rows.filter(**{f"{person}__in": recipients_on(day)}).alias(granted_on=first_grant(person, day))
    return granted.annotate(reached_on=_MonthsLater(F("granted_on"), months)).filter(reached_on__lte=day)
