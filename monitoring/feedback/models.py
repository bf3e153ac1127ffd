"""What people say about the service without log-in: sealed, answered under a ticket, the sensitive seen by few."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from monitoring.feedback.moves import FEEDBACK, Status
from ppks.accounts.acting import ActsAs
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import ALL, CurrentUser, InSight, Rows, ScopedQuerySet
from ppks.kit.sealed import SealedField
from ppks.regions.models import Region

READ = dict.fromkeys((PROVINCE, REGION, AUDITOR), "select")
ADD = READ | dict.fromkeys((PROVINCE, REGION), "select, insert")
THROUGH = {PROVINCE: ALL, REGION: ALL, AUDITOR: ALL}
IN_SIGHT = dict.fromkeys((PROVINCE, REGION), Q(InSight("feedback", table="feedback_feedback")))
KEYS = ["secret_digest", "form_digest"]  # what only the functions behind the public pages compare


def by_oneself(column: str = "by_id") -> pgtrigger.Trigger:
    """Whoever stands in `column` is who is behind the door."""
    return pgtrigger.Trigger(
        name="is_by_oneself",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            if current_setting('ppks.user', true) <> '' and new.{column}::text <> current_setting('ppks.user', true) then
                raise 'Hanya dapat dicatat atas nama sendiri.'
                    using errcode = 'check_violation', constraint = 'feedback_by_oneself';
            end if;
            return new;
        """,
    )


class Feedback(models.Model):
    """One report. Words, name and contact are sealed; it is sensitive by its kind or because whoever wrote it asks for that."""

    class Kind(models.TextChoices):
        COMPLAINT = "complaint", "Keluhan pelayanan"
        SUGGESTION = "suggestion", "Saran"
        DATA = "data", "Data saya salah"
        DEDUCTION = "deduction", "Uang bantuan dipotong atau diminta"
        ABUSE = "abuse", "Kekerasan atau pelecehan"

    class About(models.TextChoices):
        AID = "aid", "Bantuan atau program"
        REGION = "region", "Petugas atau Dinas Sosial kab/kota"
        UPT = "upt", "Panti atau UPT"
        PROVINCE = "province", "Dinas Sosial Provinsi"
        OTHER = "other", "Lainnya"

    Status = Status
    SENSITIVE = ("deduction", "abuse")

    ticket = models.TextField(unique=True, verbose_name="nomor tiket")
    secret_digest = models.TextField()
    form_digest = models.TextField(unique=True)
    kind = models.TextField(choices=Kind.choices, verbose_name="jenis")
    about = models.TextField(choices=About.choices, verbose_name="tentang")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="kab/kota")
    wants_secrecy = models.BooleanField(default=False)
    text = SealedField(verbose_name="isi")
    name = SealedField(null=True, verbose_name="nama")
    contact = SealedField(null=True, verbose_name="kontak")
    received_at = models.DateTimeField(default=timezone.now)
    status = models.TextField(choices=Status.choices, default=Status.NEW, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    entrusted_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    is_sensitive = models.GeneratedField(
        expression=models.ExpressionWrapper(
            Q(kind__in=["deduction", "abuse"]) | Q(wants_secrecy=True), output_field=models.BooleanField()
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = "pengaduan", "pengaduan"
        indexes = [models.Index(fields=["region", "status"], name="feedback_by_region")]
        constraints = [
            Rows(
                name="feedback_rows",
                see={PROVINCE: ALL, REGION: "region", AUDITOR: ALL},
                may=READ
                | {
                    PROVINCE: "select, update (status, version, entrusted_to_id)",
                    REGION: "select, update (status, version)",
                },
                only={
                    PROVINCE: Q(is_sensitive=False) | Q(ActsAs("head")) | Q(entrusted_to=CurrentUser()),
                    REGION: Q(is_sensitive=False) & ~Q(about="region"),
                },
                hide={PROVINCE: KEYS, REGION: KEYS, AUDITOR: [*KEYS, "text", "name", "contact"]},
            ),
            models.CheckConstraint(
                name="feedback_kind_is_known",
                condition=Q(kind__in=["complaint", "suggestion", "data", "deduction", "abuse"]),
            ),
            models.CheckConstraint(
                name="feedback_about_is_known", condition=Q(about__in=["aid", "region", "upt", "province", "other"])
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_entrusted_by_the_head",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("entrusted_to_id"),
                func="""
                    if not exists (select from accounts_user actor where actor.role = 'head'
                            and actor.id::text = current_setting('ppks.user', true)) then
                        raise 'Hanya kepala dinas yang dapat menunjuk penangan.'
                            using errcode = 'check_violation', constraint = 'feedback_entrusted_by_the_head';
                    end if;
                    if new.entrusted_to_id is not null and not exists (select from accounts_user chosen
                            where chosen.id = new.entrusted_to_id and chosen.role = 'province' and chosen.is_active) then
                        raise 'Penangan harus staf provinsi yang aktif.'
                            using errcode = 'check_violation', constraint = 'feedback_entrusted_to_staff';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="tells_who_may_read_it",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    perform inbox_notify('pengaduan-' || new.id, '{}', reader.role, reader.posted_to, reader.place, reader.said,
                        'feedback_detail', array[new.id::text])
                    from (values
                        ('head', '', null, 'Laporan rahasia baru menunggu Anda.', new.is_sensitive),
                        ('province', '', null, 'Pengaduan baru menunggu.', not new.is_sensitive
                            and (new.region_id is null or new.about = 'region')),
                        ('officer', 'region', new.region_id, 'Pengaduan baru dari kab/kota Anda.', not new.is_sensitive
                            and new.region_id is not null and new.about <> 'region')
                    ) reader (role, posted_to, place, said, is_meant) where reader.is_meant;
                    return null;
                """,
            ),
            *workflow.status_triggers(initial=FEEDBACK.initial, steps="feedback_feedbackstep", by="feedback_id"),
        ]

    def __str__(self) -> str:
        return f"Tiket {self.shown_ticket}"

    @property
    def shown_ticket(self) -> str:
        """12345678 is "1234-5678"."""
        return f"{self.ticket[:4]}-{self.ticket[4:]}"

    @property
    def is_masked(self) -> bool:
        return "text" not in self.__dict__

    @property
    def is_waiting(self) -> bool:
        return self.status in {Status.NEW, Status.HANDLING}


class FeedbackStep(workflow.Step):
    """A move of a report; its note stays in the office."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(name="feedback_step_rows", see=THROUGH, may=ADD, only=IN_SIGHT, hide={AUDITOR: ["note"]}),
            models.UniqueConstraint(fields=["feedback", "version"], name="feedback_step_one_per_version"),
            *FEEDBACK.constraints("feedback_step"),
        ]
        triggers = workflow.step_triggers(subject="feedback_feedback", by="feedback_id")

    def get_target_display(self) -> str:
        return Status(self.target).label

    @property
    def is_masked(self) -> bool:
        return "note" not in self.__dict__


class Said(models.Model):
    """Words of the office about a report. Append-only."""

    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["pk"]


class FeedbackAnswer(Said):
    """For whoever sent the report: the status page shows it."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="answers")
    key = models.UUIDField(unique=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta(Said.Meta):
        constraints = [
            Rows(name="feedback_answer_rows", see=THROUGH, may=ADD, only=IN_SIGHT, hide={AUDITOR: ["text"]}),
            models.CheckConstraint(name="feedback_answer_says_something", condition=~Q(text="")),
        ]
        triggers = [by_oneself()]


class FeedbackNote(Said):
    """For the office alone."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="notes")
    key = models.UUIDField(unique=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta(Said.Meta):
        constraints = [
            Rows(name="feedback_note_rows", see=THROUGH, may=ADD, only=IN_SIGHT, hide={AUDITOR: ["text"]}),
            models.CheckConstraint(name="feedback_note_says_something", condition=~Q(text="")),
        ]
        triggers = [by_oneself()]


class ContactLook(models.Model):
    """Who opened a name and a contact, when and why. Append-only."""

    feedback = models.ForeignKey(Feedback, on_delete=models.PROTECT, related_name="looks")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="contact_look_rows", see=THROUGH, may=ADD, only=IN_SIGHT),
            models.CheckConstraint(name="contact_look_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [by_oneself()]


class Salt(models.Model):
    """What addresses are hashed with on one day; gone the next, so that no hash can be traced to an address."""

    day = models.DateField(unique=True)
    salt = models.BinaryField()

    class Meta:
        constraints = [Rows(name="feedback_salt_rows", see={}, may={})]


class Attempt(models.Model):
    """That some address sent a report or asked after one, today."""

    sender = models.BinaryField()
    act = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["act", "made_at"], name="feedback_attempt_by_time")]
        constraints = [Rows(name="feedback_attempt_rows", see={}, may={})]
