"""What people say and what is seen on the way to independence: agreements, proposals, home visits, relapses. Append-only."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from clients.models import Person, PpksKind
from monitoring.schedule import add_months
from ppks.documents.models import Paper
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet

FRESH_MONTHS = 6  # as rule 1 has it; a test compares
ADD = dict.fromkeys((AUDITOR, CLOCK), "select") | dict.fromkeys((PROVINCE, REGION), "select, insert")
THROUGH_GRADUATION = {PROVINCE: ALL, REGION: "graduation__region", AUDITOR: ALL, CLOCK: ALL}


def by_oneself(day: str) -> pgtrigger.Trigger:
    """A trigger that refuses a row in somebody else's name, or whose column `day` lies ahead."""
    return pgtrigger.Trigger(
        name="is_honest_about_when_and_who",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            if new.{day} > (now() at time zone 'Asia/Jakarta')::date then
                raise 'Tanggal tidak boleh sesudah hari ini.'
                    using errcode = 'check_violation', constraint = 'independence_not_in_the_future';
            end if;
            if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                raise 'Hanya dapat dicatat atas nama sendiri.'
                    using errcode = 'check_violation', constraint = 'independence_by_oneself';
            end if;
            return new;
        """,
    )


class Fact(models.Model):
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True


class Agreement(Fact):
    """Whether the person wants to be called independent, as said on a day; the newest word holds."""

    class Way(models.TextChoices):
        WRITTEN = "written", "Tertulis, ditandatangani"
        THUMB = "thumb", "Cap jempol"
        SPOKEN = "spoken", "Lisan di depan saksi"
        SIGNED = "signed", "Bahasa isyarat di depan saksi"
        GUARDIAN = "guardian", "Melalui wali atau pendamping"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    said_on = models.DateField(verbose_name="tanggal")
    agrees = models.BooleanField(verbose_name="bersedia")
    way = models.TextField(choices=Way.choices, verbose_name="dinyatakan secara")
    witness = models.TextField(blank=True, verbose_name="saksi atau wali")

    class Meta:
        ordering = ["-said_on", "-pk"]
        verbose_name, verbose_name_plural = "kesediaan", "kesediaan"
        indexes = [models.Index(fields=["person", "-said_on", "-id"], name="agreement_by_person")]
        constraints = [
            Rows(
                name="agreement_rows",
                see={PROVINCE: ALL, REGION: "person__region", AUDITOR: ALL, CLOCK: ALL},
                may=ADD,
                hide={AUDITOR: ["witness"]},
            ),
            models.CheckConstraint(
                name="agreement_has_its_witness",
                condition=Q(way__in=["written", "thumb"]) | ~Q(witness=""),
                violation_error_message="Tulis siapa saksi atau walinya.",
            ),
            models.UniqueConstraint(
                fields=["person", "said_on", "agrees", "way", "witness"],
                name="agreement_once",
                violation_error_message="Jawaban yang sama sudah tersimpan; tidak dicatat dua kali.",
            ),
        ]
        triggers = [by_oneself("said_on")]


class Proposal(Fact):
    """The rule's answer as it was proposed, with all that went in. A graduation that was returned is proposed anew."""

    graduation = models.ForeignKey("independence.Graduation", on_delete=models.PROTECT, related_name="proposals")
    on = models.DateField()
    rule = models.PositiveSmallIntegerField()
    inputs = models.JSONField()
    reasons = ArrayField(models.TextField())
    evidence_on = models.DateField(verbose_name="bukti tertua")

    class Meta:
        ordering = ["-pk"]
        constraints = [Rows(name="proposal_rows", see=THROUGH_GRADUATION, may=ADD)]
        triggers = [by_oneself("on")]

    def is_stale_on(self, day) -> bool:
        """Whether its oldest evidence is more than six months old."""
        return add_months(self.evidence_on, FRESH_MONTHS) < day


class HomeVisit(Fact):
    """What a second person found at the person's home."""

    graduation = models.ForeignKey("independence.Graduation", on_delete=models.PROTECT, related_name="home_visits")
    visited_on = models.DateField(verbose_name="tanggal kunjungan rumah")
    met = models.TextField(verbose_name="bertemu siapa")
    findings = models.TextField(verbose_name="temuan")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(name="home_visit_rows", see=THROUGH_GRADUATION, may=ADD, hide={AUDITOR: ["met", "findings"]}),
            models.CheckConstraint(name="home_visit_tells_something", condition=~Q(met="") & ~Q(findings="")),
        ]
        triggers = [
            by_oneself("visited_on"),
            pgtrigger.Trigger(
                name="is_not_by_the_proposer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if exists (
                        select from independence_proposal where graduation_id = new.graduation_id and by_id = new.by_id
                    ) then
                        raise 'Kunjungan rumah harus oleh orang selain pengusul.'
                            using errcode = 'check_violation', constraint = 'home_visit_by_somebody_else';
                    end if;
                    return new;
                """,
            ),
        ]

    @property
    def is_masked(self) -> bool:
        return "findings" in self.get_deferred_fields()


class Relapse(Fact):
    """Because of which kind somebody who was independent is in need of services again."""

    graduation = models.OneToOneField("independence.Graduation", on_delete=models.PROTECT, related_name="fallback")
    kind = models.ForeignKey(PpksKind, on_delete=models.PROTECT, related_name="+", verbose_name="jenis PPKS")
    on = models.DateField()

    class Meta:
        ordering = ["-pk"]
        constraints = [Rows(name="relapse_rows", see=THROUGH_GRADUATION, may=ADD)]
        triggers = [by_oneself("on")]


class Certificate(Fact):
    """The paper that a decision came with. A relapse revokes it, so that who checks its code is not misled."""

    graduation = models.OneToOneField("independence.Graduation", on_delete=models.PROTECT, related_name="certificate")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()

    class Meta:
        ordering = ["-pk"]
        constraints = [Rows(name="certificate_rows", see=THROUGH_GRADUATION, may=ADD)]
        triggers = [by_oneself("on")]
