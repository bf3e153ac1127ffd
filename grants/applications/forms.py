"""What is typed about an application: the answers, the plan, papers, the letter, and why it comes to nothing."""

from typing import Any

from django import forms

from grants.applications.documents import asked_for, form_of, takes
from grants.applications.models import Application, ApplicationStep
from grants.applications.plan import BusinessPlan
from grants.programmes.models import DocumentType
from ppks.documents.forms import AttachmentField
from ppks.kit import dates
from ppks.kit.forms import DayField, PlainSelect, RupiahField

SHORT, LONG = 200, 2_000
SHORT_REASON = "Tulis alasan yang dapat dipahami orang lain."


def words(label: str, *, rows: int = 3, **more: Any) -> forms.CharField:
    """A few lines of text."""
    return forms.CharField(label=label, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **more)


class CallForm(forms.Form):
    """Which of the open calls somebody is proposed in."""

    call = forms.ChoiceField(
        label="Pembukaan usulan",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih pembukaannya.", "invalid_choice": "Pembukaan ini tidak terbuka lagi."},
    )

    def __init__(self, *args, calls: dict[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.calls = calls
        self.fields["call"].choices = [(pk, str(call)) for pk, call in calls.items()]
        if len(calls) == 1:
            self.initial["call"] = next(iter(calls))


class AnswersForm(forms.Form):
    """What only the person can answer."""

    is_civil_servant = forms.TypedChoiceField(
        label="Apakah orang ini ASN, anggota TNI, atau Polri?",
        choices=[("tidak", "Tidak"), ("ya", "Ya")],
        coerce=lambda said: said == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Tanyakan, lalu pilih jawabannya."},
    )

    def __init__(self, *args, application: Application, **kwargs):
        super().__init__(*args, **kwargs)
        known = application.is_civil_servant
        self.initial["is_civil_servant"] = "" if known is None else "ya" if known else "tidak"


class PlanForm(forms.ModelForm):
    target_turnover = RupiahField(label="Sasaran omzet sebulan", required=False)

    class Meta:
        model = BusinessPlan
        fields = ("trade", "experience", "product", "market", "place", "target_turnover", "helpers")

    MULTILINE = ("experience", "product", "market", "place", "helpers")
    HELP = {
        "trade": "Misalnya menjahit pakaian anak.",
        "experience": "Pelatihan di UPT, kursus, atau berapa lama sudah menjalankannya.",
        "market": "Siapa pembelinya, di mana, dan bagaimana mereka tahu.",
        "helpers": "Keluarga, pendamping, atau kelompok. Jangan tulis NIK.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("trade", *self.MULTILINE):
            field, is_long = self.fields[name], name in self.MULTILINE
            self.fields[name] = forms.CharField(
                label=field.label.capitalize() if field.label else name,
                required=field.required,
                max_length=LONG if is_long else SHORT,
                help_text=self.HELP.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 3}) if is_long else forms.TextInput,
                error_messages={"required": "Bagian ini belum diisi."},
            )


class DocumentForm(forms.Form):
    """One paper, of a type that this user may bring now."""

    type = forms.ChoiceField(label="Dokumen", widget=PlainSelect, error_messages={"required": "Pilih dokumennya."})
    file = AttachmentField(label="Berkas")
    number = forms.CharField(label="Nomor surat", max_length=SHORT, required=False)
    issued_on = DayField(label="Tanggal surat", required=False)

    def __init__(self, *args, application: Application, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        form = form_of(application)
        self.types = {
            str(kind.pk): kind
            for stage in DocumentType.Stage
            if takes(application, stage, user)
            for kind in asked_for(form, stage)
        }
        self.fields["type"].choices = [
            ("", "Pilih dokumen"),
            *((pk, f"{kind}{'' if kind.is_required else ' (bila ada)'}") for pk, kind in self.types.items()),
        ]

    def clean_issued_on(self):
        issued_on = self.cleaned_data["issued_on"]
        if issued_on and issued_on > dates.today():
            raise forms.ValidationError("Tanggal surat tidak boleh sesudah hari ini.")
        return issued_on


class LetterForm(forms.Form):
    """The cover letter and what goes with it."""

    number = forms.CharField(
        label="Nomor surat pengantar",
        max_length=SHORT,
        help_text="Misalnya 460/812/432.305/2026.",
        error_messages={"required": "Isi nomor surat pengantar."},
    )
    dated_on = DayField(label="Tanggal surat pengantar", error_messages={"required": "Isi tanggal surat pengantar."})
    applications = forms.MultipleChoiceField(
        label="Usulan yang diajukan",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Pilih paling sedikit satu usulan.",
            "invalid_choice": "Salah satu usulan tidak dapat diajukan lagi. Muat ulang halaman.",
        },
    )

    def __init__(self, *args, waiting: dict[str, Application], **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting
        self.fields["applications"].choices = [(pk, f"{one.person}, {one}") for pk, one in waiting.items()]

    def clean_dated_on(self):
        dated_on = self.cleaned_data["dated_on"]
        if dated_on > dates.today():
            raise forms.ValidationError("Tanggal surat tidak boleh sesudah hari ini.")
        return dated_on

    def clean_applications(self) -> list[Application]:
        chosen = [self.waiting[pk] for pk in self.cleaned_data["applications"]]
        if len({one.region_id for one in chosen}) > 1:
            raise forms.ValidationError("Satu surat pengantar hanya untuk satu kab/kota. Pilih usulan satu kab/kota.")
        return chosen


class RefusalForm(forms.Form):
    """Why an application comes to nothing: a reason that can be counted, and what the person is told."""

    code = forms.ChoiceField(
        label="Alasan",
        choices=ApplicationStep.Code.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih alasannya."},
    )
    note = words(
        "Penjelasan",
        min_length=10,
        help_text="Ditulis supaya orangnya dapat memahami mengapa.",
        error_messages={"required": "Tulis penjelasannya.", "min_length": SHORT_REASON},
    )
