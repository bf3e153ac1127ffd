"""Form fields that read what Indonesian offices type: amounts, days."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from ppks.kit import dates, rupiah

LONGEST = 40
EXAMPLE = "Misalnya 26 Agustus 2020 atau 26/08/2020."


class PlainSelect(forms.Select):
    """A select of ungrouped choices, written without a template: for 38 kab/kota that takes a tenth of the time."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = SafeString("".join(_option(code, label, chosen) for code, label in self.choices))
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs({"name": name} | self.attrs, attrs)), options
        )


def _option(code: Any, label: Any, chosen: str) -> str:
    selected = " selected" if str(code) == chosen else ""
    return f'<option value="{conditional_escape(code)}"{selected}>{conditional_escape(label)}</option>'


class TypedField(forms.Field):
    """A line of text that `read` turns into a value; its ValueError is the sentence a person reads."""

    read: Callable[[str], Any]
    attrs: dict[str, str] = {"autocomplete": "off"}

    def __init__(self, **kwargs):
        super().__init__(**{"widget": forms.TextInput(attrs=self.attrs | {"maxlength": str(LONGEST)})} | kwargs)

    def to_python(self, value):
        text = str(value).strip() if value is not None else ""
        if not text:
            return None
        try:
            return self.read(text[: LONGEST + 1])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class RupiahField(TypedField):
    """Whole rupiah as an int, None for empty: `3000000`, `3.000.000`, `Rp 3.000.000`."""

    addon_before = "Rp"
    read = staticmethod(rupiah.parse)
    attrs = {"autocomplete": "off", "inputmode": "numeric"}

    def prepare_value(self, value):
        return rupiah.format(value).removeprefix("Rp") if isinstance(value, int) else value


class ResultField(RupiahField):
    """Whole rupiah that may be a loss, below zero: `-50.000`. A phone's number pad has no minus: offer a tick beside it."""

    read = staticmethod(rupiah.parse_signed)

    def prepare_value(self, value):
        return rupiah.format(value).replace("Rp", "") if isinstance(value, int) else value


class DayField(TypedField):
    """A day as people write it: `26 Agustus 2020`, `26/08/2020`; never month first.

    Deliberately no date input: browsers show that in their own language's order, often month first.
    """

    read = staticmethod(dates.parse)

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": EXAMPLE} | kwargs)

    def prepare_value(self, value):
        return dates.long(value) if isinstance(value, date) else value
