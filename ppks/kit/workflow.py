"""A state machine as data: moves in a table, one function that makes them, and triggers that accept no other way.

A model with a status has `status` and `version`, and a model of steps with a foreign key named like the subject. The
status changes only because a step was inserted; PostgreSQL checks that the table of moves permits that step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models, transaction
from django.db.models import Q

from ppks.kit import at_once, dates
from ppks.kit.prepared import prepared


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. A guard gets the object and answers with one sentence or several, or None when it holds.

    `personal` guards get (object, user): what depends on who makes the move.
    """

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: str
    guards: tuple[Callable[[Any], str | list[str] | None], ...] = ()
    needs_note: bool = False
    personal: tuple[Callable[[Any, Any], str | list[str] | None], ...] = ()

    def problems(self, subject: models.Model, by: Any) -> list[str]:
        """Why this move of `by` is closed for `subject`, one sentence each; empty when it is open."""
        answers = [guard(subject) for guard in self.guards] + [guard(subject, by) for guard in self.personal]
        return [problem for said in answers if said for problem in ([said] if isinstance(said, str) else said)]


@dataclass(frozen=True, slots=True)
class Offer:
    """A move that this user could make now, or the reasons why not yet."""

    move: Move
    reasons: list[str]

    @property
    def open(self) -> bool:
        return not self.reasons


class Workflow:
    """The moves of one kind of thing. `initial` is the status it is born with.

    `under` names the foreign key whose row is locked before the thing itself: others who change both come from there.
    """

    def __init__(self, *moves: Move, initial: str, under: str = ""):
        self.moves = {move.name: move for move in moves}
        self.initial = initial
        self.under = under

    def offers(self, user: Any, subject: models.Model) -> list[Offer]:
        """The moves that start from the subject's status and that the user's role may make."""
        return [
            Offer(move, move.problems(subject, user))
            for move in self.moves.values()
            if subject.status in move.sources and user.has_perm(move.permission)
        ]

    @transaction.atomic
    def make(
        self,
        name: str,
        subject: models.Model,
        *,
        by: Any,
        note: str = "",
        effective_on: date | None = None,
        **more: Any,
    ) -> models.Model:
        """Make one move and return its step; `subject` gets its new status. `more` are further columns of the step.

        Raises KeyError for a move not in the table, PermissionDenied, ValidationError with Indonesian sentences.
        """
        move = self.moves[name]
        if not by.has_perm(move.permission):
            raise PermissionDenied
        if self.under:
            _hold(getattr(type(subject), self.under).field, subject, by)
        current = _locked(subject, by)
        self._refuse_what_is_closed(move, current, by, note, effective_on)
        step = current.steps.create(
            version=current.version + 1,
            move=name,
            source=current.status,
            target=move.target,
            by=by,
            note=note.strip(),
            effective_on=effective_on or dates.today(),
            **more,
        )
        subject.refresh_from_db(fields=["status", "version"])
        return step

    @transaction.atomic
    def make_many(self, name: str, subjects: list[models.Model], *, by: Any, note: str = "", **more: Any) -> None:
        """One move for many subjects, in a fixed number of statements; none moves when one may not.

        Personal guards that can answer for many at once carry `of_many(subjects, by)` -> {key: sentence}. The errors
        name the subjects. Raises as `make` does.
        """
        move = self.moves[name]
        if not by.has_perm(move.permission):
            raise PermissionDenied
        if not subjects:
            return
        model = type(subjects[0])
        rows = model.objects.visible_to(by).filter(pk__in=[one.pk for one in subjects])
        current = list(rows.select_for_update(of=("self",)).order_by("pk"))
        if len(current) != len(subjects):
            raise model.DoesNotExist
        self._refuse_among(move, current, by, note)
        steps = model._meta.get_field("steps").related_model
        subject = model._meta.get_field("steps").field.name
        made = {"move": name, "target": move.target, "by": by, "note": note.strip(), "effective_on": dates.today()}
        steps.objects.bulk_create(
            steps(**{subject: one}, version=one.version + 1, source=one.status, **made, **more) for one in current
        )

    def _refuse_among(self, move: Move, subjects: list[models.Model], by: Any, note: str) -> None:
        said = [f"Tulis alasan untuk “{move.label}”."] if move.needs_note and not note.strip() else []
        for guard in move.personal:
            found = guard.of_many(subjects, by)
            said += [f"{one}: {found[one.pk]}" for one in subjects if one.pk in found]
        for one in subjects:
            if one.status not in move.sources:
                said.append(f"{one}: “{move.label}” tidak terbuka dari keadaan “{one.get_status_display()}”.")
            said += [f"{one}: {problem}" for guard in move.guards if (problem := guard(one))]
        if said:
            raise ValidationError(said)

    def _refuse_what_is_closed(
        self, move: Move, subject: models.Model, by: Any, note: str, effective_on: date | None
    ) -> None:
        if subject.status not in move.sources:
            raise ValidationError(
                f"“{move.label}” tidak terbuka dari keadaan “{subject.get_status_display()}”. Muat ulang halaman."
            )
        ProhibitNullCharactersValidator()(note)  # PostgreSQL takes none
        if move.needs_note and not note.strip():
            raise ValidationError(f"Tulis alasan untuk “{move.label}”.")
        if effective_on and effective_on > dates.today():
            raise ValidationError("Tanggal berlaku tidak boleh sesudah hari ini.")
        if problems := move.problems(subject, by):
            raise ValidationError(problems)

    def constraints(self, name: str) -> list[models.BaseConstraint]:
        """For the model of steps: only rows of the table, with a note where one is needed, effective no later than recorded."""
        rows = [
            Q(source=source, move=move.name, target=move.target)
            for move in self.moves.values()
            for source in sorted(move.sources)
        ]
        noted = [move.name for move in self.moves.values() if move.needs_note]
        return [
            models.CheckConstraint(name=f"{name}_in_table", condition=Q(*rows, _connector=Q.OR)),
            models.CheckConstraint(name=f"{name}_has_its_note", condition=~Q(move__in=noted) | ~Q(note="")),
        ]


class Step(models.Model):
    """What was done to the subject, by whom, from when on. Append-only."""

    version = models.PositiveIntegerField()
    move = models.TextField()
    source = models.TextField(blank=True)
    target = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True, default="")
    effective_on = models.DateField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["version"]


def status_triggers(*, initial: str, steps: str, by: str, many: bool = False) -> list[pgtrigger.Trigger]:
    """For the model with the status: born `initial`, changed only by a step in table `steps` that names it in column `by`.

    With `many` a list may make subjects in the status of their first step, which it writes then.
    """
    return [
        *(at_once.born_moved(initial=initial, steps=steps, by=by) if many else _born(initial)),
        pgtrigger.Trigger(
            name="status_needs_a_step",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__status__df=pgtrigger.F("new__status"))
            | pgtrigger.Q(old__version__df=pgtrigger.F("new__version")),
            func=f"""
                if not exists (
                    select from {steps} step where step.{by} = new.id and step.version = new.version
                        and new.version = old.version + 1 and step.source = old.status and step.target = new.status
                ) then
                    {at_once.NO_STEP}
                end if;
                return new;
            """,
        ),
    ]


def _born(initial: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(
            name="is_born_in_its_first_status",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=f"new.status = '{initial}'; new.version = 0; return new;",
        )
    ]


def _locked(subject: models.Model, by: Any) -> models.Model:
    """The subject as it is stored, which nobody else moves until the transaction ends. Raises DoesNotExist out of reach."""
    found = _to_lock(by, type(subject), subject.pk)
    if not found:
        raise type(subject).DoesNotExist
    return found[0]


def _hold(key: models.ForeignKey, subject: models.Model, by: Any) -> None:
    """Lock what the subject's foreign key points to until the transaction ends. Raises DoesNotExist out of reach."""
    key.related_model.objects.visible_to(by).select_for_update(of=("self",), no_key=True).only("pk").get(
        pk=getattr(subject, key.attname)
    )


@prepared
def _to_lock(user: Any, model: type[models.Model], key: int) -> models.QuerySet:
    return model.objects.visible_to(user).select_for_update(of=("self",)).filter(pk=key)


def step_triggers(*, subject: str, by: str, many: bool = False) -> list[pgtrigger.Trigger]:
    """For the model of steps: inserting one moves the subject (table `subject`, found through column `by`).

    With `many` all subjects of a statement move together, after whatever each step does by itself: for steps that
    lists bring by the thousand.
    """
    return [at_once.moves_all(subject, by) if many else _moves_one(subject, by)]


def _moves_one(subject: str, by: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="moves_its_subject",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"""
                if new.by_id::text is distinct from current_setting('ppks.user', true) then
                    {at_once.NOT_BY_ONESELF}
                end if;
                update {subject} set status = new.target, version = new.version
                    where id = new.{by} and status = new.source and version = new.version - 1;
                if not found then
                    {at_once.STALE}
                end if;
                return null;
            """,
    )
