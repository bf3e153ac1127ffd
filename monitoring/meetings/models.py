"""A consolidation meeting: when, where and for whom, who came, and what it has to speak about."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from clients.models import Person
from monitoring.meetings.moves import MEETING, MeetingStatus
from monitoring.meetings.outcomes import Decision, DecisionStep, Input
from monitoring.meetings.people import MeetingRegion, Participant
from monitoring.meetings.reach import EVERYWHERE, IN_MEETING, OWN_OR_COMMON, READ, TURN, only_while
from ppks.documents.models import Paper
from ppks.kit import workflow
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet
from ppks.regions.models import Region

__all__ = ["AgendaItem", "Decision", "DecisionStep", "Input", "Meeting", "MeetingRegion", "MeetingStep", "Participant"]

MANUAL = "sendiri"  # the kind of an item that somebody wrote, where others come from what waits


class Meeting(models.Model):
    """Whom it concerns is said by its invited kab/kota, all of them for the whole province."""

    class Scope(models.TextChoices):
        PROVINCE = "province", "Seluruh provinsi"
        REGIONS = "regions", "Beberapa kab/kota"

    Status = MeetingStatus

    title = models.TextField(verbose_name="nama rapat")
    held_on = models.DateField(verbose_name="tanggal")
    begins_at = models.TimeField(null=True, blank=True, verbose_name="pukul")
    place = models.TextField(verbose_name="tempat")
    scope = models.TextField(choices=Scope.choices, default=Scope.PROVINCE, verbose_name="untuk")
    status = models.TextField(choices=MeetingStatus.choices, default=MeetingStatus.PREPARED, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    key = models.UUIDField(unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, null=True, editable=False, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]
        verbose_name, verbose_name_plural = "rapat", "rapat"
        indexes = [models.Index(fields=["held_on", "id"], name="meeting_by_day")]
        constraints = [
            Rows(
                name="meeting_rows",
                see=EVERYWHERE | {REGION: "invited__region"},
                may=READ | {PROVINCE: "select, insert, update"},
            ),
            models.CheckConstraint(name="meeting_has_a_title_and_a_place", condition=~Q(title="") & ~Q(place="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_announced_while_prepared",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("title", "held_on", "begins_at", "place", "scope"),
                func="""
                    if old.status <> 'prepared' then
                        raise 'Rapat ini tidak lagi disiapkan, sehingga tidak dapat diubah.'
                            using errcode = 'check_violation', constraint = 'meeting_changes_while_prepared';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="has_one_paper_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("paper_id"),
                func="""
                    if old.paper_id is not null or new.status <> 'minuted' then
                        raise 'Notulen terbit sekali, saat ditutup.'
                            using errcode = 'check_violation', constraint = 'meeting_paper_once';
                    end if;
                    return new;
                """,
            ),
            *workflow.status_triggers(initial=MEETING.initial, steps="meetings_meetingstep", by="meeting_id"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_prepared(self) -> bool:
        return self.status == MeetingStatus.PREPARED

    @property
    def is_held(self) -> bool:
        return self.status == MeetingStatus.HELD

    @property
    def takes_inputs(self) -> bool:
        """Before and during, not after."""
        return self.is_prepared or self.is_held

    @property
    def is_for_all(self) -> bool:
        return self.scope == self.Scope.PROVINCE


class MeetingStep(workflow.Step):
    """A move of a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="steps")

    objects = ScopedQuerySet.as_manager()

    class Meta(workflow.Step.Meta):
        constraints = [
            Rows(
                name="meeting_step_rows",
                see=IN_MEETING,
                may=READ | {PROVINCE: "select, insert"},
                hide={AUDITOR: ["note"]},
            ),
            models.UniqueConstraint(fields=["meeting", "version"], name="meeting_step_one_per_version"),
            *MEETING.constraints("meeting_step"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="leaves_no_input_without_an_answer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=f"""
                    perform {TURN}(hashtext('meetings_meeting'), new.meeting_id::integer);
                    if new.move = 'minute' and exists (
                        select from meetings_input said where said.meeting_id = new.meeting_id and said.outcome = ''
                    ) then
                        raise 'Masih ada masukan yang belum diberi tindak lanjut.'
                            using errcode = 'check_violation', constraint = 'meeting_answers_every_input';
                    end if;
                    return new;
                """,
            ),
            *workflow.step_triggers(subject="meetings_meeting", by="meeting_id"),
        ]

    def get_target_display(self) -> str:
        return MeetingStatus(self.target).label

    @property
    def is_masked(self) -> bool:
        return "note" not in self.__dict__


class AgendaItem(models.Model):
    """A subject of a meeting. Before it begins only what somebody wrote, placed or left out; then everything, as it stood.

    The person is named by the page, for the eyes that may see the name; the item's own words leave it out.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    kind = models.TextField()
    key = models.BigIntegerField(null=True)
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    title = models.TextField(verbose_name="hal")
    text = models.TextField(blank=True, default="", verbose_name="keterangan")
    link = models.TextField(blank=True, default="")
    position = models.PositiveIntegerField(null=True)
    is_dropped = models.BooleanField(default=False)
    dropped_reason = models.TextField(blank=True, default="")
    discussion = models.TextField(blank=True, default="", verbose_name="hasil pembahasan")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            Rows(
                name="agenda_item_rows",
                see=IN_MEETING,
                may=READ | {PROVINCE: "select, insert, update, delete"},
                only=OWN_OR_COMMON,
                hide={AUDITOR: ["text", "dropped_reason", "discussion"]},
            ),
            models.UniqueConstraint(
                fields=["meeting", "kind", "key"],
                name="agenda_item_once",
                violation_error_message="Hal ini sudah ada dalam agenda.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "title"],
                condition=Q(kind=MANUAL),
                name="agenda_item_written_once",
                violation_error_message="Hal ini sudah ada dalam agenda.",
            ),
            models.CheckConstraint(name="agenda_item_says_something", condition=~Q(title="")),
            models.CheckConstraint(
                name="agenda_item_dropped_with_a_reason",
                condition=Q(is_dropped=False, dropped_reason="") | (Q(is_dropped=True) & ~Q(dropped_reason="")),
                violation_error_message="Tulis alasan mengapa hal ini dilepas dari agenda.",
            ),
        ]
        triggers = [
            only_while(
                "prepared",
                operation=pgtrigger.Insert
                | pgtrigger.Delete
                | pgtrigger.UpdateOf(
                    "meeting_id",
                    "kind",
                    "key",
                    "region_id",
                    "person_id",
                    "title",
                    "text",
                    "link",
                    "position",
                    "is_dropped",
                    "dropped_reason",
                ),
                name="agenda_is_frozen",
                said="Rapat sudah dimulai; agendanya tidak dapat diubah lagi.",
            ),
            only_while(
                "held",
                operation=pgtrigger.UpdateOf("discussion"),
                name="discussion_while_held",
                said="Hasil pembahasan dicatat selama rapat berlangsung, sebelum notulen ditutup.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
