"""Telephone numbers: every way of writing one number gives one E.164 number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppks.kit import phones

MOBILE = "+6281234567890"


EMPTY = "Nomor telepon belum diisi."
UNREADABLE = "Nomor telepon tidak benar; tulis seperti 0812-3456-7890 atau (031) 8290794."


def read(text):
    """The number, or the sentence of the refusal."""
    try:
        return phones.parse(text)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "0812.3456.7890",
        "(0812) 3456\u00a07890",
        "6281234567890",
        "+62 812-3456-7890",
        "81234567890",
        "\u202a+62 812-3456-7890\u202c",
        81234567890,
        81234567890.0,
        6281234567890,
    ],
)
def test_every_usual_spelling_of_one_number_is_one_number(text):
    assert phones.parse(text) == MOBILE


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("0812345678", "+62812345678"),
        ("0812345678901", "+62812345678901"),
        ("(031) 8290794", "+62318290794"),
        ("0341-123456", "+62341123456"),
        ("+62 31 8290794", "+62318290794"),
        ("03112345", "+623112345"),
    ],
)
def test_short_long_and_landline_numbers_are_read(text, e164):
    assert phones.parse(text) == e164


@pytest.mark.parametrize(
    "text",
    [
        "081234567",
        "08123456789012",
        "0311234",
        "318290794",
        "+1 202 555 0100",
        "00628123456789",
        "0812345678a0",
        "\uff10\uff1812345678",
        "0812/3456/7890",
        "belum ada",
        True,
        81234567890.5,
        float("nan"),
        float("inf"),
        -81234567890,
        pytest.param(10**5000, id="5000 digits"),
    ],
)
def test_what_is_no_indonesian_number_is_refused_with_a_sentence(text):
    assert read(text) == UNREADABLE


@pytest.mark.parametrize("text", ["", " - ", None])
def test_an_empty_number_is_said_to_be_empty(text):
    assert read(text) == EMPTY


@pytest.mark.parametrize(
    ("e164", "shown", "masked"),
    [
        (MOBILE, "0812-3456-7890", "0812******90"),
        ("+62812345678", "0812-3456-78", "0812****78"),
        ("+62812345678901", "0812-3456-78901", "0812*******01"),
        ("+62318290794", "031-8290794", "0318****94"),
        ("+62341123456", "0341-123456", "0341****56"),
    ],
)
def test_numbers_are_shown_in_groups_or_masked(e164, shown, masked):
    assert phones.format(e164) == shown
    assert phones.mask(e164) == masked


def test_the_chat_link_carries_the_country_code_without_plus():
    assert phones.whatsapp(MOBILE) == "https://wa.me/6281234567890"


@given(st.from_regex(r"0(8[0-9]{8,11}|[2-79][0-9]{6,11})", fullmatch=True))
def test_what_is_shown_can_be_read_back(number):
    e164 = phones.parse(number)
    assert phones.parse(phones.format(e164)) == e164
    assert phones.parse(e164) == e164


@given(st.one_of(st.text(), st.floats(), st.integers(), st.text("0123456789+-() ")))
def test_any_input_gives_a_number_or_a_sentence(text):
    result = read(text)
    assert result.startswith("+62") or result.endswith(".")
