"""Visits that are due: one open a business, closed by the visit that was made or by the step that ended the person's stay here.

Triggers of migration 0004 keep them: a visit closes the one whose time it falls in and sets the next; exit or death closes
what is open, and undoing it opens exactly that again. So it holds for visits and steps that come past Python, too. Who is
independent is visited three times more (migration 0011).
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, When
from django.db.models.functions import Coalesce

from clients.models import PersonStep
from monitoring.reach import OWN_REGION
from monitoring.schedule import LONGEST_SNOOZE, Age
from monitoring.visits import Visit
from ppks.kit import dates
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

HISTORY = {PROVINCE: ALL, REGION: "pgh_obj__region"}


class DueQuerySet(ScopedQuerySet):
    def open_on(self, day: date) -> "DueQuerySet":
        """Those that waited at the end of `day`, by what is known today, each with the day it was `expected`.

        Of several snoozes a past day knows the last only.
        """
        if day >= dates.today():
            return self.filter(closed_on=None).annotate(expected=F("expected_on"))
        then = self.filter(Q(closed_on=None) | Q(closed_on__gt=day), opens_on__lte=day)
        return then.annotate(expected=Case(When(snoozed_on__gt=day, then=F("due_on")), default=F("expected_on")))

    def aged(self, age: Age, *, on: date) -> "DueQuerySet":
        """After `open_on`: those as far past their day, or ahead of it, as `age` says."""
        return self.filter(in_age(age, on))

    def without_officer(self) -> "DueQuerySet":
        return self.filter(officer=None)


def in_age(age: Age, on: date) -> Q:
    """The condition of an age on rows that have `expected`."""
    found = Q() if age.least is None else Q(expected__lte=on - timedelta(days=age.least))
    return found if age.most is None else found & Q(expected__gte=on - timedelta(days=age.most))


def _whole_snooze() -> Q:
    longest = ExpressionWrapper(F("snoozed_on") + LONGEST_SNOOZE, output_field=models.DateField())
    within = Q(snoozed_until__gt=F("snoozed_on"), snoozed_until__lte=longest)
    return Q(snoozed_on=None, snoozed_until=None, snooze_reason="") | (within & ~Q(snooze_reason=""))


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("officer", "snoozed_until", "snooze_reason")),
    exclude=["expected_on"],
    obj_field=pghistory.ObjForeignKey(related_name="events", db_index=True),
    meta={"constraints": [Rows(name="due_visit_event_rows", see=HISTORY, may=dict.fromkeys(HISTORY, "select"))]},
)
class DueVisit(models.Model):
    """`opens_on` and `closed_on` are the days from which and until which it waited; past days are told from them."""

    class Kind(models.TextChoices):
        FIRST = "first", "Kunjungan pertama"
        GRANT = "grant", "Sesudah hibah"
        NEXT = "next", "Kunjungan berikutnya"
        WATCH = "watch", "Pantauan mandiri"

    business = models.ForeignKey("monitoring.Business", on_delete=models.PROTECT, related_name="dues", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    kind = models.TextField(choices=Kind.choices, default=Kind.FIRST)
    granted_on = models.DateField(null=True, blank=True, verbose_name="hibah diserahkan")
    watched_from = models.DateField(null=True, blank=True, verbose_name="mandiri sejak")
    due_on = models.DateField(verbose_name="jatuh tempo")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="petugas",
    )
    snoozed_on = models.DateField(null=True, editable=False)
    snoozed_until = models.DateField(null=True, blank=True, verbose_name="ditunda sampai")
    snooze_reason = models.TextField(blank=True, default="", verbose_name="alasan ditunda")
    expected_on = models.GeneratedField(
        expression=Coalesce("snoozed_until", "due_on"), output_field=models.DateField(), db_persist=True
    )
    opens_on = models.DateField()
    after = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    closed_on = models.DateField(null=True, editable=False)
    done_by = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    cancelled_by = models.ForeignKey(PersonStep, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = DueQuerySet.as_manager()

    class Meta:
        ordering = ["expected_on", "pk"]
        verbose_name, verbose_name_plural = "jadwal kunjungan", "jadwal kunjungan"
        indexes = [
            models.Index(
                fields=["expected_on", "id"],
                include=["region", "officer"],
                name="due_visit_by_day",
                condition=Q(closed_on=None),
            ),
            models.Index(
                fields=["region", "expected_on", "id"],
                include=["business", "officer"],
                name="due_visit_by_region",
                condition=Q(closed_on=None),
            ),
            models.Index(fields=["business", "opens_on", "id"], name="due_visit_by_business"),
            models.Index(fields=["region", "due_on"], name="due_visit_by_due_day"),
            models.Index(fields=["region", "closed_on"], name="due_visit_by_end"),
        ]
        constraints = [
            Rows(
                name="due_visit_rows",
                see=OWN_REGION,
                may=dict.fromkeys((AUDITOR, CLOCK), "select")
                | dict.fromkeys(
                    (PROVINCE, REGION),
                    "select, insert, update (officer_id, snoozed_on, snoozed_until, snooze_reason)",
                ),
                hide={AUDITOR: ["snooze_reason"]},
            ),
            models.UniqueConstraint(
                fields=["business"],
                include=["region", "officer"],
                condition=Q(closed_on=None),
                name="due_visit_one_open",
            ),
            models.CheckConstraint(
                name="due_visit_closed_by_something",
                condition=Q(closed_on=None, done_by=None, cancelled_by=None)
                | (Q(closed_on__gte=F("opens_on")) & ~Q(done_by=None, cancelled_by=None)),
            ),
            models.CheckConstraint(
                name="due_visit_snooze_is_whole",
                condition=_whole_snooze(),
                violation_error_message=f"Tunda paling lama {LONGEST_SNOOZE} hari, dengan alasan.",
            ),
        ]
        triggers = [
            copied("region_id", from_table="monitoring_business", by="business_id"),
            pgtrigger.Trigger(
                name="is_for_an_officer_posted_there",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("officer_id"),
                condition=pgtrigger.Q(new__officer__isnull=False),
                func="""
                    if not exists (
                        select from accounts_posting posting join accounts_user officer on officer.id = posting.user_id
                        where officer.id = new.officer_id and officer.role = 'officer' and posting.region_id =
                            (select region_id from monitoring_business where id = new.business_id)
                    ) then
                        raise 'Petugas itu tidak bertugas di kab/kota usaha ini.'
                            using errcode = 'check_violation', constraint = 'due_visit_officer_is_posted_there';
                    end if;
                    return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {dates.long(self.expected_on)}"

    def days_late(self, on: date) -> int:
        """Days past the day it was expected; below zero for ahead."""
        return (on - self.expected).days

    @property
    def is_snoozed(self) -> bool:
        return self.snoozed_until is not None


def officers_of(regions: Iterable[int]) -> dict[int, list[Any]]:
    """The officers who may be given visits, by region id, in the order of their names."""
    from django.contrib.auth import get_user_model

    posted = get_user_model().names.filter(role="officer", is_active=True, postings__region__in=list(regions))
    found: dict[int, list[Any]] = {}
    for user in posted.annotate(posted_to=F("postings__region")).order_by("full_name", "pk"):
        found.setdefault(user.posted_to, []).append(user)
    return found
