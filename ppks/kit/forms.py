"""Form fields that read what Indonesian offices type: amounts, days."""

from datetime import date

from django import forms

from ppks.kit import dates, rupiah

EXAMPLE = "Misalnya 26 Agustus 2020 atau 26/08/2020."


class RupiahField(forms.CharField):
    """Whole rupiah as an int, None for empty: `3000000`, `3.000.000`, `Rp 3.000.000`."""

    addon_before = "Rp"

    def __init__(self, **kwargs):
        super().__init__(
            **{"max_length": 30, "widget": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})}
            | kwargs
        )

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return rupiah.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value):
        return rupiah.format(value).removeprefix("Rp") if isinstance(value, int) else value


class DayField(forms.CharField):
    """A day as people write it: `26 Agustus 2020`, `26/08/2020`; never month first.

    Deliberately no date input: browsers show that in their own language's order, often month first.
    """

    def __init__(self, **kwargs):
        attrs = {"autocomplete": "off"}
        super().__init__(**{"max_length": 40, "widget": forms.TextInput(attrs=attrs), "help_text": EXAMPLE} | kwargs)

    def to_python(self, value):
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            return dates.parse(value)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value):
        return dates.long(value) if isinstance(value, date) else value
