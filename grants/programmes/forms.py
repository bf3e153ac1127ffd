"""What is typed about programmes: a new version of the rules, and the time in which people may be proposed."""

from typing import Any

from django import forms

from grants.budget.models import BudgetLine
from grants.programmes.models import Call, RuleSet
from ppks.kit.forms import DayField, PlainSelect

SHORT = 120
RULES = (
    "youngest",
    "oldest",
    "highest_decile",
    "months_at_home",
    "kinds",
    "needs_business",
    "excludes_civil_servants",
    "excluded_trades",
)


def _whole(label: str, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=most,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}),
        error_messages={"invalid": "Tulis dengan angka."},
        **more,
    )


def _codes(label: str, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2_000, required=False, **more)


class RuleSetForm(forms.Form):
    """The next version; it begins as the newest one stands."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    youngest = _whole("Umur paling muda", 120)
    oldest = _whole("Umur paling tua", 120)
    highest_decile = _whole("Desil paling tinggi", 10, help_text="1 sampai 10; kosong berarti tidak diperiksa.")
    months_at_home = _whole("Bulan sejak keluar dari UPT", 600)
    kinds = _codes("Jenis PPKS", help_text="Kode dipisah koma; kosong berarti semua.")
    excluded_trades = _codes("Bidang usaha yang dikecualikan", help_text="Kode dipisah koma.")
    needs_business = forms.BooleanField(label="Usaha harus sudah ada", required=False)
    excludes_civil_servants = forms.BooleanField(label="Bukan ASN, TNI, atau Polri", required=False)

    def __init__(self, *args, newest: RuleSet | None, known: dict[str, set[str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        self.initial["version"] = newest.version + 1 if newest else 1
        for name in RULES if newest else ():
            value = getattr(newest, name)
            self.initial[name] = ", ".join(value) if isinstance(value, list) else value

    def _listed(self, name: str) -> list[str]:
        codes = [code.strip().upper() for code in self.cleaned_data[name].split(",") if code.strip()]
        if unknown := sorted(set(codes) - self.known[name]) if name in self.known else []:
            raise forms.ValidationError(f"Kode tidak dikenal: {', '.join(unknown)}.")
        return list(dict.fromkeys(codes))

    def clean_kinds(self) -> list[str]:
        return self._listed("kinds")

    def clean_excluded_trades(self) -> list[str]:
        return self._listed("excluded_trades")

    def clean_months_at_home(self) -> int:
        return self.cleaned_data["months_at_home"] or 0

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        youngest, oldest = found.get("youngest"), found.get("oldest")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("oldest", "Umur paling tua tidak boleh di bawah umur paling muda.")
        if found.get("highest_decile") == 0:
            self.add_error("highest_decile", "Desil mulai dari 1.")
        return found


class CallForm(forms.Form):
    """A time of proposing."""

    name = forms.CharField(label="Nama", max_length=SHORT, help_text="Misalnya KIP eks PPKS Jawara 2026, tahap I.")
    opens_on = DayField(label="Dibuka")
    closes_on = DayField(label="Ditutup", help_text="Hari terakhir usulan dapat diajukan.")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        opens_on, closes_on = found.get("opens_on"), found.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", "Tanggal ditutup tidak boleh sebelum tanggal dibuka.")
        return found


class NewCallForm(CallForm):
    """With the money and the rules it stands on, which never change afterwards."""

    line = forms.ChoiceField(label="Mata anggaran", widget=PlainSelect)
    rule_set = forms.ChoiceField(label="Aturan", widget=PlainSelect)
    field_order = ("name", "line", "rule_set", "opens_on", "closes_on")

    def __init__(self, *args, lines: list[BudgetLine], rule_sets: list[RuleSet], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [(str(line.pk), str(line)) for line in lines]
        self.fields["rule_set"].choices = [(str(one.pk), f"Versi {one.version}") for one in rule_sets]
        self.order_fields(self.field_order)

    def made(self) -> Call:
        """After validation: the call, not yet stored."""
        found = self.cleaned_data
        named = {name: found[name] for name in ("name", "opens_on", "closes_on")}
        return Call(line_id=int(found["line"]), rule_set_id=int(found["rule_set"]), **named)
