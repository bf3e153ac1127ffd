"""What is typed for a plan: its causes, its goal and its steps; later one step, how it ended, or another goal."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from monitoring.plans.models import Plan, PlanAction, Suggestion
from monitoring.reference import Obstacle
from ppks.kit import dates
from ppks.kit.forms import DayField

OWN_ROWS = 3  # steps in one's own words
FARTHEST = timedelta(days=730)
SHORTEST = 5
NOBODY = ("", "tidak ada, dikerjakan kantor itu")
NO_OWNER = "Pilih penanggung jawab, atau tulis kantor yang mengerjakan."


def people_of(region: int) -> dict[str, Any]:
    """Who may answer for a step in this kab/kota, by key, in the order of their names."""
    posted = get_user_model().names.filter(is_active=True, postings__region=region)
    return {str(user.pk): user for user in posted.order_by("full_name", "pk")}


def _words(label: str, *, longest: int, rows: int, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=SHORTEST,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        **kwargs,
    )


def _goal() -> forms.CharField:
    return _words(
        "Tujuan",
        longest=500,
        rows=2,
        help_text="Dengan kata sendiri, misalnya “Omzet kembali ke Rp1.800.000 sebelum Lebaran”.",
        error_messages={"required": "Tulis apa yang ingin dicapai."},
    )


def _check_day(day: date | None) -> str | None:
    if day and day < dates.today():
        return "Pilih hari ini atau sesudahnya."
    if day and day > dates.today() + FARTHEST:
        return "Paling lama dua tahun lagi."
    return None


@dataclass(frozen=True, slots=True)
class Row:
    """A step on the form: its bound fields, and the suggestion that it comes from."""

    suggestion: Suggestion | None
    take: Any
    fields: list[Any]
    is_open: bool  # unfolded, because something in it is wrong


class PlanForm(forms.Form):
    """The whole plan at once: usual steps against its causes to tick, and room for one's own."""

    goal = _goal()
    causes = forms.MultipleChoiceField(
        label="Sebab", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Pilih sedikitnya satu sebab."}
    )

    def __init__(self, *args, region: int, obstacles: Iterable[Obstacle], found: set[str], by: Any, **kwargs):
        """`obstacles` are all that may be chosen, those in `found` are ticked and bring their suggestions.

        Who plans is proposed for what an officer does, if posted there.
        """
        super().__init__(*args, **kwargs)
        self.obstacles = {obstacle.code: obstacle for obstacle in obstacles}
        self.people, self.by = people_of(region), str(by.pk)
        first = [one for code, one in self.obstacles.items() if code in found]
        others = [one for code, one in self.obstacles.items() if code not in found]
        self.fields["causes"].choices = [(one.code, str(one)) for one in [*first, *others]]
        self.suggestions = list(Suggestion.objects.current().filter(obstacle__in=first).order_by("obstacle_id", "pk"))
        if not self.is_bound:
            self.initial["causes"] = [one.code for one in first]
        self.names = [self._suggested(suggestion) for suggestion in self.suggestions]
        self.names += [self._own(f"own_{number}") for number in range(1, OWN_ROWS + 1)]

    def _suggested(self, suggestion: Suggestion) -> str:
        name = f"s{suggestion.pk}"
        self.fields[f"{name}_take"] = forms.BooleanField(label=suggestion.action, required=False)
        due_on = dates.today() + timedelta(days=suggestion.days)
        owner = self.by if suggestion.done_by == Suggestion.By.OFFICER else ""
        self._step(name, what=suggestion.action, owner=owner, office=suggestion.office, due_on=due_on)
        return name

    def _own(self, name: str) -> str:
        self._step(name, what="", owner=self.by, office="", due_on=None)
        return name

    def _step(self, name: str, *, what: str, owner: str, office: str, due_on: date | None) -> None:
        people = [NOBODY, *((pk, str(user)) for pk, user in self.people.items())]
        asked = {
            "what": forms.CharField(label="Langkah", min_length=SHORTEST, max_length=200, required=False, initial=what),
            "owner": forms.ChoiceField(
                label="Penanggung jawab", required=False, choices=people, initial=owner if owner in self.people else ""
            ),
            "office": forms.CharField(label="Kantor", max_length=120, required=False, initial=office),
            "due_on": DayField(label="Paling lambat", required=False, initial=due_on, help_text=""),
        }
        for part, field in asked.items():
            field.asks_anyway = True
            self.fields[f"{name}_{part}"] = field

    def rows(self) -> list[Row]:
        """For the page: the suggested steps, then one's own."""
        by_name = {f"s{one.pk}": one for one in self.suggestions}
        return [self._row(name, by_name.get(name)) for name in self.names]

    def _row(self, name: str, suggestion: Suggestion | None) -> Row:
        parts = [f"{name}_{part}" for part in ("what", "owner", "office", "due_on")]
        return Row(
            suggestion=suggestion,
            take=self[f"{name}_take"] if suggestion else None,
            fields=[self[part] for part in parts],
            is_open=any(part in self.errors for part in parts) if self.is_bound else False,
        )

    def _taken(self, given: dict[str, Any]) -> list[str]:
        """The rows that count: ticked suggestions, and own ones in which something stands."""
        return [
            name
            for name in self.names
            if (
                given.get(f"{name}_take")
                if f"{name}_take" in self.fields
                else any(self.data.get(f"{name}_{part}", "").strip() for part in ("what", "office", "due_on"))
            )
        ]

    def clean(self):
        given = super().clean()
        taken = self._taken(given)
        if not taken:
            self.add_error(None, "Centang atau tulis sedikitnya satu langkah.")
        for name in taken:
            self._check(name, given)
        return given

    def _check(self, name: str, given: dict[str, Any]) -> None:
        step = given.get(f"{name}_what") or f"langkah {name.removeprefix('own_')}"
        if not given.get(f"{name}_what") and f"{name}_what" not in self.errors:
            self.add_error(f"{name}_what", "Tulis apa yang dilakukan.")
        if not given.get(f"{name}_due_on") and f"{name}_due_on" not in self.errors:
            self.add_error(f"{name}_due_on", f"Isi tanggalnya ({step}).")
        if problem := _check_day(given.get(f"{name}_due_on")):
            self.add_error(f"{name}_due_on", f"{problem} ({step})")
        named = given.get(f"{name}_owner") or given.get(f"{name}_office")
        if not named and not {f"{name}_owner", f"{name}_office"} & set(self.errors):
            self.add_error(f"{name}_owner", f"{NO_OWNER} ({step})")

    def actions(self) -> list[PlanAction]:
        """The steps as typed, not yet stored."""
        given, by_name = self.cleaned_data, {f"s{one.pk}": one for one in self.suggestions}
        return [
            PlanAction(
                suggestion=by_name.get(name),
                what=given[f"{name}_what"],
                owner=self.people.get(given[f"{name}_owner"]),
                office=given[f"{name}_office"],
                due_on=given[f"{name}_due_on"],
            )
            for name in self._taken(given)
        ]

    def chosen(self) -> list[Obstacle]:
        return [self.obstacles[code] for code in self.cleaned_data["causes"]]


class ActionForm(forms.Form):
    """One step, new or changed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.CharField(
        label="Langkah", min_length=SHORTEST, max_length=200, error_messages={"required": "Tulis apa yang dilakukan."}
    )
    owner = forms.ChoiceField(label="Penanggung jawab", required=False)
    office = forms.CharField(
        label="Kantor", max_length=120, required=False, help_text="Yang dimintai bantuan, atau yang mengerjakan."
    )
    due_on = DayField(label="Paling lambat", error_messages={"required": "Isi tanggalnya."})

    def __init__(self, *args, plan: Plan, action: PlanAction | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.action, self.people = action, people_of(plan.region_id)
        if action and action.owner_id and str(action.owner_id) not in self.people:
            self.people[str(action.owner_id)] = get_user_model().names.get(pk=action.owner_id)
        self.fields["owner"].choices = [NOBODY, *((pk, str(user)) for pk, user in self.people.items())]
        if not self.is_bound:
            self.initial = {"key": action.key if action else uuid.uuid4()}
        if action and not self.is_bound:
            self.initial |= {name: getattr(action, name) for name in ("what", "office", "due_on")}
            self.initial["owner"] = str(action.owner_id or "")

    def clean_owner(self):
        return self.people.get(self.cleaned_data["owner"])

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if self.action and day == self.action.due_on:
            return day
        if problem := _check_day(day):
            raise forms.ValidationError(problem)
        return day

    def clean(self):
        given = super().clean()
        if not given.get("owner") and not given.get("office") and not {"owner", "office"} & set(self.errors):
            self.add_error("owner", NO_OWNER)
        return given


class FinishForm(forms.Form):
    """When and how a step was done."""

    done_on = DayField(label="Selesai pada", error_messages={"required": "Isi tanggalnya."})
    note = _words(
        "Bagaimana hasilnya",
        longest=500,
        rows=3,
        help_text="Misalnya “Titip di tiga warung, laku 20 bungkus sehari”.",
        error_messages={"required": "Tulis bagaimana langkah ini dikerjakan."},
    )

    def __init__(self, *args, began_on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.began_on = began_on
        if not self.is_bound:
            self.initial["done_on"] = dates.today()

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day > dates.today():
            raise forms.ValidationError("Tanggal selesai tidak boleh sesudah hari ini.")
        if day < self.began_on:
            raise forms.ValidationError(f"Rencana ini baru dimulai {dates.long(self.began_on)}.")
        return day


class ReasonForm(forms.Form):
    note = _words("Alasan", longest=500, rows=3, error_messages={"required": "Tulis alasannya."})


class GoalForm(forms.Form):
    goal = _goal()
