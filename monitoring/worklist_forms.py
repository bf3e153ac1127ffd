"""What is typed to put a visit off or to give it to somebody else."""

from datetime import timedelta

from django import forms

from monitoring.due import DueVisit, officers_of
from monitoring.schedule import LONGEST_SNOOZE
from ppks.kit import dates
from ppks.kit.forms import DayField

SHORTEST_REASON = 5


class SnoozeForm(forms.Form):
    until = DayField(label="Ditunda sampai")
    reason = forms.CharField(label="Alasan", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, due: DueVisit, **kwargs):
        super().__init__(*args, **kwargs)
        self.due, self.latest = due, dates.today() + timedelta(days=LONGEST_SNOOZE)
        self.fields["until"].help_text = f"Paling lama {LONGEST_SNOOZE} hari, sampai {dates.long(self.latest)}."

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= dates.today():
            raise forms.ValidationError("Pilih hari sesudah hari ini.")
        if until > self.latest:
            raise forms.ValidationError(f"Paling lama {LONGEST_SNOOZE} hari, sampai {dates.long(self.latest)}.")
        if until <= self.due.due_on:
            raise forms.ValidationError(
                f"Kunjungan ini baru jatuh tempo {dates.long(self.due.due_on)}; belum perlu ditunda."
            )
        return until

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST_REASON:
            raise forms.ValidationError("Tulis alasannya, misalnya “sedang panen” atau “pulang kampung”.")
        return reason


class AssignForm(forms.Form):
    officer = forms.ChoiceField(label="Petugas", required=False)

    def __init__(self, *args, due: DueVisit, **kwargs):
        super().__init__(*args, **kwargs)
        posted = officers_of([due.region_id]).get(due.region_id, [])
        self.officers = {str(user.pk): user for user in posted}
        self.fields["officer"].choices = [
            ("", "Belum ada petugas"),
            *((pk, str(user)) for pk, user in self.officers.items()),
        ]
        if not self.is_bound:
            self.initial["officer"] = str(due.officer_id or "")

    def clean_officer(self):
        return self.officers.get(self.cleaned_data["officer"])
