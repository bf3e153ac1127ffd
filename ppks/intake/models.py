"""An import from upload to undoing, how far its job is, the headings an office calls its own, and what imports change."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.db.models.functions import Now

from ppks.audit.models import Source
from ppks.intake.stages import KINDS, STAGES, Choice, Stage, stage_trigger
from ppks.kit.roles import APP, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet
from ppks.regions.models import Region

OFFICE = {PROVINCE: ALL, REGION: "office"}
KEPT = timedelta(days=7)  # file, preview and left-over rows
OLD = Q(asked_at__lt=Now() - KEPT)
SEALED = ("upload", "reading", "report", "rest")
BOOLEAN = models.BooleanField()


class ImportQuerySet(ScopedQuerySet):
    def within_reach(self, user) -> "ImportQuerySet":
        """What this user may open: an import shows people of every region that its uploader answers for."""
        found = self.visible_to(user)
        return found.filter(reach__contained_by=user.reach) if user.reach else found

    def light(self) -> "ImportQuerySet":
        """Without the sealed columns, which are large, but with whether there are any (`has_upload`, `has_rest`)."""
        has = {
            f"has_{name}": ExpressionWrapper(Q(**{f"{name}__isnull": False}), BOOLEAN) for name in ("upload", "rest")
        }
        return self.defer(*SEALED).annotate(**has)


class Import(models.Model):
    """One upload. File, what was read of it, preview and the rows left over are sealed, and emptied when they have served.

    `office` is the kab/kota whose import it is, none for the province; `region` is where people live whose row does
    not say it. `attempt` counts the jobs, so that a job which was given up cannot end what a later one does.
    """

    Stage, Choice = Stage, Choice

    kind = models.TextField(choices=KINDS)
    name = models.TextField()
    sha256 = models.TextField()
    office = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    reach = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    as_of = models.DateField(null=True)

    stage = models.TextField(choices=STAGES, default=Stage.READING)
    attempt = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(auto_now_add=True)
    choice = models.TextField(choices=Choice.choices, blank=True, default="")
    failure = models.TextField(blank=True, default="")
    is_stale = models.BooleanField(default=False)

    list_date = models.DateField(null=True)
    people = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)

    upload = models.BinaryField(null=True)
    reading = models.BinaryField(null=True)
    report = models.BinaryField(null=True)
    rest = models.BinaryField(null=True)

    source = models.OneToOneField(Source, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    undo_reason = models.TextField(blank=True, default="")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["office", "-id"], name="import_by_office")]
        constraints = [
            Rows(
                name="import_rows",
                see=OFFICE | {CLOCK: ALL},
                may=dict.fromkeys(OFFICE, "select, insert, update")
                | {CLOCK: "select, update (stage, upload, reading, report, rest, finished_at)"},
                only={CLOCK: OLD},
            ),
            models.CheckConstraint(
                name="import_keeps_no_upload",
                condition=Q(upload=None, reading=None) | ~Q(stage__in=sorted(Stage.settled)),
            ),
            models.CheckConstraint(
                name="import_undone_has_its_reason",
                condition=~Q(stage=Stage.UNDONE) | (~Q(undo_reason="") & Q(undone_at__isnull=False, source=None)),
            ),
        ]
        triggers = [stage_trigger()]

    def __str__(self) -> str:
        return self.name

    @property
    def is_working(self) -> bool:
        """A job is at it, or will be, or was when its worker died."""
        return self.stage in Stage.working

    @property
    def may_be_dropped(self) -> bool:
        return self.stage not in Stage.settled


class Progress(models.Model):
    """How far the job of an import is; written beside the job's own transaction, in the bare role."""

    listing = models.OneToOneField(Import, on_delete=models.PROTECT, primary_key=True, related_name="+")
    phase = models.TextField(blank=True, default="")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(
                name="import_progress_rows",
                see={PROVINCE: ALL, REGION: "listing__office", APP: ALL},
                may=dict.fromkeys(OFFICE, "select, insert, update") | {APP: "select, update"},
            )
        ]


class OwnHeading(models.Model):
    """What an office means by a heading that this program does not know; an empty field leaves the column out."""

    office = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.TextField(choices=KINDS)
    text = models.TextField()
    field = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(name="own_heading_rows", see=OFFICE, may=dict.fromkeys(OFFICE, "select, insert, update")),
            models.UniqueConstraint(
                fields=["office", "kind", "text"], name="own_heading_once_an_office", nulls_distinct=False
            ),
        ]


class Trace(models.Model):
    """What undoing an import needs and its rows do not tell: a row's values before and after, or the rows that a statement made.

    Written by triggers, read by `undo_import`; no role reaches it, since it holds personal data.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    table_name = models.TextField()
    row = models.BigIntegerField(null=True)
    made = ArrayField(models.BigIntegerField(), null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["table_name", "row"], name="trace_by_row"),
        ]
        constraints = [
            Rows(name="trace_rows", see={}, may={}),
            models.CheckConstraint(
                name="trace_of_a_row_or_of_many",
                condition=Q(row__isnull=False, before__isnull=False, made__isnull=True)
                | Q(row__isnull=True, before__isnull=True, made__isnull=False),
            ),
        ]
