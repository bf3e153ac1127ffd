"""Rupiah: what people and Excel write is read exactly or refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppks.kit import rupiah

AMOUNTS = st.integers(min_value=0, max_value=rupiah.MAX)


EMPTY = "Jumlah uang belum diisi."
MINUS = "Jumlah uang tidak boleh negatif."
WHOLE = "Jumlah uang harus rupiah bulat, tanpa sen."
LARGE = "Jumlah uang terlalu besar: paling banyak 15 angka."
GROUPS = "Titik, koma, atau nol di depan tidak pada tempatnya; tulis rupiah bulat seperti 3.000.000."
WORDS = "Jumlah uang harus ditulis dengan angka, misalnya 3.000.000."


def read(text):
    """The amount, or the sentence of the refusal."""
    try:
        return rupiah.parse(text)
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "text",
    [
        "Rp 3.000.000",
        "Rp3.000.000,-",
        "3.000.000,00",
        "3000000",
        "Rp. 3.000.000",
        "rp.3.000.000",
        "RP 3.000.000",
        "  3.000.000 ",
        "\u00a0Rp\u00a03.000.000\u00a0",
        3000000,
        3000000.0,
    ],
)
def test_every_usual_spelling_of_three_million_is_read(text):
    assert rupiah.parse(text) == 3_000_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", EMPTY),
        ("  \u00a0", EMPTY),
        (None, EMPTY),
        ("-3000", MINUS),
        ("Rp -3.000", MINUS),
        (-1, MINUS),
        (-1.0, MINUS),
        ("tiga juta", WORDS),
        ("3 juta", WORDS),
        ("Rp", WORDS),
        ("-", WORDS),
        (True, WORDS),
        ("\uff11\uff12\uff13", WORDS),
        ("\u0663\u0660\u0660", WORDS),
        ("1e6", WORDS),
        ("3.000\x00.000", WORDS),
        ("3.00.000", GROUPS),
        ("3.000.00", GROUPS),
        ("3.0000", GROUPS),
        ("3,000,000", GROUPS),
        ("3.000.000,50", GROUPS),
        ("3000000.00", GROUPS),
        ("0.500.000", GROUPS),
        ("081234567890", GROUPS),
        (0.5, WHOLE),
        (float("nan"), WHOLE),
        (float("inf"), WHOLE),
        ("1" * 16, LARGE),
        pytest.param("1" * 10_000, LARGE, id="10000 typed digits"),
        (10**15, LARGE),
        pytest.param(10**5000, LARGE, id="5000 digits"),
        (1e300, LARGE),
    ],
)
def test_what_is_not_plainly_an_amount_is_refused_with_a_sentence(text, sentence):
    assert read(text) == sentence


def test_fifteen_digits_are_still_an_amount():
    assert rupiah.parse("999.999.999.999.999") == rupiah.MAX


@given(AMOUNTS)
def test_what_is_printed_can_be_read_back(n):
    assert rupiah.parse(rupiah.format(n)) == n
    assert rupiah.parse(str(n)) == n
    assert rupiah.parse(n) == n


@given(st.one_of(st.text(), st.floats(), st.integers(), st.text("0123456789.,-Rp ")))
def test_any_input_gives_an_amount_or_a_sentence(text):
    result = read(text)
    assert 0 <= result <= rupiah.MAX if isinstance(result, int) else result.endswith(".")


@pytest.mark.parametrize(
    ("n", "printed"),
    [(0, "Rp0"), (999, "Rp999"), (3_000_000, "Rp3.000.000"), (-5_000, "-Rp5.000")],
)
def test_amounts_are_printed_without_a_blank_and_with_dots(n, printed):
    assert rupiah.format(n) == printed


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (15, "lima belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_001_001, "satu juta seribu satu"),
        (3_000_000, "tiga juta"),
        (1_000_000_000, "satu miliar"),
        (2_500_000_000_000, "dua triliun lima ratus miliar"),
        (-2_000, "minus dua ribu"),
        (
            10**15 - 1,
            "sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh sembilan miliar "
            "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
            "sembilan ratus sembilan puluh sembilan",
        ),
    ],
)
def test_amounts_are_spelled_as_a_receipt_spells_them(n, words):
    assert rupiah.terbilang(n) == words


def test_no_number_of_sixteen_digits_is_spelled():
    with pytest.raises(ValueError, match="15 angka"):
        rupiah.terbilang(10**15)


SMALL = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
VALUES = {word: n for n, word in enumerate(SMALL.split())} | {"seratus": 100, "seribu": 1000}
TIMES = {"puluh": 10, "ratus": 100}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def value_of(words):
    """The number that words spell, read by a rule of its own."""
    total = group = 0
    for word in words.split():
        if word in SCALES:
            total, group = total + group * SCALES[word], 0
        elif word == "belas":
            group += 10
        elif word in TIMES:
            group += (group % 10) * (TIMES[word] - 1)
        else:
            group += VALUES[word]
    return total + group


@given(AMOUNTS)
def test_the_words_mean_the_number(n):
    assert value_of(rupiah.terbilang(n)) == n


@given(AMOUNTS)
def test_one_thousand_is_never_called_satu_ribu_nor_one_hundred_satu_ratus(n):
    words = f" {rupiah.terbilang(n)} "
    assert " satu ratus " not in words
    assert n // 1000 % 1000 != 1 or " satu ribu " not in words
