"""What a passer-by types: plain words, nothing compulsory but what happened, and traps that only machines fall into."""

import secrets
import time

from django import forms
from django.core import signing

from monitoring.feedback.models import Feedback
from monitoring.feedback.words import NUMBERS, read_secret, read_ticket
from ppks.kit.forms import PlainSelect
from ppks.regions.models import Region

SALT = "monitoring.feedback"
FASTEST, LONGEST_OPEN = 3, 24 * 3600  # seconds between the page and its sending
TOO_FAST = "Formulir ini terkirim terlalu cepat. Baca sekali lagi, lalu tekan Kirim."
TOO_LATE = "Halaman ini terlalu lama terbuka. Isian Anda masih ada; tekan Kirim sekali lagi."
TRAPPED = "Kolom paling bawah harus tetap kosong. Kosongkan, lalu tekan Kirim."


def new_pass() -> str:
    """What a form carries so that it counts once, and says when its page was opened."""
    return signing.dumps([secrets.token_hex(16), time.time()], salt=SALT)


class FeedbackForm(forms.Form):
    kind = forms.ChoiceField(
        label="Apa yang ingin Anda sampaikan?",
        choices=Feedback.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    text = forms.CharField(
        label="Ceritakan",
        min_length=10,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Apa yang terjadi, di mana, dan kapan. Boleh bahasa sehari-hari.",
        error_messages={
            "required": "Tulis apa yang terjadi.",
            "min_length": "Tulis sedikit lebih panjang, supaya kami mengerti.",
            "max_length": "Paling panjang 4.000 huruf. Tulis yang terpenting saja.",
        },
    )
    about = forms.ChoiceField(
        label="Tentang apa atau siapa?",
        choices=Feedback.About.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih salah satu."},
    )
    region = forms.ChoiceField(label="Di kabupaten atau kota mana?", required=False, widget=PlainSelect)
    name = forms.CharField(label="Nama Anda", max_length=100, required=False)
    contact = forms.CharField(
        label="Nomor HP atau alamat Anda",
        max_length=200,
        required=False,
        help_text="Hanya dibuka bila kami perlu menghubungi Anda.",
    )
    wants_secrecy = forms.BooleanField(label="Hanya kepala dinas yang boleh membaca", required=False)
    website = forms.CharField(label="Jangan diisi", required=False, max_length=200)
    sent = forms.CharField(widget=forms.HiddenInput, max_length=300)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = {region.code: region for region in Region.objects.current()}
        names = ((code, str(region)) for code, region in self.regions.items())
        self.fields["region"].choices = [("", "Tidak tahu atau tidak ingin menyebut"), *names]
        self.nonce = ""

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(TRAPPED)
        return ""

    def clean_sent(self) -> str:
        try:
            self.nonce, opened = signing.loads(self.cleaned_data["sent"], salt=SALT)
        except signing.BadSignature:
            raise forms.ValidationError(TOO_LATE) from None
        age = time.time() - opened
        if age > LONGEST_OPEN:
            raise forms.ValidationError(TOO_LATE)
        if age < FASTEST:
            raise forms.ValidationError(TOO_FAST)
        return self.cleaned_data["sent"]

    def renewed(self) -> "FeedbackForm":
        """The same with a pass that counts, when the one it came with is too old or none at all."""
        if self.errors.get("sent") and TOO_FAST not in self.errors["sent"]:
            self.data = self.data.copy()
            self.data["sent"] = new_pass()
        return self

    def given(self) -> dict[str, object]:
        """After validation: what is stored."""
        names = ("kind", "about", "wants_secrecy", "text", "name", "contact")
        region = self.regions.get(self.cleaned_data["region"])
        return {name: self.cleaned_data[name] for name in names} | {"region": region.pk if region else None}


class CheckForm(forms.Form):
    ticket = forms.CharField(label="Nomor tiket", max_length=20, help_text="Delapan angka, misalnya 1234-5678.")
    secret = forms.CharField(
        label="Kata rahasia", max_length=60, help_text="Dua kata dan dua angka, misalnya padi-sungai-07."
    )

    def clean_ticket(self) -> str:
        ticket = read_ticket(self.cleaned_data["ticket"])
        if len(ticket) != NUMBERS:
            raise forms.ValidationError("Nomor tiket terdiri dari delapan angka.")
        return ticket

    def clean_secret(self) -> str:
        return read_secret(self.cleaned_data["secret"])
