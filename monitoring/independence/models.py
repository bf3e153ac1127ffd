"""Readiness as the database keeps it, the graduation of a person with its steps, and the facts beside them."""

import pgtrigger
from django.db import models
from django.db.models import Q

from clients.models import Person
from monitoring.independence.facts import Agreement, Certificate, HomeVisit, Proposal, Relapse
from monitoring.independence.places import Place
from monitoring.independence.readiness import Readiness
from monitoring.independence.spans import GraduationQuerySet
from monitoring.independence.workflow import GRADUATION, OPEN, PARTS, Status
from monitoring.reach import OWN_REGION
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

__all__ = [
    "Agreement",
    "Certificate",
    "Graduation",
    "GraduationStep",
    "HomeVisit",
    "Place",
    "Proposal",
    "Readiness",
    "Relapse",
]

PART_OF = " ".join(f"when '{move}' then '{part}'" for move, part in PARTS.items())


class Graduation(models.Model):
    """One spell: from the proposal to independence, and to the relapse that ends it. Its days are kept by triggers."""

    Status = Status

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="graduations")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    status = models.TextField(choices=Status.choices, default=Status.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    decided_on = models.DateField(null=True, editable=False, verbose_name="ditetapkan mandiri")
    ended_on = models.DateField(null=True, editable=False, verbose_name="kembali")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GraduationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name, verbose_name_plural = "usulan mandiri", "usulan mandiri"
        indexes = [
            models.Index(fields=["person", "-id"], name="graduation_by_person"),
            models.Index(fields=["status", "region"], include=["person"], name="graduation_by_status"),
            models.Index(fields=["decided_on", "id"], name="graduation_by_decision", condition=~Q(decided_on=None)),
        ]
        constraints = [
            Rows(
                name="graduation_rows",
                see=OWN_REGION,
                # one column may be updated, so that a row can be locked; its trigger lets nobody change it by hand
                may=dict.fromkeys((AUDITOR, CLOCK), "select")
                | dict.fromkeys((PROVINCE, REGION), "select, insert, update (version)"),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status__in=sorted(OPEN)), name="graduation_one_open",
                violation_error_message="Sudah ada usulan mandiri yang berjalan untuk orang ini.",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(status=Status.INDEPENDENT), name="graduation_one_independent"
            ),
        ]  # fmt: skip
        triggers = [
            copied("region_id", from_table="clients_person", by="person_id"),
            pgtrigger.Trigger(
                name="begins_undecided",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="new.decided_on = null; new.ended_on = null; return new;",
            ),
            *workflow.status_triggers(
                initial=GRADUATION.initial, steps="independence_graduationstep", by="graduation_id"
            ),
            pgtrigger.Trigger(
                name="waits_for_its_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="perform monitoring_hold_person(new.person_id); return new;",
            ),
            pgtrigger.Trigger(
                name="tells_who_may_be_proposed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),
                func="perform independence_reconsider(array[new.person_id]); return null;",
            ),
        ]

    def __str__(self) -> str:
        return f"Usulan mandiri, {self.get_status_display().lower()}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class GraduationStep(workflow.Step):
    """What was done, by whom. Before it counts the database asks for four eyes, fresh evidence and the visit."""

    graduation = models.ForeignKey(Graduation, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="graduation_step_rows",
                see={PROVINCE: ALL, REGION: "graduation__region", AUDITOR: ALL, CLOCK: ALL},
                may=dict.fromkeys((AUDITOR, CLOCK), "select") | dict.fromkeys((PROVINCE, REGION), "select, insert"),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["graduation", "version"], name="graduation_step_one_per_version"),
            *GRADUATION.constraints("graduation_step"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="has_four_eyes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    perform from independence_graduation where id = new.graduation_id for update;
                    if exists (
                        select from independence_graduationstep made
                        where made.graduation_id = new.graduation_id and made.by_id = new.by_id
                            and case made.move {PART_OF} end <> case new.move {PART_OF} end
                    ) then
                        raise 'Satu orang hanya memegang satu bagian: mengusulkan, memverifikasi, atau memutuskan.'
                            using errcode = 'check_violation', constraint = 'graduation_four_eyes';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="has_its_evidence",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="perform independence_check_step(new.graduation_id, new.move, new.by_id, new.effective_on); return new;",
            ),
            *workflow.step_triggers(subject="independence_graduation", by="graduation_id"),
            pgtrigger.Trigger(
                name="takes_effect",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__move__in=["decide", "relapse"]),
                func="""
                    perform independence_take_effect(new.graduation_id, new.move, new.by_id, new.effective_on, new.note);
                    return null;
                """,
            ),
        ]

    @property
    def label(self) -> str:
        return GRADUATION.moves[self.move].label
