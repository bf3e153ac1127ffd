"""What people say in a meeting, what became of it, and what was decided: by whom to be done and until when."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from monitoring.meetings.moves import DECISION, DecisionStatus
from monitoring.meetings.reach import EVERYWHERE, IN_MEETING, OWN_OR_COMMON, READ, by_oneself, only_while
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region


class Decision(models.Model):
    """Without owner and day it is not one. Its words never change; it is done, dropped or opened again."""

    Status = DecisionStatus

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(
        "meetings.AgendaItem", on_delete=models.PROTECT, null=True, related_name="decisions", verbose_name="agenda"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    what = models.TextField(verbose_name="keputusan")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="penanggung jawab"
    )
    owner_office = models.TextField(blank=True, default="", verbose_name="kantor penanggung jawab")
    due_on = models.DateField(verbose_name="paling lambat")
    status = models.TextField(choices=DecisionStatus.choices, default=DecisionStatus.OPEN, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    key = models.UUIDField(unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name, verbose_name_plural = "keputusan rapat", "keputusan rapat"
        indexes = [
            models.Index(fields=["due_on", "id"], name="decision_open_by_day", condition=Q(status="open")),
        ]
        constraints = [
            Rows(
                name="decision_rows",
                see=IN_MEETING,
                may=READ
                | {
                    PROVINCE: "select, insert, update (status, version)",
                    REGION: "select, update (status, version)",
                },
                only=OWN_OR_COMMON,
            ),
            models.CheckConstraint(
                name="decision_has_an_owner",
                condition=Q(owner__isnull=False) | ~Q(owner_office=""),
                violation_error_message="Keputusan perlu penanggung jawab: pilih pengguna atau tulis kantornya.",
            ),
            models.CheckConstraint(
                name="decision_says_something",
                condition=~Q(what=""),
                violation_error_message="Tulis keputusannya.",
            ),
        ]
        triggers = [
            only_while(
                "held",
                operation=pgtrigger.Insert,
                name="decisions_while_held",
                said="Keputusan dicatat selama rapat berlangsung, sebelum notulen ditutup.",
            ),
            by_oneself("by_id", name="decision_by_oneself", said="Keputusan hanya dapat dicatat atas nama sendiri."),
            *workflow.status_triggers(initial=DECISION.initial, steps="meetings_decisionstep", by="decision_id"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner_said(self) -> str:
        """Who answers for it, in words."""
        return ", ".join(filter(None, [str(self.owner) if self.owner_id else "", self.owner_office]))

    def is_overdue(self, day) -> bool:
        return self.status == DecisionStatus.OPEN and self.due_on < day


class DecisionStep(workflow.Step):
    """A move of a decision. A kab/kota makes them for its own; those for all are the province's."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="decision_step_rows",
                see=EVERYWHERE | {REGION: "region"},
                may=READ | dict.fromkeys((PROVINCE, REGION), "select, insert"),
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["decision", "version"], name="decision_step_one_per_version"),
            *DECISION.constraints("decision_step"),
        ]
        triggers = [
            copied("region_id", from_table="meetings_decision", by="decision_id"),
            *workflow.step_triggers(subject="meetings_decision", by="decision_id"),
        ]

    def get_target_display(self) -> str:
        return DecisionStatus(self.target).label

    @property
    def is_masked(self) -> bool:
        return "note" not in self.__dict__


class Input(models.Model):
    """What a participant brought forward. Its words never change; what became of it is added."""

    class Theme(models.TextChoices):
        CAPITAL = "capital", "Modal dan keuangan"
        MARKET = "market", "Pemasaran"
        SKILL = "skill", "Keterampilan dan pelatihan"
        TOOLS = "tools", "Alat dan bahan"
        PERMIT = "permit", "Izin dan sertifikat"
        MENTORING = "mentoring", "Pendampingan dan kunjungan"
        FAMILY = "family", "Kesehatan dan keluarga"
        DATA = "data", "Data dan administrasi"
        OFFICES = "offices", "Kerja sama antarkantor"
        OTHER = "other", "Lainnya"

    class Outcome(models.TextChoices):
        DECIDED = "decided", "Menjadi keputusan"
        NOTED = "noted", "Dicatat"
        DECLINED = "declined", "Tidak dilanjutkan"

    meeting = models.ForeignKey("meetings.Meeting", on_delete=models.PROTECT, related_name="inputs")
    participant = models.ForeignKey(
        "meetings.Participant", on_delete=models.PROTECT, related_name="inputs", verbose_name="dari"
    )
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tentang kab/kota"
    )
    theme = models.TextField(choices=Theme.choices, verbose_name="tema")
    text = models.TextField(verbose_name="masukan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    key = models.UUIDField(unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    outcome = models.TextField(choices=Outcome.choices, blank=True, default="", verbose_name="tindak lanjut")
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="inputs", verbose_name="keputusan"
    )
    outcome_reason = models.TextField(blank=True, default="", verbose_name="alasan")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name, verbose_name_plural = "masukan rapat", "masukan rapat"
        constraints = [
            Rows(
                name="input_rows",
                see=IN_MEETING,
                may=READ
                | {
                    PROVINCE: "select, insert, update (outcome, decision_id, outcome_reason)",
                    REGION: "select, insert",
                },
                only=OWN_OR_COMMON,
                hide={AUDITOR: ["text", "outcome_reason"]},
            ),
            models.CheckConstraint(name="input_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="input_outcome_is_whole",
                condition=Q(outcome__in=["", "noted"], decision=None)
                | Q(outcome="decided", decision__isnull=False)
                | (Q(outcome="declined", decision=None) & ~Q(outcome_reason="")),
                violation_error_message="Pilih keputusannya, atau tulis alasan mengapa tidak dilanjutkan.",
            ),
        ]
        triggers = [
            only_while(
                "prepared",
                "held",
                operation=pgtrigger.Insert,
                name="inputs_until_the_minutes",
                said="Notulen sudah ditutup; masukan tidak dapat ditambah.",
            ),
            only_while(
                "held",
                operation=pgtrigger.Update,
                name="input_outcomes_while_held",
                said="Tindak lanjut masukan dicatat selama rapat berlangsung, sebelum notulen ditutup.",
            ),
            by_oneself("by_id", name="input_by_oneself", said="Masukan hanya dapat dicatat atas nama sendiri."),
            pgtrigger.Trigger(
                name="begins_without_an_answer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="new.outcome = ''; new.decision_id = null; new.outcome_reason = ''; return new;",
            ),
            pgtrigger.Trigger(
                name="belongs_together",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    if not exists (select from meetings_participant participant
                            where participant.id = new.participant_id and participant.meeting_id = new.meeting_id)
                        or (new.decision_id is not null and not exists (select from meetings_decision decision
                            where decision.id = new.decision_id and decision.meeting_id = new.meeting_id)) then
                        raise 'Peserta dan keputusan harus dari rapat yang sama.'
                            using errcode = 'check_violation', constraint = 'input_of_one_meeting';
                    end if;
                    return new;
                """,
            ),
        ]

    @property
    def is_masked(self) -> bool:
        return "text" not in self.__dict__

    @property
    def outcome_label(self) -> str:
        return self.get_outcome_display() or "Belum ditindaklanjuti"
