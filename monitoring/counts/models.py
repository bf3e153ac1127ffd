"""What the database keeps so that a figure of any day is a short sum: counts by day, and the first grant of each recipient.

Triggers of migration 0002 write both; no role may. `monitoring/counts/reading.py` reads the counts.
"""

from django.db import models
from django.db.models import DO_NOTHING, Q

from clients.models import Person
from monitoring.reach import OWN_REGION
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region

READ = dict.fromkeys((PROVINCE, REGION, AUDITOR, CLOCK), "select")


class DayCount(models.Model):
    """By how much a count changes on a day, in a region; what a count is on a day is the sum of its rows until then.

    A write adds rows of the grain `change`. Now and then these are added up by day, by month and by year, so that the sum
    until any day takes the years before it, the months of its year and the days of its month; for each region and for all of
    them together.
    """

    class Kind(models.TextChoices):
        STATE = "state"  # businesses by the year of the first grant, and of these by state
        FOUND = "found"  # businesses that need help; those that were ever visited
        FIT = "fit"  # businesses by fit of skills, and of these by state
        AFTER = "after"  # businesses so many months after the first grant, and of these by the state at that month
        VISIT = "visit"  # visits that no correction replaced, by what they found
        DUE = "due"  # visits that wait now, by the day they are expected on
        GIVEN = "given"  # the same by officer
        STAGE = "stage"  # people by their stage, as the effective days of their steps tell it
        STANDING = "standing"  # people by the stage of their last step, whatever its day
        REACHED = "reached"  # recipients so many months after the first grant
        INDEPENDENT = "independent"  # of these who was independent at that month
        SPELL = "spell"  # spells of independence that lasted so many months or would have, by what became of them
        COST = "cost"  # recipients by the year of the first grant, their rupiah, and who of them is independent

    class Grain(models.TextChoices):
        CHANGE = "change"
        DAY = "day"
        MONTH = "month"
        YEAR = "year"

    region = models.ForeignKey(  # none: all together; an index of it alone would be taken for a better one
        Region, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    kind = models.TextField(choices=Kind.choices)
    code = models.TextField()
    grain = models.TextField(choices=Grain.choices)
    day = models.DateField()  # the first one of a month or a year
    number = models.BigIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "region", "day"],
                include=["code", "number"],
                name="day_count_changes",
                condition=Q(grain="change"),
            )
        ]
        constraints = [
            Rows(name="day_count_rows", see=OWN_REGION, may=READ),
            models.UniqueConstraint(
                fields=["kind", "grain", "region", "day", "code"],
                include=["number"],
                name="day_count_once",
                condition=~Q(grain="change"),
                nulls_distinct=False,
            ),
        ]


class FirstGrant(models.Model):
    """One row for everybody who received a grant, as it is known now: its day, and the rupiah of all grants.

    `granted_on` is empty where nobody knows the year, `received` where a list tells no amount.
    """

    person = models.OneToOneField(
        Person, on_delete=DO_NOTHING, primary_key=True, db_constraint=False, related_name="first_grant"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    granted_on = models.DateField(null=True)
    received = models.BigIntegerField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [Rows(name="first_grant_rows", see=OWN_REGION, may=READ)]
