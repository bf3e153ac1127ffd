"""A person referred to a partner office: what is asked for, what may be shown, and what became of it."""

import uuid
from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Q, When

from clients.consent_texts import Shared
from clients.models import Consent, Person
from monitoring.models import Business
from monitoring.referrals.links import ReferralLink
from monitoring.referrals.moves import REFERRAL, ReferralStatus, silent_since
from ppks.kit import dates, workflow
from ppks.kit.roles import AUDITOR, CLOCK, PARTNER, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import PartnerOffice, Region

__all__ = ["Referral", "ReferralLink", "ReferralStep"]

READ = dict.fromkeys((AUDITOR, CLOCK), "select")


class ConsentHolds(models.Func):
    """Whether the consent was not taken back since; asks past the policies, for roles that reach no consent."""

    function = "consent_holds"
    output_field = models.BooleanField()


WHILE_CONSENTED = Q(ConsentHolds(F("consent")))


class ReferralQuerySet(ScopedQuerySet):
    def as_of(self, day: date) -> "ReferralQuerySet":
        """Those sent by `day`, each with the `state` it had at the end of it."""
        if day >= dates.today():
            return self.annotate(state=F("status"))
        then = Case(
            When(closed_on__lte=day, then=F("status")),
            When(answered_on__lte=day, then=models.Value(ReferralStatus.ACCEPTED.value)),
            default=models.Value(ReferralStatus.SENT.value),
            output_field=models.TextField(),
        )
        return self.filter(sent_on__lte=day).annotate(state=then)

    def late(self, day: date) -> "ReferralQuerySet":
        """After `as_of(day)`: those that nobody has answered for too long."""
        return self.filter(state=ReferralStatus.SENT, sent_on__lte=silent_since(day))

    def waiting(self, day: date) -> "ReferralQuerySet":
        """After `as_of(day)`: those that nobody has answered, not yet for too long."""
        return self.filter(state=ReferralStatus.SENT, sent_on__gt=silent_since(day))


class Referral(models.Model):
    """Append-only but for its status. The partner office sees it only while the consent holds."""

    class Kind(models.TextChoices):
        TRAINING = "training", "Pelatihan"
        CAPITAL = "capital", "Modal atau kredit"
        PERMIT = "permit", "Izin usaha"
        MARKET = "market", "Pemasaran"
        TOOLS = "tools", "Alat dan bahan"
        WORK = "work", "Penempatan kerja"
        HEALTH = "health", "Kesehatan"
        OTHER = "other", "Lainnya"

    Status = ReferralStatus

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals")
    business = models.ForeignKey(
        Business, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals", verbose_name="usaha"
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    office = models.ForeignKey(PartnerOffice, on_delete=models.PROTECT, related_name="+", verbose_name="kantor mitra")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="referrals")
    kind = models.TextField(choices=Kind.choices, verbose_name="bantuan yang diminta")
    asked = models.TextField(verbose_name="permintaan")
    shared = ArrayField(models.TextField(choices=Shared.choices), verbose_name="data yang diperlihatkan")
    sent_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    status = models.TextField(choices=ReferralStatus.choices, default=ReferralStatus.SENT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    answered_on = models.DateField(null=True, editable=False)  # first yes or no
    closed_on = models.DateField(null=True, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["sent_on", "pk"]
        verbose_name, verbose_name_plural = "rujukan", "rujukan"
        indexes = [
            models.Index(fields=["sent_on", "id"], name="referral_by_day"),
            models.Index(fields=["status", "sent_on", "id"], include=["region", "office"], name="referral_by_state"),
            models.Index(fields=["region", "status", "sent_on"], name="referral_by_region"),
            models.Index(fields=["office", "status", "sent_on"], name="referral_by_office"),
        ]
        constraints = [
            Rows(
                name="referral_rows",
                see={PROVINCE: ALL, REGION: "region", PARTNER: "office", AUDITOR: ALL, CLOCK: ALL},
                may=READ
                | dict.fromkeys((PROVINCE, REGION), "select, insert, update (version)")
                | {PARTNER: "select, update (version)"},  # to lock the row while answering; a trigger guards the rest
                hide={AUDITOR: ["asked"]},
                only={PARTNER: WHILE_CONSENTED},
            ),
            models.CheckConstraint(name="referral_asks_for_something", condition=~Q(asked="")),
            models.CheckConstraint(name="referral_shows_something", condition=~Q(shared=[])),
        ]
        triggers = [
            copied("region_id", from_table="clients_person", by="person_id"),
            pgtrigger.Trigger(
                name="is_covered_by_its_consent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    new.answered_on = null; new.closed_on = null;
                    new.sent_on = (now() at time zone 'Asia/Jakarta')::date;
                    perform from clients_consent where id = new.consent_id for share;
                    if not consent_holds(new.consent_id) or not exists (
                        select from clients_consent given where given.id = new.consent_id
                            and given.person_id = new.person_id and given.purpose = 'share' and new.shared <@ given.shared
                    ) then
                        raise 'Orang ini tidak (lagi) setuju data itu diperlihatkan kepada kantor mitra.'
                            using errcode = 'check_violation', constraint = 'referral_needs_consent';
                    end if;
                    if new.business_id is not null and not exists (
                        select from monitoring_business where id = new.business_id and person_id = new.person_id
                    ) then
                        raise 'Usaha itu bukan usaha orang ini.'
                            using errcode = 'check_violation', constraint = 'referral_of_ones_own_business';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Rujukan hanya dapat dikirim atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'referral_by_oneself';
                    end if;
                    return new;
                """,
            ),
            *workflow.status_triggers(initial=REFERRAL.initial, steps="referrals_referralstep", by="referral_id"),
        ]

    def __str__(self) -> str:
        return f"Rujukan nomor {self.pk}"

    def days_silent(self, on: date) -> int:
        return (on - self.sent_on).days

    @property
    def days_to_answer(self) -> int | None:
        return (self.answered_on - self.sent_on).days if self.answered_on else None

    @property
    def shared_labels(self) -> list[str]:
        return [kind.label for kind in Shared if kind in self.shared]


class ReferralStep(workflow.Step):
    """An answer, or the end of a referral. One that came by a link says by which; its user is then the system's."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    link = models.ForeignKey(ReferralLink, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="referral_step_rows",
                see={
                    PROVINCE: ALL,
                    REGION: "referral__region",
                    PARTNER: "referral__office",
                    AUDITOR: ALL,
                    CLOCK: ALL,
                },
                may=READ | dict.fromkeys((PROVINCE, REGION, PARTNER), "select, insert"),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["referral", "version"], name="referral_step_one_per_version"),
            *REFERRAL.constraints("referral_step"),
        ]
        triggers = [
            *workflow.step_triggers(subject="referrals_referral", by="referral_id"),
            pgtrigger.Trigger(
                name="is_told_to_the_sender",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="""
                    update referrals_referral set
                        answered_on = case when new.move in ('accept', 'reject')
                            then coalesce(answered_on, new.effective_on) else answered_on end,
                        closed_on = case when new.target <> 'accepted' then new.effective_on end
                    where id = new.referral_id;
                    perform inbox_notify('referral:' || sent.id || ':' || new.version, array[sent.by_id], '', '', null,
                        'Rujukan nomor ' || sent.id || ' ke ' || office.name || ': ' || case new.target
                            when 'accepted' then 'diterima.' when 'rejected' then 'ditolak.'
                            when 'done' then 'selesai.' else 'ditarik.' end,
                        'referral_detail', array[sent.id::text])
                    from referrals_referral sent join regions_partneroffice office on office.id = sent.office_id
                    where sent.id = new.referral_id and sent.by_id <> new.by_id;
                    return null;
                """,
            ),
        ]

    @property
    def is_masked(self) -> bool:
        return "note" in self.get_deferred_fields()
