"""What is typed on the way to independence: the person's word, what was found at home, why somebody fell back."""

from datetime import timedelta

from django import forms

from clients.models import Category, PpksKind
from monitoring.independence.facts import FRESH_MONTHS, Agreement
from monitoring.schedule import add_months
from ppks.kit import dates
from ppks.kit.forms import DayField

LONGEST = 2_000  # letters of what was found
TOO_SHORT = "Tulis agar dapat dipahami orang lain, paling sedikit 10 huruf."


def _not_ahead(day):
    if day > dates.today():
        raise forms.ValidationError("Tanggal tidak boleh sesudah hari ini.")
    return day


class AgreementForm(forms.Form):
    agrees = forms.ChoiceField(
        label="Bersedia dinyatakan mandiri?",
        choices=[("yes", "Bersedia"), ("no", "Tidak bersedia")],
        widget=forms.RadioSelect,
        help_text="Jelaskan dulu: sesudah mandiri tidak lagi tercatat sebagai PPKS, dan dipantau 24 bulan.",
        error_messages={"required": "Pilih jawaban orangnya."},
    )
    said_on = DayField(label="Tanggal", error_messages={"required": "Isi kapan orangnya mengatakannya."})
    way = forms.ChoiceField(
        label="Dinyatakan secara",
        choices=Agreement.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih caranya."},
    )
    witness = forms.CharField(
        label="Nama saksi atau wali",
        max_length=150,
        required=False,
        help_text="Wajib bila tidak tertulis.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_agrees(self):
        return self.cleaned_data["agrees"] == "yes"

    def clean_said_on(self):
        return _not_ahead(self.cleaned_data["said_on"])

    def clean(self):
        told = super().clean()
        if told.get("way") not in (None, "written", "thumb") and not told.get("witness", "").strip():
            self.add_error("witness", "Tulis siapa saksi atau walinya.")
        return told


class HomeVisitForm(forms.Form):
    visited_on = DayField(label="Tanggal kunjungan rumah", error_messages={"required": "Isi tanggalnya."})
    met = forms.CharField(
        label="Bertemu siapa",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Tulis siapa yang ditemui."},
    )
    findings = forms.CharField(
        label="Temuan",
        min_length=10,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Keadaan rumah, usaha, dan keluarga; apakah sesuai dengan bukti pada usulan.",
        error_messages={"required": "Tulis temuannya.", "min_length": TOO_SHORT},
    )

    def clean_visited_on(self):
        day = _not_ahead(self.cleaned_data["visited_on"])
        if add_months(day, FRESH_MONTHS) < dates.today():
            raise forms.ValidationError("Kunjungan rumah lebih dari 6 bulan lalu tidak diterima. Kunjungi lagi.")
        return day


class DecisionForm(forms.Form):
    number = forms.CharField(
        label="Nomor surat keterangan (opsional)",
        max_length=80,
        required=False,
        help_text="Tercetak pada surat keterangan mandiri; tidak dapat diubah sesudah diterbitkan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RelapseForm(forms.Form):
    kind = forms.ModelChoiceField(
        label="Kini memerlukan pelayanan sebagai",
        queryset=PpksKind.objects.none(),
        empty_label="Pilih jenis PPKS",
        error_messages={"required": "Pilih jenis PPKS yang dibuka kembali."},
    )
    reason = forms.CharField(
        label="Alasan",
        min_length=10,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Tulis alasannya.", "min_length": TOO_SHORT},
    )

    def __init__(self, *args, person, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].queryset = PpksKind.objects.current()
        earlier = Category.objects.visible_to(user).filter(
            person=person, until_on__gt=dates.today() - timedelta(days=3_650)
        )
        last = earlier.order_by("-until_on", "pk").first()
        self.fields["kind"].initial = last and last.kind_id
