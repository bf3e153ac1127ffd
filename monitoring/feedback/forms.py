"""What the office types about a report: the answer, notes of its own, why a contact is opened, who takes a sensitive one."""

import uuid

from django import forms
from django.contrib.auth import get_user_model

from ppks.accounts.roles import SYSTEM


class WordsForm(forms.Form):
    """Carries a key of its own, so that the same form sent twice is stored once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(label="Catatan", max_length=4_000, widget=forms.Textarea(attrs={"rows": 5}))


class AnswerForm(WordsForm):
    text = forms.CharField(
        label="Jawaban",
        max_length=4_000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Dibaca pelapor di halaman tiketnya. Tulis dengan bahasa sederhana, tanpa nama orang lain.",
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Alasan",
        min_length=10,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Misalnya: perlu menanyakan alamat kejadian.",
        error_messages={"min_length": "Tulis alasan yang dapat dipahami orang lain."},
    )


class EntrustForm(forms.Form):
    handler = forms.ChoiceField(label="Penangan", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        staff = get_user_model().names.filter(role="province", is_active=True).exclude(username=SYSTEM)
        self.staff = {str(user.pk): user for user in staff.order_by("full_name", "pk")}
        self.fields["handler"].choices = [
            ("", "Hanya kepala dinas"),
            *((pk, str(user)) for pk, user in self.staff.items()),
        ]

    def clean_handler(self):
        return self.staff.get(self.cleaned_data["handler"])
