"""What is asked at the import desk: the file, what the list does not say itself, the decision, the reason to undo."""

from pathlib import PurePath
from typing import Any

from django import forms

from ppks.intake.lists import KIND
from ppks.intake.models import Import
from ppks.intake.stages import RECIPIENTS
from ppks.kit import dates
from ppks.kit.forms import DayField
from ppks.kit.uploads import MOST
from ppks.regions.models import Region

NOT_READ = "-"
TOO_LARGE = (
    f"Berkas lebih besar dari {MOST // 2**20} MB, sehingga tidak dibaca. Hapus gambar dari buku kerja,"
    " atau pecah daftarnya, lalu coba lagi."
)
NO_FILE = {
    "required": "Pilih dulu berkas daftarnya.",
    "empty": "Berkas ini kosong (0 bita). Unggah lagi dari komputer tempat berkas itu dibuat.",
    "missing": "Pilih dulu berkas daftarnya.",
    "invalid": "Berkas tidak sampai. Pilih lagi berkasnya, lalu unggah.",
}


class ListDayField(DayField):
    """The day a list tells of: not after today."""

    def clean(self, value):
        day = super().clean(value)
        if day and day > dates.today():
            raise forms.ValidationError("Tanggal daftar tidak boleh sesudah hari ini.")
        return day


class RegionField(forms.ModelChoiceField):
    """A kab/kota that the user answers for."""

    def __init__(self, user: Any, **kwargs: Any):
        regions = Region.objects.current().visible_to(user)
        super().__init__(regions, label="Kab/kota", empty_label="Menurut daftarnya", **kwargs)


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label="Isi daftar",
        choices=[(kind.code, kind.label) for kind in KIND.values()],
        widget=forms.RadioSelect,
        initial=RECIPIENTS,
    )
    file = forms.FileField(
        label="Berkas daftar",
        error_messages=NO_FILE,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xlsb,.xls,.ods,.csv"}),
        help_text=f"Excel (.xlsx, .xls), LibreOffice (.ods), atau CSV, sampai {MOST // 2**20} MB.",
    )
    as_of = ListDayField(
        label="Tanggal daftar",
        required=False,
        help_text="Hanya bila judul atau tanda tangan daftar tidak menyebut tanggal. Misalnya 26 Agustus 2020.",
    )

    def __init__(self, *args, user: Any, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if len(user.reach) != 1:  # an officer of one kab/kota needs no question
            self.fields["region"] = RegionField(user, required=bool(user.reach), help_text=self._why_region())

    def _why_region(self) -> str:
        if self.user.reach:
            return "Atas nama kantor mana, dan untuk baris yang tidak menyebut kab/kota."
        return "Hanya bila daftarnya dari satu kab/kota dan tidak menyebutnya."

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(TOO_LARGE)
        return file

    def listing(self, sha256: str) -> Import:
        """The import as asked for, not yet stored."""
        given, reach = self.cleaned_data, list(self.user.reach)
        region = given["region"].pk if given.get("region") else (reach[0] if len(reach) == 1 else None)
        return Import(
            kind=given["kind"],
            name=PurePath(given["file"].name.replace("\\", "/")).name[:200],
            sha256=sha256,
            office_id=region if reach else None,
            region_id=region,
            reach=reach,
            by=self.user,
            as_of=given["as_of"],
        )


class AnswersForm(forms.Form):
    """What the list did not say, or said in words that nobody knows: only what is lacking is asked."""

    def __init__(self, *args, user: Any, listing: Import, report: dict[str, Any], **kwargs):
        super().__init__(*args, **kwargs)
        self.headings = report.get("unknown") or report.get("candidates") or []
        if listing.list_date is None and "problems" in report:
            self.fields["as_of"] = ListDayField(label="Tanggal daftar", required=False)
        if report.get("needs_region"):
            self.fields["region"] = RegionField(user, required=False)
        known = [(name, label) for name, label in KIND[listing.kind].fields.items()]
        for number, (cell, text) in enumerate(self.headings):
            self.fields[f"heading_{number}"] = forms.ChoiceField(
                label=f"{text} ({cell})",
                choices=[("", "Belum ditentukan, tidak dibaca"), (NOT_READ, "Memang tidak perlu dibaca"), *known],
                required=False,
            )

    @property
    def told(self) -> dict[str, str]:
        """The headings that were given a meaning, with their field; "" for a column to leave out."""
        given = {text: self.cleaned_data[f"heading_{number}"] for number, (_, text) in enumerate(self.headings)}
        return {text: "" if field == NOT_READ else field for text, field in given.items() if field}

    def clean(self):
        given = super().clean()
        fields = [value for name, value in given.items() if name.startswith("heading_") and value not in ("", NOT_READ)]
        if twice := next((field for field in fields if fields.count(field) > 1), None):
            for name, value in list(given.items()):
                if value == twice:
                    self.add_error(name, "Dua kolom tidak dapat berarti sama.")
        elif not self.errors and not any(given.values()):
            raise forms.ValidationError("Isi paling sedikit satu, lalu baca ulang.")
        return given


class UndoForm(forms.Form):
    reason = forms.CharField(
        label="Mengapa impor ini dibatalkan?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alasan ini dicatat bersama nama Anda di riwayat impor.",
    )

    def clean_reason(self):
        reason = self.cleaned_data["reason"].strip()
        if len(reason) < 10:
            raise forms.ValidationError("Tulis alasannya lebih jelas, paling sedikit 10 huruf.")
        return reason
