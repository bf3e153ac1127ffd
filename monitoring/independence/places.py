"""Where on the readiness list somebody stands, as far as it does not depend on the day; kept by triggers (migration 0004)."""

from django.db import models
from django.db.models import DO_NOTHING, Q

from clients.models import Person
from monitoring.independence.workflow import Status
from monitoring.reach import OWN_REGION
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region


class Place(models.Model):
    """One row for everybody on the list: former clients and independent people with a business."""

    person = models.OneToOneField(Person, on_delete=DO_NOTHING, primary_key=True, db_constraint=False, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", db_index=False)
    is_independent = models.BooleanField()
    proposal = models.TextField(choices=Status.choices)  # the status of the one under way; empty without one
    fell_back = models.BooleanField()  # is a former client, and was independent

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["region", "person"], include=["is_independent", "proposal"], name="place_by_region"),
            models.Index(fields=["region"], name="place_independent", condition=Q(is_independent=True)),
            models.Index(fields=["region", "proposal"], name="place_proposed", condition=~Q(proposal="")),
            models.Index(fields=["region"], name="place_fell_back", condition=Q(fell_back=True)),
        ]
        constraints = [
            Rows(name="place_rows", see=OWN_REGION, may=dict.fromkeys((PROVINCE, REGION, AUDITOR, CLOCK), "select"))
        ]
