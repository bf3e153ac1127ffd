"""People by the year of their first grant, who of them was independent so many months after it, and what they received.

Filters of the list of people; roles that reach neither grants nor graduations are offered none of them.
"""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce, ExtractYear, TruncDate

from grants.models import Entry, PastGrant
from monitoring.filters import NO_YEAR, grant_years
from monitoring.granted import POINTS, first_grant, recipients_on, with_months_later
from monitoring.independence.models import Graduation
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.listing import Filter

SEE = "monitoring.view_business"
INDEPENDENT, ANY = "mandiri", "semua"
K = Entry.Kind


def recipients(people: QuerySet, day: date) -> QuerySet:
    """Those who received a grant by `day`, each with `grant_year`, None where nobody knows it."""
    return people.filter(pk__in=recipients_on(day)).annotate(grant_year=ExtractYear(first_grant("pk", day)))


def after_grant(people: QuerySet, months: int, day: date) -> QuerySet:
    """Those whose first grant is so many months old on `day`, each with `was_independent` at that month."""
    reached = with_months_later(people, "pk", months, day)
    spells = Graduation.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=OuterRef("reached_on")),
        person=OuterRef("pk"),
        decided_on__lte=OuterRef("reached_on"),
    )
    return reached.annotate(was_independent=Exists(spells))


def with_received(people: QuerySet, day: date) -> QuerySet:
    """After `recipients`: each with `received`, the rupiah of all grants by `day`; None where a list tells no amount."""
    if day >= dates.today():
        return people.annotate(received=F("first_grant__received"))
    listed = PastGrant.objects.order_by().filter(person=OuterRef("pk"), list_date__lte=day)
    entries = Entry.objects.order_by().annotate(posted_on=TruncDate("posted_at"))
    entries = entries.filter(application__person=OuterRef("pk"), posted_on__lte=day)
    signed = Case(
        When(kind=K.DISBURSE, then=F("amount")),
        When(Q(kind=K.RETURN) | Q(kind=K.REVERSE, reverses__kind=K.DISBURSE), then=-F("amount")),
        default=0,
        output_field=BigIntegerField(),
    )
    past = Subquery(listed.values("person").values(n=Sum("amount")))
    money = Subquery(entries.values("application__person").values(n=Sum(signed)), output_field=BigIntegerField())
    known = Coalesce(past, 0, output_field=BigIntegerField()) + Coalesce(money, 0)
    unknown = Exists(listed.filter(amount=None))
    return people.annotate(received=Case(When(~unknown, then=known), default=None, output_field=BigIntegerField()))


def _years(user: Any) -> list[tuple[str, str]]:
    return [(ANY, "tahun mana pun"), *grant_years(user)] if user.has_perm(SEE) else []


def _months(user: Any) -> list[tuple[str, str]]:
    if not user.has_perm(SEE):
        return []
    found = []
    for months in POINTS:
        found += [(f"{months}", f"{months} bulan"), (f"{months}-{INDEPENDENT}", f"{months} bulan, mandiri")]
    return found


def _of_year(people: QuerySet, code: str, day: date) -> QuerySet:
    found = recipients(people, day)
    return found if code == ANY else found.filter(grant_year=None if code == NO_YEAR else int(code))


def _after(people: QuerySet, code: str, day: date) -> QuerySet:
    months, _, outcome = code.partition("-")
    reached = after_grant(people, int(months), day)
    return reached.filter(was_independent=True) if outcome else reached


def _with_value(people: QuerySet, code: str, day: date) -> QuerySet:
    found = with_received(recipients(people, day), day)
    return found.exclude(received=None) if code == "tercatat" else found.filter(received=None)


YEAR = Filter("hibah", "Tahun hibah pertama", _years, _of_year, in_form=False)
AFTER = Filter("sesudah", "Sesudah hibah", _months, _after, in_form=False)
RECEIVED = Filter(
    "nilai",
    "Nilai hibah",
    lambda user: [("tercatat", "tercatat"), ("belum", "belum tercatat")] if user.has_perm(SEE) else [],
    _with_value,
    in_form=False,
)
contribute("person_filter", YEAR, AFTER, RECEIVED)
