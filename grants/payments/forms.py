"""What is typed about payments: orders, accounts, goods, transfers that came back, holds."""

from datetime import date

from django import forms

from clients import names
from clients.models import Person
from ppks.documents.forms import AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField

SHORT, LONG = 100, 1_000


def past(day: date) -> date:
    """The day, unless it is still to come."""
    if day > dates.today():
        raise forms.ValidationError("Tanggal tidak boleh sesudah hari ini.")
    return day


def reason(label: str = "Alasan") -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, min_length=5, widget=forms.Textarea(attrs={"rows": 3}))


class OrderForm(forms.Form):
    number = forms.CharField(label="Nomor SP2D", max_length=SHORT)
    issued_on = DayField(label="Tanggal SP2D")

    def clean_number(self) -> str:
        return " ".join(self.cleaned_data["number"].split())

    def clean_issued_on(self) -> date:
        return past(self.cleaned_data["issued_on"])


class AccountForm(forms.Form):
    bank = forms.CharField(label="Bank", max_length=SHORT)
    number = forms.CharField(
        label="Nomor rekening",
        max_length=34,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    holder = forms.CharField(label="Atas nama", max_length=SHORT, help_text="Seperti tertulis di buku tabungan.")
    guardian_letter = forms.CharField(
        label="Surat kuasa wali",
        max_length=200,
        required=False,
        help_text="Nomor dan tanggalnya; hanya bila rekening bukan atas nama penerima sendiri.",
    )

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_number(self) -> str:
        number = "".join(c for c in self.cleaned_data["number"] if c not in " .-")
        if not (number.isascii() and number.isdigit() and 5 <= len(number) <= 20):
            raise forms.ValidationError("Nomor rekening terdiri atas 5 sampai 20 angka.")
        return number

    def clean(self):
        found = super().clean()
        holder = found.get("holder")
        if holder and names.key(holder) != names.key(self.person.name) and not found.get("guardian_letter"):
            self.add_error("guardian_letter", "Rekening atas nama orang lain memerlukan surat kuasa wali.")
        return found


class GoodsForm(forms.Form):
    minutes_number = forms.CharField(label="Nomor BAST", max_length=SHORT)
    goods = forms.CharField(
        label="Barang yang diserahkan",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Satu baris satu barang, dengan jumlahnya, misalnya: 1 buah mesin jahit.",
    )
    paid_on = DayField(label="Tanggal serah terima")
    photo = AttachmentField(label="Foto barang yang diserahkan")
    signed = AttachmentField(label="BAST bertanda tangan")

    def clean_paid_on(self) -> date:
        return past(self.cleaned_data["paid_on"])


class BounceForm(forms.Form):
    bounced_on = DayField(label="Tanggal uang kembali")
    reason = reason("Sebab transfer gagal")

    def clean_bounced_on(self) -> date:
        return past(self.cleaned_data["bounced_on"])


class HoldForm(forms.Form):
    reason = reason("Alasan ditahan")


class LiftForm(forms.Form):
    reason = reason("Alasan dilepas")


class ProofForm(forms.Form):
    proof = AttachmentField(label="Bukti transfer bank")
