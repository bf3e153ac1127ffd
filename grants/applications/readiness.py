"""Which applications are filled in, as a condition the database answers: `completeness.lacks` for many at once."""

from datetime import date

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from grants.applications.documents import has_its_papers
from grants.applications.plan import BudgetItem, BusinessPlan


def _planned() -> Coalesce:
    """The sum of the budget plan of each row."""
    items = BudgetItem.objects.filter(application=OuterRef("pk")).order_by().values("application")
    total = items.annotate(sum=Sum("total")).values("sum")
    return Coalesce(Subquery(total, output_field=BigIntegerField()), 0)


def is_filled(day: date) -> Q:
    """Nothing is missing in it, and its call is open on the day; whether the person is eligible is asked one by one."""
    return (
        Q(Exists(BusinessPlan.objects.filter(application=OuterRef("pk"))))
        & Q(requested__gt=0, requested=_planned())
        & Q(requested__lte=F("call__line__programme__maximum"))
        & Q(has_its_papers())
        & Q(call__opens_on__lte=day, call__closes_on__gte=day)
    )
