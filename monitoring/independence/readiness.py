"""Until when each condition of the rule holds, kept by triggers, so that a list of a million people need not judge them all.

Evidence grows old without anybody writing; so days are kept, not answers. The rule itself is `rule.py`; the database
computes the same days (migration 0002), and a property test compares the two.
"""

from datetime import date

from django.db import models
from django.db.models import Q

from clients.models import Person
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

NEVER = date.min  # until when a condition holds that does not
DAYS_OF_NEARLY = [
    "ready_until",
    "aid_from",
    "business_until",
    "income_until",
    "agreed_until",
]  # tell who lacks one thing


class ReadinessQuerySet(ScopedQuerySet):
    def candidates(self) -> "ReadinessQuerySet":
        """Former clients with a business whom nobody has proposed."""
        return self.filter(is_candidate=True)

    def ready(self, day: date) -> "ReadinessQuerySet":
        """Those who lack nothing on `day` but the home visit, which comes with the verification."""
        return self.filter(_ready(day))

    def nearly(self, day: date) -> "ReadinessQuerySet":
        """Those who lack exactly one thing beside it."""
        return self.filter(_all_but_one(day)).exclude(_ready(day))

    def ready_or_nearly(self, day: date) -> "ReadinessQuerySet":
        """Those who lack at most one thing beside it."""
        return self.filter(_all_but_one(day) | _ready(day))


def _ready(day: date) -> Q:
    return Q(ready_until__gte=day, aid_from__lte=day)


def _all_but_one(day: date) -> Q:
    others = Q(business_until__gte=day, income_until__gte=day, agreed_until__gte=day)
    return (Q(aid_from__gt=day) & others | Q(aid_from__lte=day)) & Q(nearly_until__gte=day)


class Readiness(models.Model):
    """One row for everybody whose household or agreement was ever recorded; without one at least two things are lacking."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    business_until = models.DateField(default=NEVER)
    income_until = models.DateField(default=NEVER)
    aid_from = models.DateField(default=NEVER)
    aid_until = models.DateField(default=NEVER)
    agreed_until = models.DateField(default=NEVER)
    ready_until = models.DateField(default=NEVER)  # the first of these days to come
    nearly_until = models.DateField(default=NEVER)  # the second
    is_candidate = models.BooleanField(default=False)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["ready_until", "person"],
                include=["region", "aid_from"],
                name="readiness_ready",
                condition=Q(is_candidate=True),
            ),
            models.Index(
                fields=["region", "ready_until"],
                include=["person", "aid_from"],
                name="readiness_ready_by_region",
                condition=Q(is_candidate=True),
            ),
            models.Index(
                fields=["nearly_until", "person"],
                include=["region", *DAYS_OF_NEARLY],
                name="readiness_nearly",
                condition=Q(is_candidate=True),
            ),
            models.Index(
                fields=["region", "nearly_until"],
                include=["person", *DAYS_OF_NEARLY],
                name="readiness_by_region",
                condition=Q(is_candidate=True),
            ),
        ]
        constraints = [
            Rows(
                name="readiness_rows",
                see={PROVINCE: ALL, REGION: "region", AUDITOR: ALL, CLOCK: ALL},
                may=dict.fromkeys((PROVINCE, REGION, AUDITOR, CLOCK), "select"),
            )
        ]
