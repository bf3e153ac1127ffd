"""Whom a meeting is for: the kab/kota that it concerns, and the people who are expected or came."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from clients import names
from monitoring.meetings.reach import EVERYWHERE, IN_MEETING, READ, only_while
from ppks.kit.computed import ComputedText
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region


class MeetingRegion(models.Model):
    """A kab/kota that a meeting concerns."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.CASCADE, related_name="invited")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["region"]
        constraints = [
            Rows(
                name="meeting_region_rows",
                see=EVERYWHERE | {REGION: "region"},
                may=READ | {PROVINCE: "select, insert, delete"},
            ),
            models.UniqueConstraint(fields=["meeting", "region"], name="meeting_region_once"),
        ]
        triggers = [
            only_while(
                "prepared",
                operation=pgtrigger.Insert | pgtrigger.Delete,
                name="meeting_regions_while_prepared",
                said="Rapat ini tidak lagi disiapkan, sehingga undangannya tidak dapat diubah.",
            )
        ]


class Participant(models.Model):
    """Somebody who is expected or came, by name and office; a user of the system or not."""

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="participants")
    name = models.TextField(verbose_name="nama")
    initials = ComputedText(of="name", compute=names.initials)
    office = models.TextField(verbose_name="kantor")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    attended = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(
                name="participant_rows",
                see=IN_MEETING,
                may=READ | {PROVINCE: "select, insert, update (attended), delete", REGION: "select, insert"},
                hide={AUDITOR: ["name"]},
            ),
            models.UniqueConstraint(
                fields=["meeting", "name", "office"],
                name="participant_once",
                violation_error_message="Peserta ini sudah ada dalam daftar.",
            ),
            models.CheckConstraint(name="participant_is_somebody", condition=~Q(name="") & ~Q(office="")),
        ]
        triggers = [
            only_while(
                "prepared",
                "held",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                name="participants_until_the_minutes",
                said="Notulen sudah ditutup; daftar peserta tidak dapat diubah.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown_name}, {self.office}"

    @property
    def shown_name(self) -> str:
        """The name, or the initials for a role whose grants leave the name out."""
        return self.name if "name" in self.__dict__ else self.initials
