"""Inputs written without a template are those that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from ppks.kit.inputs import KINDS, Renderer

WIDGETS = (
    forms.CheckboxInput, forms.DateInput, forms.EmailInput, forms.FileInput, forms.HiddenInput, forms.NumberInput,
    forms.PasswordInput, forms.SearchInput, forms.TelInput, forms.TextInput, forms.TimeInput, forms.URLInput,
)  # fmt: skip
VALUES = (None, "", "Ngatini", 1_500_000, 2.5, True, "</input> \"&'", mark_safe("<b>&amp;</b>"))
ATTRS = (
    {},
    {"id": "id_x", "required": True, "disabled": False, "maxlength": 40, "class": "form-control"},
    {"title": 'a "b" & <c>', "data-safe": mark_safe("&quot;"), "x": None, "y": "", "z": 0},
)


@pytest.mark.parametrize("widget", WIDGETS)
def test_an_input_is_the_one_that_django_draws(widget):
    ours, theirs = (
        [widget().render("nama", value, attrs, renderer) for value in VALUES for attrs in ATTRS]
        for renderer in (Renderer(), DjangoTemplates())
    )

    assert ours == theirs


def test_every_kind_has_been_compared():
    assert {widget.template_name for widget in WIDGETS} == {f"django/forms/widgets/{kind}.html" for kind in KINDS}
