"""Why somebody is in need of services, from when until when; and disabilities, which are no need but a lasting fact."""

import pgtrigger
from django.db import models
from django.db.models import Q

from clients.reach import ADD, THROUGH_PERSON
from clients.reference import DisabilityKind, PpksKind
from ppks.audit.models import Source
from ppks.kit.rows import Rows, ScopedQuerySet


class CategoryQuerySet(ScopedQuerySet):
    def open(self) -> "CategoryQuerySet":
        """The kinds because of which somebody is in need of services now."""
        return self.filter(until_on=None)


class Category(models.Model):
    """In need of services because of a PPKS kind, from one day until another. Ended by the step to mandiri alone."""

    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="categories")
    kind = models.ForeignKey(PpksKind, on_delete=models.PROTECT, related_name="+", verbose_name="jenis PPKS")
    from_on = models.DateField(null=True, blank=True, verbose_name="sejak")
    until_on = models.DateField(null=True, blank=True, verbose_name="sampai")
    reason = models.TextField(blank=True, verbose_name="alasan")
    ended_by = models.ForeignKey(
        "clients.PersonStep", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [
            Rows(name="category_rows", see=THROUGH_PERSON, may=ADD),
            models.UniqueConstraint(fields=["person", "kind"], condition=Q(until_on=None), name="category_open_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_not_opened_for_the_independent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__until_on__isnull=True),
                func="""
                    if (select status from clients_person where id = new.person_id for share) = 'independent' then
                        raise 'Orang ini sudah mandiri. Catat dulu bahwa ia kembali memerlukan pelayanan.'
                            using errcode = 'check_violation', constraint = 'independent_without_a_kind';
                    end if;
                    return new;
                """,
            )
        ]


class Disability(models.Model):
    """A lasting fact of a person, not a need."""

    person = models.ForeignKey("clients.Person", on_delete=models.PROTECT, related_name="disabilities", db_index=False)
    kind = models.ForeignKey(DisabilityKind, on_delete=models.PROTECT, related_name="+", verbose_name="ragam")
    since_on = models.DateField(null=True, blank=True, verbose_name="sejak")
    aids = models.TextField(blank=True, verbose_name="alat bantu")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [
            Rows(
                name="disability_rows",
                see=THROUGH_PERSON,
                may=ADD,
            ),
            models.UniqueConstraint(fields=["person", "kind"], name="disability_once"),
        ]
