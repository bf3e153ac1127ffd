"""What is typed after a visit."""

import uuid

from django import forms

from monitoring.models import Business, Visit
from ppks.kit import dates, rupiah
from ppks.kit.forms import DayField, RupiahField

YES, NO = "ya", "tidak"


class VisitForm(forms.Form):
    """Few answers are compulsory: when, whom, running or not, and if running the turnover or an honest "tidak tahu"."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    visited_on = DayField(label="Tanggal kunjungan")
    met = forms.ChoiceField(label="Bertemu siapa?", choices=Visit.Met.choices, widget=forms.RadioSelect)
    operating = forms.ChoiceField(
        label="Usaha masih berjalan?", choices=[(YES, "Ya"), (NO, "Tidak")], widget=forms.RadioSelect
    )
    turnover = RupiahField(label="Omzet sebulan terakhir", required=False)
    turnover_unknown = forms.BooleanField(label="Omzetnya tidak diketahui", required=False)
    profit = RupiahField(label="Laba bersih sebulan terakhir", required=False)
    basis = forms.ChoiceField(
        label="Angka dari mana?", choices=Visit.Basis.choices, widget=forms.RadioSelect, required=False
    )
    workers = forms.IntegerField(
        label="Tenaga kerja selain pemilik",
        min_value=0,
        max_value=999,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    note = forms.CharField(label="Catatan", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, business: Business, last: Visit | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.business = business
        self.fields["workers"].addon_after = "orang"
        self.fields["turnover"].asks_anyway = True
        if not self.is_bound:
            self.initial.setdefault("key", uuid.uuid4())
            self.initial.setdefault("visited_on", dates.today())
        if last is not None:
            self._show_last(last)

    def _show_last(self, last: Visit) -> None:
        label = f"Kunjungan lalu, {dates.short(last.visited_on)}"
        for name in ("turnover", "profit"):
            if (amount := getattr(last, name)) is not None:
                self.fields[name].last_value = (label, rupiah.format(amount))
        if last.workers is not None:
            self.fields["workers"].last_value = (label, f"{last.workers} orang")

    def clean_visited_on(self):
        day = self.cleaned_data["visited_on"]
        if day > dates.today():
            raise forms.ValidationError("Tanggal kunjungan tidak boleh sesudah hari ini.")
        return day

    def clean(self):
        given = super().clean()
        if given.get("operating") == YES:
            self._check_turnover(given)
        elif given.get("operating") == NO and given.get("turnover"):
            self.add_error(
                "turnover", "Usaha yang tidak berjalan tidak punya omzet. Kosongkan, atau pilih “Ya” di atas."
            )
        profit, turnover = given.get("profit"), given.get("turnover")
        if profit is not None and turnover is not None and profit > turnover:
            self.add_error("profit", f"Laba bersih tidak boleh lebih besar daripada omzet ({rupiah.format(turnover)}).")
        return given

    def _check_turnover(self, given) -> None:
        if "turnover" in self.errors:
            return
        if given.get("turnover") is None and not given.get("turnover_unknown"):
            self.add_error("turnover", "Isi omzet, atau centang “Omzetnya tidak diketahui”.")
        if given.get("turnover") is not None and given.get("turnover_unknown"):
            self.add_error("turnover_unknown", "Omzet sudah diisi. Hapus centang ini, atau kosongkan omzet.")

    def visit(self, by) -> Visit:
        """The visit as typed, not yet stored."""
        given = self.cleaned_data
        return Visit(
            key=given["key"],
            business=self.business,
            visited_on=given["visited_on"],
            met=given["met"],
            operating=given["operating"] == YES,
            turnover=given["turnover"],
            profit=given["profit"],
            workers=given["workers"],
            basis=given["basis"] or "",
            note=given["note"].strip(),
            by=by,
        )
