"""Inputs written without a template are those that Django's templates draw."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from ppks.kit.forms import PlainSelect
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


@pytest.mark.parametrize("value", [None, "", "a", "b&", "c"])
def test_a_plain_select_offers_what_django_offers_and_escapes_it(value):
    choices = [("", "Semua"), ("a", 'Kab. "A" <b>'), ("b&", mark_safe("B &amp; b")), (3, "Tiga")]
    ours, theirs = (
        select(choices=choices).render("kab", value, {"id": "id_kab"}, DjangoTemplates())
        for select in (PlainSelect, forms.Select)
    )
    ours, theirs = (
        "".join(drawn.partition(">")[2].split()) for drawn in (ours, theirs)
    )  # less the order of attributes
    assert ours == theirs
