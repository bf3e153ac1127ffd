"""The person: known to one region, with an identity, a way through the service, and a history nobody can rewrite."""

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from clients import names
from clients.consents import Consent, ConsentWithdrawal
from clients.deciles import Decile
from clients.household import HouseholdFact
from clients.lifecycle import LIFECYCLE, PRESENT, Status
from clients.needs import Category, Disability
from clients.reach import ADD, READ, THROUGH_PERSON
from clients.reference import DisabilityKind, PpksKind, PpksSynonym
from ppks.audit.models import Source
from ppks.kit import workflow
from ppks.kit.computed import ComputedText, index_of
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION, UPT
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, Today, copied, rows_of
from ppks.kit.sealed import SealedField
from ppks.regions.models import District, Institution, Region, Village

__all__ = [
    "Category",
    "Consent",
    "ConsentWithdrawal",
    "Decile",
    "Disability",
    "DisabilityKind",
    "HouseholdFact",
    "Person",
    "PersonStep",
    "PpksKind",
    "PpksSynonym",
    "Stay",
]

PERSONAL = [
    "name",
    "name_key",
    "nik",
    "nik_index",
    "kk",
    "kk_index",
    "phone",
    "address",
    "birth_place",
    "birth_date",
    "note",
]


class PersonQuerySet(ScopedQuerySet):
    def in_order(self) -> "PersonQuerySet":
        return self.order_by("name_key", "pk")

    def order_for(self, user) -> tuple[str, ...]:
        """The columns of the usual order; for a role that may not read names, without them."""
        hidden = rows_of(self.model).hide.get(user.role_entry.enters, ())
        return ("pk",) if "name_key" in hidden else ("name_key", "pk")

    def present(self) -> "PersonQuerySet":
        """Those who can be visited: neither moved away, deceased nor lost."""
        return self.filter(status__in=[*PRESENT, Status.NEW])

    def without_nik(self) -> "PersonQuerySet":
        return self.exclude(nik_status=Person.NikStatus.PRESENT)

    def with_status_on(self, day) -> "PersonQuerySet":
        """Each with `status_on`: the status that held at the end of `day`, by what is known today; None before the first step."""
        steps = PersonStep.objects.filter(person=OuterRef("pk"), effective_on__lte=day).order_by(
            "-effective_on", "-version"
        )
        return self.annotate(status_on=Subquery(steps.values("target")[:1]))


def _history(name: str, path: str):
    see = {PROVINCE: ALL, REGION: path}
    meta = {"constraints": [Rows(name=name, see=see, may=dict.fromkeys(see, "select"))]}
    by_row = pghistory.ObjForeignKey(related_name="events", db_index=True)
    return pghistory.track(obj_field=by_row, meta=meta, level=pghistory.Statement)  # lists bring people by the thousand


@_history("person_event_rows", "pgh_obj__region")
class Person(models.Model):
    class Sex(models.TextChoices):
        FEMALE = "P", "Perempuan"
        MALE = "L", "Laki-laki"

    class NikStatus(models.TextChoices):
        PRESENT = "ada", "Ada"
        NONE = "belum_ada", "Belum ada"
        PENDING = "sedang_diurus", "Sedang diurus"

    Status = Status

    name = models.TextField(verbose_name="nama")
    name_key = ComputedText(of="name", compute=names.key, db_collation="C")
    initials = ComputedText(of="name", compute=names.initials)
    identity = models.ForeignKey("self", on_delete=models.PROTECT, related_name="records", editable=False)
    nik = SealedField(null=True, blank=True, verbose_name="NIK")
    nik_index = ComputedText(of="nik", compute=index_of, null=True)
    nik_status = models.TextField(choices=NikStatus.choices, default=NikStatus.NONE, verbose_name="keadaan NIK")
    kk = SealedField(null=True, blank=True, verbose_name="nomor KK")
    kk_index = ComputedText(of="kk", compute=index_of, null=True)
    sex = models.TextField(choices=Sex.choices, blank=True, verbose_name="jenis kelamin")
    birth_place = models.TextField(blank=True, verbose_name="tempat lahir")
    birth_date = models.DateField(null=True, blank=True, verbose_name="tanggal lahir")
    phone = models.TextField(blank=True, verbose_name="telepon")
    address = models.TextField(blank=True, verbose_name="alamat")
    village = models.ForeignKey(
        Village, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="desa/kelurahan"
    )
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kecamatan"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="kab/kota"
    )
    ppks_as_written = models.TextField(blank=True, verbose_name="jenis PPKS seperti ditulis")
    note = models.TextField(blank=True, verbose_name="catatan")
    status = models.TextField(choices=Status.choices, default=Status.NEW, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name_key", "pk"]
        verbose_name, verbose_name_plural = "orang", "orang"
        indexes = [
            models.Index(fields=["name_key", "id"], name="person_by_name"),
            models.Index(fields=["region", "name_key", "id"], name="person_by_region_and_name"),
            models.Index(fields=["region", "status"], include=["id"], name="person_by_region_and_stage"),
            models.Index(fields=["kk_index"], name="person_by_kk", condition=Q(kk_index__isnull=False)),
            models.Index(fields=["id"], name="person_without_nik", condition=~Q(nik_status="ada")),
            models.Index(
                fields=["name_key", "id"],
                include=["region"],
                name="person_independent",
                condition=Q(status=Status.INDEPENDENT),
            ),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="person_name_trigrams"),
        ]
        constraints = [
            Rows(
                name="person_rows",
                see={PROVINCE: ALL, REGION: "region", UPT: "stays__institution", AUDITOR: ALL, CLOCK: ALL},
                may=READ | dict.fromkeys((PROVINCE, REGION), "select, insert, update"),
                hide={AUDITOR: PERSONAL},
            ),
            models.UniqueConstraint(
                fields=["nik_index"], name="person_nik_once", violation_error_message="NIK ini sudah terdaftar."
            ),
            models.CheckConstraint(name="person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="person_nik_status_is_true",
                condition=Q(nik_status="ada", nik_index__isnull=False)
                | (~Q(nik_status="ada") & Q(nik_index__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_its_own_identity_at_first",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="if new.identity_id is null then new.identity_id = new.id; end if; return new;",
            ),
            *workflow.status_triggers(initial=LIFECYCLE.initial, steps="clients_personstep", by="person_id", many=True),
            pgtrigger.Trigger(
                name="is_independent_without_a_kind",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Q(new__status=Status.INDEPENDENT),
                func="""
                    if exists (select from clients_category where person_id = new.id and until_on is null) then
                        raise 'Orang yang mandiri tidak boleh masih tercatat dalam jenis PPKS yang terbuka.'
                            using errcode = 'check_violation', constraint = 'independent_without_a_kind';
                    end if;
                    return new;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The name, or the initials for a role whose grants leave the name out."""
        return self.initials if self.is_masked else self.name

    @property
    def is_masked(self) -> bool:
        return "name" not in self.__dict__


class PersonStep(workflow.Step):
    """A move in a person's lifecycle, with the region it happened in."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="steps", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        indexes = [models.Index(fields=["effective_on"], name="person_step_by_day")]
        constraints = [
            Rows(
                name="person_step_rows",
                see=THROUGH_PERSON,
                may=ADD,
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["person", "version"], name="person_step_one_per_version"),
            *LIFECYCLE.constraints("person_step"),
        ]
        triggers = [
            copied("region_id", from_table="clients_person", by="person_id"),
            *workflow.step_triggers(subject="clients_person", by="person_id", many=True),
        ]

    def get_target_display(self) -> str:
        return Status(self.target).label


class Stay(models.Model):
    """A time in a UPT. A unit sees its people while they stay and until six months after."""

    class Precision(models.TextChoices):
        DAY = "day", "Tanggal"
        YEAR = "year", "Tahun saja"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="stays")
    institution = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name="UPT",
    )
    institution_as_written = models.TextField(blank=True, verbose_name="UPT seperti ditulis")
    admitted_on = models.DateField(null=True, blank=True, verbose_name="masuk")
    left_on = models.DateField(null=True, blank=True, verbose_name="keluar")
    left_precision = models.TextField(choices=Precision.choices, default=Precision.DAY)
    in_sight_until = models.GeneratedField(
        expression=models.ExpressionWrapper(models.F("left_on") + 183, output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    training = models.TextField(blank=True, verbose_name="pelatihan")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-left_on", "-pk"]
        indexes = [models.Index(fields=["institution", "in_sight_until"], name="stay_by_institution")]
        constraints = [
            Rows(
                name="stay_rows",
                see={PROVINCE: ALL, REGION: "person__region", UPT: "institution", AUDITOR: ALL, CLOCK: ALL},
                may=ADD,
                only={UPT: Q(in_sight_until=None) | Q(in_sight_until__gte=Today())},
            ),
            models.CheckConstraint(
                name="stay_ends_after_it_begins",
                condition=Q(admitted_on=None) | Q(left_on=None) | Q(left_on__gte=models.F("admitted_on")),
                violation_error_message="Tanggal keluar tidak boleh sebelum tanggal masuk.",
            ),
            models.CheckConstraint(
                name="stay_is_somewhere", condition=~Q(institution=None) | ~Q(institution_as_written="")
            ),
        ]
