"""What a visit found beside its figures: obstacles, aid items, permits, photos. Append-only, reached through the visit."""

from django.db import models
from django.db.models import Q

from monitoring.reach import ADD, THROUGH_VISIT
from monitoring.reference import Obstacle
from monitoring.visits import Visit
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet


class VisitObstacle(models.Model):
    """What holds the business back, and how much."""

    class Severity(models.IntegerChoices):
        LIGHT = 1, "Ringan"
        MEDIUM = 2, "Sedang"
        HEAVY = 3, "Berat"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="obstacles")
    obstacle = models.ForeignKey(Obstacle, on_delete=models.PROTECT, related_name="+")
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    note = models.TextField(blank=True, default="")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-severity", "pk"]
        constraints = [
            Rows(name="visit_obstacle_rows", see=THROUGH_VISIT, may=ADD, hide={AUDITOR: ["note"]}),
            models.UniqueConstraint(fields=["visit", "obstacle"], name="visit_obstacle_once"),
            models.CheckConstraint(name="visit_obstacle_severity_is_known", condition=Q(severity__range=(1, 3))),
        ]


class VisitAid(models.Model):
    """What became of one item of the aid, by the name that the first visit gave it."""

    class State(models.TextChoices):
        USED = "used", "Dipakai"
        STORED = "stored", "Disimpan"
        BROKEN = "broken", "Rusak"
        LENT = "lent", "Dipinjamkan"
        SOLD = "sold", "Dijual"
        LOST = "lost", "Hilang"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="aids")
    name = models.TextField()
    state = models.TextField(choices=State.choices)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            Rows(name="visit_aid_rows", see=THROUGH_VISIT, may=ADD),
            models.UniqueConstraint(fields=["visit", "name"], name="visit_aid_once"),
            models.CheckConstraint(name="visit_aid_has_a_name", condition=~Q(name="")),
        ]


class VisitPermit(models.Model):
    """Whether the business had a permit on that day, and until when."""

    class Kind(models.TextChoices):
        NIB = "nib", "NIB"
        PIRT = "pirt", "PIRT"
        HALAL = "halal", "Sertifikat halal"
        BPJS = "bpjs", "BPJS Ketenagakerjaan"

    class State(models.TextChoices):
        HELD = "held", "Ada"
        PENDING = "pending", "Sedang diurus"
        NONE = "none", "Belum ada"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="permits")
    kind = models.TextField(choices=Kind.choices)
    state = models.TextField(choices=State.choices)
    valid_until = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="visit_permit_rows", see=THROUGH_VISIT, may=ADD),
            models.UniqueConstraint(fields=["visit", "kind"], name="visit_permit_once"),
            models.CheckConstraint(
                name="visit_permit_ends_only_if_held", condition=Q(valid_until=None) | Q(state="held")
            ),
        ]


class VisitPhoto(models.Model):
    """A picture taken on the visit. `name` is random and names the file; a correction may name the same one again."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="photos")
    name = models.TextField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["name"], name="visit_photo_by_name")]
        constraints = [
            Rows(  # faces and homes: not for the masked auditor
                name="visit_photo_rows",
                see={PROVINCE: ALL, REGION: "visit__region", CLOCK: ALL},
                may=dict.fromkeys((PROVINCE, REGION), "select, insert") | {CLOCK: "select"},
            ),
            models.UniqueConstraint(fields=["visit", "name"], name="visit_photo_once"),
        ]
