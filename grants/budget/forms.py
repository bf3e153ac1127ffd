"""What is typed about the budget: a new line, another ceiling, the allocations of many kab/kota at once."""

from typing import Any

from django import forms

from grants.budget.models import BudgetLine
from grants.programmes.models import Programme
from ppks.kit import dates
from ppks.kit.forms import RupiahField
from ppks.regions.models import Region

SHORT, LONG = 200, 1_000


class WithReason(forms.Form):
    """Every change names the paper it rests on and the reason."""

    document = forms.CharField(
        label="Dasar perubahan", max_length=SHORT, help_text="Nomor dan tanggal DPA, DPPA, atau SK kuota."
    )
    reason = forms.CharField(label="Alasan", max_length=LONG, widget=forms.Textarea(attrs={"rows": 2}))


class LineForm(WithReason):
    field_order = ("programme", "year", "source", "ceiling")

    programme = forms.ModelChoiceField(label="Program", queryset=None, empty_label="Pilih program")
    year = forms.IntegerField(label="Tahun anggaran", min_value=2020, max_value=2100)
    source = forms.ChoiceField(
        label="Sumber", choices=BudgetLine.Source.choices, widget=forms.RadioSelect, initial=BudgetLine.Source.ORIGINAL
    )
    ceiling = RupiahField(label="Pagu")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = Programme.objects.current()
        self.fields["year"].initial = dates.today().year

    def clean_ceiling(self) -> int:
        if not self.cleaned_data["ceiling"]:
            raise forms.ValidationError("Pagu harus di atas nol.")
        return self.cleaned_data["ceiling"]


class CeilingForm(WithReason):
    """`seen` is the ceiling that stood on the page: what somebody else changed meanwhile is not overwritten."""

    field_order = ("ceiling",)

    ceiling = RupiahField(label="Pagu sesudah perubahan")
    seen = RupiahField(widget=forms.HiddenInput)


class AllocationsForm(WithReason):
    """One field a kab/kota, and what stood there when the page was opened."""

    def __init__(self, *args, regions: list[Region], now: dict[int, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.regions = regions
        for region in regions:
            stands = now.get(region.pk, 0)
            self.fields[f"a{region.pk}"] = RupiahField(label=str(region), required=False, initial=stands or None)
            self.fields[f"s{region.pk}"] = RupiahField(required=False, initial=stands, widget=forms.HiddenInput)

    @property
    def places(self) -> list[Any]:
        """(field, hidden field) of each kab/kota, for the template."""
        return [(self[f"a{region.pk}"], self[f"s{region.pk}"]) for region in self.regions]

    @property
    def why(self) -> list[Any]:
        return [self["document"], self["reason"]]

    @property
    def wanted(self) -> dict[int, int]:
        """What was typed; an empty field means none."""
        return {region.pk: self.cleaned_data.get(f"a{region.pk}") or 0 for region in self.regions}

    @property
    def seen(self) -> dict[int, int]:
        return {region.pk: self.cleaned_data.get(f"s{region.pk}") or 0 for region in self.regions}
