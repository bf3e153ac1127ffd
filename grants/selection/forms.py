"""What verifiers and scorers answer: the visit, why a flag may be set aside, values with their reasons."""

from typing import Any

from django import forms

from grants.applications.models import Application
from grants.programmes.models import Criterion
from ppks.documents.forms import AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField, RupiahField

LONG = 2_000
YES_NO = [("ya", "Ya"), ("tidak", "Tidak")]
GRADES = [(1, "1 – kurang sekali"), (2, "2 – kurang"), (3, "3 – cukup"), (4, "4 – baik"), (5, "5 – baik sekali")]
PLAIN = "Tulis alasan yang dapat dipahami orang lain."


def _yes_or_no(label: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda said: said == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih ya atau tidak."},
    )


def _reason(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        min_length=10,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis alasannya.", "min_length": PLAIN},
        **more,
    )


class VerificationForm(forms.Form):
    """What the verifier found at the person's home."""

    visited_on = DayField(label="Tanggal kunjungan", error_messages={"required": "Tulis tanggalnya."})
    place = forms.CharField(label="Tempat", max_length=200, error_messages={"required": "Tulis tempatnya."})
    met = forms.CharField(label="Bertemu dengan", max_length=200, error_messages={"required": "Tulis siapa."})
    is_same_person = _yes_or_no("Orangnya sesuai dengan datanya?")
    has_business = _yes_or_no("Usahanya ada?")
    can_use_it = _yes_or_no("Mampu memakai bantuan ini?")
    findings = _reason("Hasil kunjungan")
    recommended = RupiahField(label="Nilai yang disarankan", error_messages={"required": "Tulis nilainya."})
    photo = AttachmentField(label="Foto kunjungan")

    def __init__(self, *args: Any, application: Application, needs_photo: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.application = application
        self.fields["photo"].required = needs_photo
        self.initial |= {"visited_on": dates.today(), "recommended": application.requested}

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day and day > dates.today():
            raise forms.ValidationError("Tanggal kunjungan tidak boleh sesudah hari ini.")
        if day and day < dates.local(self.application.made_at):
            raise forms.ValidationError("Kunjungan ini lebih lama daripada usulannya. Kunjungi lagi orangnya.")
        return day

    def clean_recommended(self):
        amount = self.cleaned_data["recommended"]
        if not amount:
            raise forms.ValidationError("Nilai yang disarankan harus di atas nol.")
        if amount > self.application.requested:
            raise forms.ValidationError("Nilai yang disarankan tidak boleh melebihi yang diusulkan.")
        return amount


class ReasonForm(forms.Form):
    """Why something out of the ordinary is right."""

    reason = _reason("Alasan")


class ScoreForm(forms.Form):
    """A value and a reason for each criterion in force."""

    def __init__(self, *args: Any, criteria: list[Criterion], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"value_{criterion.pk}"] = forms.TypedChoiceField(
                label=f"{criterion.label} (bobot {criterion.weight}%)",
                help_text=criterion.guide,
                choices=GRADES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih nilainya."},
            )
            self.fields[f"reason_{criterion.pk}"] = _reason(f"Alasan nilai {criterion.label.lower()}")

    def scores(self) -> list[tuple[Criterion, int, str]]:
        """(criterion, value, reason) of a valid form."""
        answers = self.cleaned_data
        return [(one, answers[f"value_{one.pk}"], answers[f"reason_{one.pk}"]) for one in self.criteria]
