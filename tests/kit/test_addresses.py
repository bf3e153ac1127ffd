"""Addresses: found as Django finds them, whatever the keys; what no page has is an error."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse

from ppks.kit.addresses import address


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("person_list", ()),
        ("business_detail", (1,)),
        ("business_detail", (0,)),
        ("business_detail", (2_147_483_647,)),
        ("business_detail", ("12",)),
        ("period_detail", ("2026-10",)),
        ("edition_detail", ("2026-10", 3)),
    ],
)
def test_an_address_is_the_one_that_django_finds(name, keys):
    assert address(name, *keys) == reverse(name, args=keys)


@pytest.mark.parametrize(("name", "keys"), [("business_detail", (-1,)), ("business_detail", (1, 2)), ("no_page", (1,))])
def test_what_no_page_has_is_an_error(name, keys):
    with pytest.raises(NoReverseMatch):
        address(name, *keys)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('{% url "business_detail" key %}', "/usaha/7/"),
        ('{% url "business_detail" pk=key %}', "/usaha/7/"),
        ('{% url "business_detail" key as here %}[{{ here }}]', "[/usaha/7/]"),
        ('{% url "business_detail" nothing as here %}[{{ here }}]', "[]"),
        ('{% url "person_list" %}', "/klien/"),
    ],
)
def test_the_tag_takes_all_that_djangos_takes(written, shown):
    assert engines["django"].from_string(written).render({"key": 7, "nothing": ""}) == shown
