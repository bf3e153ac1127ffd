"""What a person agreed to, for what purpose, and that it was taken back. Both are facts: rows are added and none changes."""

import uuid
from collections.abc import Iterable
from datetime import date

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clients.consent_texts import Purpose, Shared, Text, text_of
from ppks.documents.models import Attachment
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, Rows, ScopedQuerySet

READ = dict.fromkeys((UPT, AUDITOR, CLOCK), "select")
ADD = READ | dict.fromkeys((PROVINCE, REGION), "select, insert")


class Way(models.TextChoices):
    WRITTEN = "written", "Tertulis, ditandatangani"
    THUMBPRINT = "thumbprint", "Cap jempol"
    SPOKEN = "spoken", "Lisan, dengan saksi"
    SIGNED = "signed", "Bahasa isyarat, dengan juru bahasa sebagai saksi"


WITNESSED = (Way.THUMBPRINT, Way.SPOKEN, Way.SIGNED)


class ConsentQuerySet(ScopedQuerySet):
    def in_force(self, purpose: str, on: date) -> "ConsentQuerySet":
        """Those that hold at the end of `on`: a person's newest word for the purpose, unless taken back by then."""
        later = Consent.objects.filter(person=OuterRef("person"), purpose=purpose, given_on__lte=on).filter(
            Q(given_on__gt=OuterRef("given_on")) | Q(given_on=OuterRef("given_on"), pk__gt=OuterRef("pk"))
        )
        withdrawn = ConsentWithdrawal.objects.filter(consent=OuterRef("pk"), withdrawn_on__lte=on)
        return self.filter(purpose=purpose, given_on__lte=on).exclude(Exists(later)).exclude(Exists(withdrawn))


def _honest(day: str, said: str, name: str) -> pgtrigger.Trigger:
    """Nothing is recorded ahead of its day or in somebody else's name."""
    return pgtrigger.Trigger(
        name="is_honest_about_when_and_who",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            if new.{day} > (now() at time zone 'Asia/Jakarta')::date then
                raise 'Tanggal {said} tidak boleh sesudah hari ini.'
                    using errcode = 'check_violation', constraint = '{name}_not_in_the_future';
            end if;
            if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                raise 'Hanya dapat dicatat atas nama sendiri.'
                    using errcode = 'check_violation', constraint = '{name}_by_oneself';
            end if;
            return new;
        """,
    )


class Consent(models.Model):
    """A person's word for one purpose, in the words of one version of its text. A later one takes its place."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.TextField(choices=Purpose.choices, verbose_name="untuk apa")
    text_version = models.PositiveSmallIntegerField(verbose_name="versi teks")
    shared = ArrayField(
        models.TextField(choices=Shared.choices), default=list, blank=True, verbose_name="data yang boleh diperlihatkan"
    )
    way = models.TextField(choices=Way.choices, verbose_name="cara")
    witness = models.TextField(blank=True, default="", verbose_name="saksi")
    guardian = models.TextField(blank=True, default="", verbose_name="wali")
    guardian_relation = models.TextField(blank=True, default="", verbose_name="hubungan wali")
    given_on = models.DateField(verbose_name="tanggal")
    scan = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="pindaian"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name, verbose_name_plural = "persetujuan", "persetujuan"
        indexes = [models.Index(fields=["person", "purpose", "-given_on", "-id"], name="consent_by_person")]
        constraints = [
            Rows(
                name="consent_rows",
                see={
                    PROVINCE: ALL,
                    REGION: "person__region",
                    UPT: "person__stays__institution",
                    AUDITOR: ALL,
                    CLOCK: ALL,
                },
                may=ADD,
                hide={AUDITOR: ["witness", "guardian"]},
            ),
            models.CheckConstraint(name="consent_is_for_a_known_purpose", condition=Q(purpose__in=[*Purpose.values])),
            models.CheckConstraint(
                name="consent_says_what_is_shared",
                condition=(Q(purpose=Purpose.SHARE) & ~Q(shared=[])) | (~Q(purpose=Purpose.SHARE) & Q(shared=[])),
                violation_error_message="Pilih paling sedikit satu data yang boleh diperlihatkan.",
            ),
            models.CheckConstraint(
                name="consent_shares_known_data", condition=Q(shared__contained_by=[*Shared.values])
            ),
            models.CheckConstraint(
                name="consent_way_has_its_witness",
                condition=~Q(way__in=[*WITNESSED]) | ~Q(witness=""),
                violation_error_message="Tulis nama saksinya.",
            ),
            models.CheckConstraint(
                name="consent_guardian_is_related",
                condition=Q(guardian="") | ~Q(guardian_relation=""),
                violation_error_message="Tulis hubungan wali dengan orangnya.",
            ),
        ]
        triggers = [_honest("given_on", "persetujuan", "consent")]

    def __str__(self) -> str:
        return self.get_purpose_display()

    @property
    def text(self) -> Text:
        return text_of(self.purpose, self.text_version)

    @property
    def shared_labels(self) -> list[str]:
        """What may be shown, in words, in the order of the text."""
        return [kind.label for kind in Shared if kind in self.shared]

    @property
    def is_masked(self) -> bool:
        return "witness" in self.get_deferred_fields()


class ConsentWithdrawal(models.Model):
    """A consent taken back. It ends the purpose, until the person agrees anew."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_on = models.DateField(verbose_name="dicabut tanggal")
    reason = models.TextField(verbose_name="alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_on", "-pk"]
        verbose_name, verbose_name_plural = "pencabutan persetujuan", "pencabutan persetujuan"
        constraints = [
            Rows(
                name="consent_withdrawal_rows",
                see={
                    PROVINCE: ALL,
                    REGION: "consent__person__region",
                    UPT: "consent__person__stays__institution",
                    AUDITOR: ALL,
                    CLOCK: ALL,
                },
                may=ADD,
                hide={AUDITOR: ["reason"]},
            ),
            models.CheckConstraint(name="consent_withdrawal_has_a_reason", condition=~Q(reason="")),
        ]
        triggers = [
            _honest("withdrawn_on", "pencabutan", "consent_withdrawal"),
            pgtrigger.Trigger(
                name="takes_back_what_was_given",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if new.withdrawn_on < (select given_on from clients_consent where id = new.consent_id) then
                        raise 'Tanggal pencabutan tidak boleh sebelum tanggal persetujuan.'
                            using errcode = 'check_violation', constraint = 'consent_withdrawal_after_consent';
                    end if;
                    return new;
                """,
            ),
        ]


def in_force(person, purpose: str, on: date) -> Consent | None:
    """The consent that holds for the purpose on that day, as far as the door's user reaches it."""
    return Consent.objects.in_force(purpose, on).filter(person=person).first()


def has_consent(person, purpose: str, on: date) -> bool:
    """Whether the person agreed to the purpose and has not taken it back by the end of that day."""
    return in_force(person, purpose, on) is not None


def people_with_consent(people: Iterable, purpose: str, on: date) -> set[int]:
    """The ids of those of `people` who have; one query."""
    return set(Consent.objects.in_force(purpose, on).filter(person__in=people).values_list("person", flat=True))
