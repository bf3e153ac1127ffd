"""What is typed about a decree: its subject, what stands on the signed paper, and what an amendment changes."""

from typing import Any

from django import forms

from grants.applications.models import Application
from grants.decrees.drafting import Changed
from ppks.documents.forms import AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField, RupiahField

SHORT, LONG = 100, 300


class DraftForm(forms.Form):
    subject = forms.CharField(
        label="Tentang", max_length=LONG, help_text="Seperti sesudah kata “tentang” pada SK, tanpa nama orang."
    )
    year = forms.IntegerField(label="Tahun anggaran", min_value=2020, max_value=2100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = dates.today().year


class PaperForm(forms.Form):
    """What stands on the signed paper; everything may be filled in later but the subject."""

    subject = forms.CharField(label="Tentang", max_length=LONG)
    number = forms.CharField(label="Nomor SK", max_length=SHORT, required=False)
    signed_on = DayField(label="Tanggal SK", required=False)
    stated_total = RupiahField(
        label="Jumlah menurut lampiran yang ditandatangani",
        required=False,
        help_text="Disalin dari kertasnya; harus sama dengan jumlah lampiran di sini.",
    )
    scan = AttachmentField(label="Pindaian SK yang ditandatangani", required=False)

    def clean_number(self) -> str:
        return " ".join(self.cleaned_data["number"].split())

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and day > dates.today():
            raise forms.ValidationError("Tanggal SK tidak boleh sesudah hari ini.")
        return day


class AmendForm(forms.Form):
    """For every grant of the decree another amount; an empty field leaves it as it is."""

    subject = forms.CharField(label="Tentang", max_length=LONG)

    def __init__(self, *args, applications: list[Application], **kwargs):
        super().__init__(*args, **kwargs)
        self.applications = {one.pk: one for one in applications}
        for pk, one in self.applications.items():
            self.fields[f"a{pk}"] = RupiahField(label=f"Nilai baru, {one}", required=False)
            self.fields[f"r{pk}"] = forms.CharField(label=f"Alasan, {one}", required=False, max_length=LONG)

    def clean(self):
        found = super().clean()
        for pk, application in self.applications.items():
            self._check(pk, application.balance, found)
        if not self.errors and not self.changes:
            raise forms.ValidationError("Belum ada baris yang diubah.")
        return found

    def _check(self, pk: int, balance: Any, found: dict[str, Any]) -> None:
        amount = found.get(f"a{pk}")
        if amount is None or f"a{pk}" in self.errors:
            return
        if amount == balance.committed:
            self.add_error(f"a{pk}", "Nilainya sama dengan yang berlaku; kosongkan bila tidak diubah.")
        elif amount < balance.disbursed:
            self.add_error(f"a{pk}", "Tidak dapat turun di bawah yang sudah disalurkan.")
        elif not found.get(f"r{pk}"):
            self.add_error(f"r{pk}", "Tulis alasan perubahannya.")

    @property
    def changes(self) -> dict[int, Changed]:
        found = self.cleaned_data
        return {
            pk: Changed(found[f"a{pk}"], found[f"r{pk}"]) for pk in self.applications if found.get(f"a{pk}") is not None
        }
