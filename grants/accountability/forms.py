"""What is typed about receipts, slips of money paid back, findings and waivers."""

from datetime import date, timedelta
from typing import Any

from django import forms

from grants.accountability.models import Purchase, Report
from grants.accountability.receipts import TYPED, used_before, why_not_bought_on
from grants.applications.forms import SHORT, SHORT_REASON, words
from ppks.documents.forms import HELP, AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField, PlainSelect, RupiahField

MOST = 10**12  # more than any grant
USED = {
    "file": "Foto nota ini sudah dipakai pada SPJ lain atau pos yang sama, di {}.",
    "number": "Nota dengan nomor, toko, dan tanggal ini sudah dipakai pada SPJ lain atau pos yang sama, di {}.",
    "amount": "Di {} sudah ada nota tanpa nomor dari toko ini dengan tanggal dan nilai yang sama. "
    "Periksa; bila memang nota lain, centang di bawah.",
}


def line(label: str, required: str = "", **more: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label, max_length=SHORT, required=bool(required), error_messages={"required": required}, **more
    )


def amount(label: str) -> RupiahField:
    """Rupiah above zero."""
    return RupiahField(label=label, error_messages={"required": "Isi nilainya."}, validators=[_is_positive])


def _is_positive(value: int) -> None:
    if value <= 0:
        raise forms.ValidationError("Nilai harus di atas nol.")
    if value > MOST:
        raise forms.ValidationError("Nilai terlalu besar. Periksa jumlah nolnya.")


class PurchaseForm(forms.Form):
    """One receipt for a line of the budget plan of this report's application."""

    item = forms.ChoiceField(
        label="Pos RAB",
        widget=PlainSelect,
        error_messages={"required": "Pilih pos RAB.", "invalid_choice": "Pilih pos RAB dari usulan ini."},
    )
    description = line("Yang dibeli", "Isi yang dibeli.")
    seller = line("Toko atau penjual", "Isi toko atau penjualnya.")
    receipt_number = line("Nomor nota", help_text="Kosongkan bila nota tidak bernomor.")
    bought_on = DayField(label="Tanggal nota", error_messages={"required": "Isi tanggal nota."})
    amount = amount("Nilai")
    file = AttachmentField(label="Foto nota", help_text=HELP)
    is_another = forms.BooleanField(label="Sudah saya periksa: ini nota lain", required=False, widget=forms.HiddenInput)

    def __init__(self, *args, report: Report, purchase: Purchase | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.report, self.purchase = report, purchase
        self.items = {str(item.pk): item for item in report.application.items.all()}
        self.fields["item"].choices = [
            ("", "Pilih pos RAB"),
            *((pk, one.description) for pk, one in self.items.items()),
        ]
        if purchase:
            self.initial = {name: getattr(purchase, name) for name in TYPED} | {"item": str(purchase.item_id)}
        if purchase and purchase.attachment_id:
            self.fields["file"].required = False
            self.fields["file"].help_text = f"{HELP} Kosongkan bila fotonya tetap."

    def clean_item(self):
        return self.items[self.cleaned_data["item"]]

    def clean_bought_on(self) -> date:
        day = self.cleaned_data["bought_on"]
        if why := why_not_bought_on(day, paid_on=self.report.disbursement.paid_on, today=dates.today()):
            raise forms.ValidationError(why)
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors:
            self._refuse_what_was_used(found)
        return found

    def _refuse_what_was_used(self, found: dict[str, Any]) -> None:
        how, where = used_before(self.report, self.typed, found["file"], but=self.purchase and self.purchase.pk)
        if how == "amount":
            self.fields["is_another"].widget = forms.CheckboxInput()
        if how and not (how == "amount" and found["is_another"]):
            field = {"file": "file", "number": "receipt_number"}.get(how, "amount")
            self.add_error(field, USED[how].format(where))

    @property
    def typed(self) -> dict[str, Any]:
        """The columns of a purchase."""
        return {name: self.cleaned_data[name] for name in TYPED}


class SlipForm(forms.Form):
    """Money paid back into the treasury."""

    amount = amount("Nilai setoran")
    slip_number = line("Nomor STS atau NTPN", "Isi nomor bukti setoran.")
    paid_on = DayField(label="Tanggal setor", error_messages={"required": "Isi tanggal setor."})

    def __init__(self, *args, since: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.since = since

    def clean_paid_on(self) -> date:
        day = self.cleaned_data["paid_on"]
        if day > dates.today():
            raise forms.ValidationError("Tanggal setor tidak boleh sesudah hari ini.")
        if day < self.since:
            raise forms.ValidationError(f"Tanggal setor tidak boleh sebelum {dates.long(self.since)}.")
        return day


class RecoveryForm(forms.Form):
    """What must come back, by when and why."""

    finding = line("Nomor temuan", "Isi nomor temuan.", help_text="Misalnya nomor laporan hasil pemeriksaan.")
    amount = amount("Harus dikembalikan")
    due_on = DayField(label="Batas waktu", error_messages={"required": "Isi batas waktunya."})
    reason = words("Alasan", min_length=10, error_messages={"required": "Tulis alasannya.", "min_length": SHORT_REASON})

    def clean_due_on(self) -> date:
        day = self.cleaned_data["due_on"]
        if not dates.today() <= day <= dates.today() + timedelta(days=1830):
            raise forms.ValidationError("Batas waktu mulai hari ini sampai lima tahun lagi.")
        return day


class NoteForm(forms.Form):
    """A reason or a note that a closing step keeps."""

    note = words(
        "Keterangan", min_length=10, error_messages={"required": "Tulis keterangannya.", "min_length": SHORT_REASON}
    )
