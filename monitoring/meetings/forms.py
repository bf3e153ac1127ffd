"""What is typed about a meeting: its day and place, who comes, what is said and what is decided."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms

from monitoring.meetings.inviting import choices_of, possible_owners
from monitoring.meetings.models import Decision, Input, Meeting, Participant
from ppks.kit import dates
from ppks.kit.forms import DayField, PlainSelect
from ppks.regions.models import Region

SHORT, LONG = 200, 2_000
FARTHEST = timedelta(days=366)  # a meeting may be announced that far ahead, or written down that late
LATEST = timedelta(days=3 * 366)  # for a decision to be done


def words(label: str, most: int, *, rows: int = 3, **more: Any) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class OnceForm(forms.Form):
    """Carries a key of its own, so that the same form sent twice is stored once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class MeetingForm(OnceForm):
    title = forms.CharField(label="Nama rapat", max_length=SHORT)
    held_on = DayField(label="Tanggal")
    begins_at = forms.TimeField(
        label="Pukul",
        required=False,
        input_formats=["%H.%M", "%H:%M"],
        widget=forms.TimeInput(format="%H.%M", attrs={"type": "text", "autocomplete": "off", "maxlength": "5"}),
        help_text="Misalnya 09.00.",
        error_messages={"invalid": "Tulis jam seperti 09.00."},
    )
    place = forms.CharField(label="Tempat", max_length=SHORT)
    scope = forms.ChoiceField(
        label="Untuk", choices=Meeting.Scope.choices, widget=forms.RadioSelect, initial="province"
    )
    regions = forms.MultipleChoiceField(
        label="Kab/kota",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya diisi bila rapat tidak untuk seluruh provinsi.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {str(region.pk): region for region in Region.objects.current()}
        self.fields["regions"].choices = [(pk, str(region)) for pk, region in self.known.items()]

    def clean_held_on(self) -> date:
        held_on = self.cleaned_data["held_on"]
        if abs(held_on - dates.today()) > FARTHEST:
            raise forms.ValidationError("Pilih tanggal dalam setahun sebelum atau sesudah hari ini.")
        return held_on

    def clean(self):
        found = super().clean()
        if found.get("scope") == Meeting.Scope.REGIONS and not found.get("regions") and "regions" not in self.errors:
            self.add_error("regions", "Pilih sedikitnya satu kab/kota.")
        return found

    @property
    def invited(self) -> list[Region]:
        """After validation: everybody for the whole province, or those that were ticked."""
        if self.cleaned_data["scope"] == Meeting.Scope.PROVINCE:
            return list(self.known.values())
        return [self.known[pk] for pk in self.cleaned_data["regions"]]


class ItemForm(forms.Form):
    title = forms.CharField(
        label="Hal yang dibicarakan", max_length=SHORT, help_text="Jangan tulis nama klien di sini."
    )
    text = words("Keterangan", LONG, required=False)
    region = forms.ChoiceField(label="Kab/kota", required=False, widget=PlainSelect)

    def __init__(self, *args, regions: list[Region], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "Semua peserta"), *choices_of(regions)]


class DropForm(forms.Form):
    reason = words(
        "Alasan",
        300,
        rows=2,
        min_length=5,
        error_messages={"min_length": "Tulis alasan yang dapat dipahami orang lain."},
    )


class DiscussForm(forms.Form):
    discussion = words("Hasil pembahasan", LONG, rows=6)


class ParticipantForm(forms.Form):
    name = forms.CharField(label="Nama", max_length=SHORT)
    office = forms.CharField(label="Kantor", max_length=SHORT)
    region = forms.ChoiceField(label="Kab/kota", required=False, widget=PlainSelect)

    def __init__(self, *args, regions: list[Region], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [("", "Tidak khusus"), *choices_of(regions)]


class InputForm(OnceForm):
    """For an officer his own input; who leads writes down anybody's."""

    participant = forms.ChoiceField(label="Dari", widget=PlainSelect)
    theme = forms.ChoiceField(label="Tema", choices=[("", "Pilih tema"), *Input.Theme.choices], widget=PlainSelect)
    region = forms.ChoiceField(label="Tentang kab/kota", required=False, widget=PlainSelect)
    text = words("Masukan", LONG, rows=5)

    def __init__(self, *args, regions: list[Region], participants: list[Participant] | None, **kwargs):
        super().__init__(*args, **kwargs)
        if participants is None:
            del self.fields["participant"]
            self.fields["region"].choices = choices_of(regions)
            return
        self.fields["participant"].choices = [("", "Pilih peserta"), *((one.pk, str(one)) for one in participants)]
        self.fields["region"].choices = [("", "Tidak khusus"), *choices_of(regions)]


class SettleForm(forms.Form):
    outcome = forms.ChoiceField(label="Tindak lanjut", choices=Input.Outcome.choices, widget=forms.RadioSelect)
    decision = forms.ChoiceField(label="Keputusan", required=False, widget=PlainSelect)
    reason = words("Keterangan atau alasan", 500, required=False)

    def __init__(self, *args, decisions: list[Decision], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [("", "Pilih keputusan"), *((one.pk, one.what[:90]) for one in decisions)]
        if not decisions:
            self.fields["decision"].help_text = "Rapat ini belum mencatat keputusan."

    def clean(self):
        found = super().clean()
        outcome = found.get("outcome")
        if outcome == Input.Outcome.DECIDED and not found.get("decision") and "decision" not in self.errors:
            self.add_error("decision", "Pilih keputusan yang menampung masukan ini.")
        if outcome == Input.Outcome.DECLINED and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Tulis alasan mengapa tidak dilanjutkan.")
        return found


class DecisionForm(OnceForm):
    what = words("Keputusan", 500, help_text="Apa yang dikerjakan. Jangan tulis nama klien di sini.")
    item = forms.ChoiceField(label="Menyangkut agenda", required=False, widget=PlainSelect)
    region = forms.ChoiceField(label="Kab/kota", required=False, widget=PlainSelect)
    owner = forms.ChoiceField(label="Penanggung jawab", required=False, widget=PlainSelect)
    owner_office = forms.CharField(
        label="Atau kantor lain",
        max_length=SHORT,
        required=False,
        help_text="Bila penanggung jawabnya tidak memakai aplikasi ini, misalnya Dinas Koperasi dan UKM Tuban.",
    )
    due_on = DayField(label="Paling lambat")

    def __init__(self, *args, meeting: Meeting, regions: list[Region], items: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting, self.owners = meeting, {str(user.pk): user for user in possible_owners(regions)}
        self.fields["item"].choices = [("", "Tidak khusus"), *items]
        self.fields["region"].choices = [("", "Semua kab/kota rapat ini"), *choices_of(regions)]
        self.fields["owner"].choices = [
            ("", "Pilih pengguna"),
            *((pk, f"{user}, {user.role_label}") for pk, user in self.owners.items()),
        ]

    def clean_due_on(self) -> date:
        due_on = self.cleaned_data["due_on"]
        if due_on < self.meeting.held_on:
            raise forms.ValidationError("Pilih hari pada atau sesudah tanggal rapat.")
        if due_on > self.meeting.held_on + LATEST:
            raise forms.ValidationError("Paling lama tiga tahun sesudah rapat.")
        return due_on

    def clean(self):
        found = super().clean()
        if (
            not found.get("owner")
            and not found.get("owner_office")
            and not {"owner", "owner_office"} & self.errors.keys()
        ):
            self.add_error("owner", "Pilih penanggung jawab, atau tulis kantornya.")
        return found
