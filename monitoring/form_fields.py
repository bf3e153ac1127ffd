"""The kinds of question that the visit form asks."""

import re
from decimal import Decimal
from typing import Any

from django import forms

from monitoring import photos
from monitoring.visits import LATITUDES, LONGITUDES
from ppks.documents import pictures
from ppks.kit.forms import RupiahField, TypedField

_POSITION = re.compile(r"([-−]?[0-9]{1,2}\.[0-9]{1,20})\s*[,; ]\s*([0-9]{2,3}\.[0-9]{1,20})")
_UNREADABLE = "Letak tidak terbaca; salin dari peta seperti -7.150400, 111.881700."
_FAR_AWAY = "Letak itu bukan di Jawa Timur. Periksa lagi, atau kosongkan."
_STEP = Decimal("0.000001")


def amount(label: str, help_text: str = "") -> RupiahField:
    return RupiahField(label=label, help_text=help_text, required=False)


def count(label: str) -> forms.IntegerField:
    """A number of people."""
    field = forms.IntegerField(
        label=label, min_value=0, max_value=999, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    field.addon_after = "orang"
    return field


def choice(label: str, choices: Any) -> forms.ChoiceField:
    """One of a few, or no answer."""
    listed = choices if isinstance(choices, list) else choices.choices
    return forms.ChoiceField(label=label, choices=[("", "–"), *listed], required=False)


class PositionField(TypedField):
    """Latitude and longitude as a map shows them, in one line."""

    def __init__(self, **kwargs):
        super().__init__(**{"help_text": "Salin dari peta di HP, misalnya -7.150400, 111.881700."} | kwargs)

    @staticmethod
    def read(text: str) -> tuple[Decimal, Decimal]:
        match = _POSITION.fullmatch(text)
        if match is None:
            raise ValueError(_UNREADABLE)
        latitude, longitude = (Decimal(part.replace("−", "-")).quantize(_STEP) for part in match.groups())
        if not (LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]):
            raise ValueError(_FAR_AWAY)
        return latitude, longitude

    def prepare_value(self, value):
        return f"{value[0]}, {value[1]}" if isinstance(value, tuple) else value


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class PhotosField(forms.FileField):
    """Several photos at once, each already read and made small: a list of `pictures.Picture`."""

    def __init__(self, **kwargs):
        accepted = {"accept": "image/jpeg,image/png,image/webp"}
        text = f"Paling banyak {photos.MOST} foto JPEG, PNG, atau WebP, masing-masing 10 MB."
        super().__init__(**{"widget": _SeveralFiles(attrs=accepted), "help_text": text} | kwargs)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > photos.MOST:
            raise forms.ValidationError(f"Paling banyak {photos.MOST} foto sekali kunjungan.")
        return [self._picture(file) for file in files]

    @staticmethod
    def _picture(file) -> pictures.Picture:
        try:
            return pictures.read(file, file.size)
        except pictures.NotKept as error:
            raise forms.ValidationError(str(error)) from error
