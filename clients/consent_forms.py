"""What is typed when a person agrees to something, and when that is taken back."""

import uuid
from typing import Any

from django import forms

from clients.consent_texts import Purpose, Shared, Text
from clients.consents import WITNESSED, Consent, Way
from clients.models import Person
from ppks.documents.forms import AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField

OF_AGE = 18


def _line(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, required=False, **more)


class ConsentForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    text_version = forms.IntegerField(widget=forms.HiddenInput)
    shared = forms.MultipleChoiceField(
        label="Data yang boleh diperlihatkan",
        choices=Shared.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hanya yang disetujui orangnya. Yang tidak dipilih tidak dapat dilihat kantor mitra.",
        error_messages={"required": "Pilih paling sedikit satu data yang boleh diperlihatkan."},
    )
    way = forms.ChoiceField(
        label="Bagaimana persetujuan diberikan?",
        choices=Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih caranya."},
    )
    witness = _line("Nama saksi", help_text="Wajib bila lisan, bahasa isyarat, atau cap jempol.")
    guardian = _line(
        "Nama wali",
        help_text=f"Wajib bila orangnya belum {OF_AGE} tahun; isi juga bila ia tidak dapat memutuskan sendiri.",
    )
    guardian_relation = _line("Hubungan wali", help_text="Misalnya ibu kandung, kakak, atau wali menurut putusan.")
    given_on = DayField(label="Tanggal persetujuan", error_messages={"required": "Isi tanggal persetujuan."})

    scan = AttachmentField(label="Foto atau pindaian formulir", required=False)

    def __init__(self, *args, person: Person, purpose: str, text: Text, **kwargs):
        super().__init__(*args, **kwargs)
        self.person, self.text = person, text
        self.initial |= {"key": uuid.uuid4(), "text_version": text.version, "given_on": dates.today()}
        if purpose != Purpose.SHARE:
            del self.fields["shared"]

    def clean_text_version(self) -> int:
        version = self.cleaned_data["text_version"]
        if version != self.text.version:
            raise forms.ValidationError(
                "Teks persetujuan sudah diganti. Buka halaman ini lagi dan bacakan teks yang baru."
            )
        return version

    def clean_given_on(self):
        given_on = self.cleaned_data["given_on"]
        if given_on > dates.today():
            raise forms.ValidationError("Tanggal persetujuan tidak boleh sesudah hari ini.")
        if given_on < self.text.since:
            raise forms.ValidationError(f"Teks ini dipakai sejak {dates.long(self.text.since)}.")
        return given_on

    def clean(self):
        found = super().clean()
        if found.get("way") in WITNESSED and not found.get("witness") and "witness" not in self.errors:
            self.add_error("witness", "Tulis nama saksinya.")
        born, given_on = self.person.birth_date, found.get("given_on")
        is_minor = born is not None and given_on is not None and dates.full_years(born, given_on) < OF_AGE
        if is_minor and not found.get("guardian") and "guardian" not in self.errors:
            self.add_error("guardian", f"Orang ini belum {OF_AGE} tahun: tulis nama walinya.")
        if found.get("guardian") and not found.get("guardian_relation"):
            self.add_error("guardian_relation", "Tulis hubungan wali dengan orangnya.")
        return found


class WithdrawForm(forms.Form):
    withdrawn_on = DayField(label="Tanggal dicabut", error_messages={"required": "Isi tanggal pencabutan."})
    reason = forms.CharField(
        label="Alasan atau cara disampaikan",
        min_length=5,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Orangnya tidak wajib memberi alasan; cukup tulis misalnya “diminta lewat telepon”.",
        error_messages={"required": "Tulis alasan atau cara disampaikan.", "min_length": "Tulis sedikit lebih jelas."},
    )

    def __init__(self, *args, consent: Consent, **kwargs):
        super().__init__(*args, **kwargs)
        self.consent = consent
        self.initial |= {"withdrawn_on": dates.today()}

    def clean_withdrawn_on(self):
        withdrawn_on = self.cleaned_data["withdrawn_on"]
        if withdrawn_on > dates.today():
            raise forms.ValidationError("Tanggal pencabutan tidak boleh sesudah hari ini.")
        if withdrawn_on < self.consent.given_on:
            raise forms.ValidationError(f"Persetujuan baru diberikan {dates.long(self.consent.given_on)}.")
        return withdrawn_on
