"""Names: spellings of one name share a key, different people do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients import names

ANY_NAME = st.one_of(
    st.text(),
    st.text("abcdehijmorstuxy. ,'-", max_size=30),
    st.lists(
        st.sampled_from(
            ["M.", "Moch.", "H.", "S.", "Pd", "Abd.", "St.", "Ach", "Moh", "mo", "h", "alm.", "Nut", "Joko"]
        )
    ).map(" ".join),
)

WORDS = (
    "Abd.", "Achmad", "Aisyah", "Anis", "Ana", "Choirul", "Djoko", "Eko", "Endang", "Hardjo", "Hidayat", "Ida",
    "Indah", "Indrawati", "Jaelani", "Joko", "Khotimah", "M.", "Moch.", "Muhammad", "Nur", "Oentoro", "Santoso",
    "Siti", "Soeparmi", "St.", "Susanti", "Sutrisno", "Tjipto", "Umi", "Yuda", "Zainuri",
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moch. Arifin", "Muhammad Arifin"),
        ("Mochamad Arifin", "Muhammad Arifin"),
        ("Mochammad Arifin", "Muhammad Arifin"),
        ("Moh. Arifin", "Muhammad Arifin"),
        ("Mohammad Arifin", "Muhammad Arifin"),
        ("Mohamad Arifin", "Muhammad Arifin"),
        ("Muh. Arifin", "Muhammad Arifin"),
        ("Mhd Arifin", "Muhammad Arifin"),
        ("M. Arifin", "Muhammad Arifin"),
        ("M.Arifin", "Muhammad Arifin"),
        ("H.M. Arifin", "Muhammad Arifin"),
        ("Mohammadarifin", "Muhammad Arifin"),
        ("Abd. Rohman", "Abdul Rohman"),
        ("Abdoel Rohman", "Abdul Rohman"),
        ("Ach. Zainuri", "Ahmad Zaenuri"),
        ("Achmad Zainuri", "Ahmad Zaenuri"),
        ("Akhmad Zainuri", "Ahmad Zaenuri"),
        ("St. Aminah", "Siti Aminah"),
        ("Sitti Aminah", "Siti Aminah"),
        ("Soeparmi", "Suparmi"),
        ("Tjipto Hardjo", "Cipto Harjo"),
        ("Djoko Sjamsul", "Joko Syamsul"),
        ("Chusnul Chotimah", "Khusnul Khotimah"),
        ("Sulaiman", "Sulaeman"),
        ("Fattimah Azzahra", "Fatimah Azahra"),
        ("NURHAYATI", "Nur Hayati"),
        ("Nur-Hayati", "Nur  Hayati"),
        ("Anis Susanti", "Anissusanti"),
        ("Ma'ruf", "Ma\u2019ruf"),
        ("René", "Rene\u0301"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(
    "adorned",
    [
        "H. Slamet Riyadi",
        "Hj. Slamet Riyadi",
        "Hj.Slamet Riyadi",
        "KH. Slamet Riyadi",
        "K.H. Slamet Riyadi",
        "Drs. H. Slamet Riyadi",
        "Ir. Slamet Riyadi",
        "R. Slamet Riyadi",
        "Rr. Slamet Riyadi",
        "R.A. Slamet Riyadi",
        "Slamet Riyadi, S.Pd",
        "Slamet Riyadi S. Pd. I.",
        "Slamet Riyadi, S.E., M.M.",
        "Slamet Riyadi ST",
        "alm. Slamet Riyadi",
        "Slamet Riyadi (Alm)",
        "Bpk. Slamet Riyadi",
        "\u202eSlamet\u200b Riyadi\x00 \U0001f600\U0001f3fd",
    ],
)
def test_titles_degrees_and_invisible_characters_are_no_part_of_the_name(adorned):
    assert names.key(adorned) == "slametriyadi"
    assert names.words(adorned) == ("slamet", "riyadi")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sutrisno", "Sutrisna"),
        ("Suparman", "Suparmin"),
        ("Suparmi", "Suparman"),
        ("Slamet", "Slamat"),
        ("Ahmad", "Ahmadi"),
        ("Muhammad", "Mahmud"),
        ("Siti Aminah", "Aminah"),
        ("H. Aji Santoso", "Santoso"),
        ("Suparman", "Ny. Suparman"),
        ("Sutrisno 1", "Sutrisno 2"),
        ("Rini M.", "Rini Muhammad"),
        ("Candra", "Khandra"),
    ],
)
def test_different_people_stay_different(one, other):
    assert names.key(one) != names.key(other)


def test_a_name_can_be_searched_by_one_of_its_words():
    assert names.words("H. Moch. Choirul Anam, S.Pd") == ("muhamad", "khoirul", "anam")
    assert names.words("Choirul") == ("khoirul",)


def test_words_keep_a_blank_only_where_they_would_run_into_another_sound():
    assert names.key("Eko Endang") == "eko endang"
    assert names.key("Ahmad Jaelani") == "ahmad jaelani"
    assert names.key("Ana Indah Lestari") == "ana indahlestari"


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_every_word_of_a_name_is_found_in_its_key(written):
    name = " ".join(written)
    assert [word for word in names.words(name) if word not in names.key(name)] == []


@pytest.mark.parametrize(
    ("name", "key"), [("", ""), ("\U0001f600", ""), ("\x00", ""), ("H.", "h"), ("Ir", "ir"), ("Alm", "alm")]
)
def test_a_key_is_empty_only_when_no_letter_is_left(name, key):
    assert names.key(name) == key


@given(ANY_NAME)
def test_the_key_of_a_key_is_the_key(name):
    key = names.key(name)
    assert names.key(key) == key
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@given(ANY_NAME)
def test_case_and_spacing_around_never_change_the_key(name):
    assert names.key(f"  {names.clean(name)} ") == names.key(name)
    assert names.clean(names.clean(name)) == names.clean(name)


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=2), min_size=1).map(" ".join))
def test_upper_case_never_changes_the_key(name):
    assert names.key(name.upper()) == names.key(name)


def test_a_very_long_name_is_read_in_reasonable_time():
    assert names.key("H. " * 100_000 + "Slamet") == "slamet"
    assert names.key("Slamet" + " S.Pd" * 100_000) == "slamet"


@pytest.mark.parametrize(
    ("written", "cleaned"),
    [
        ("  Soeparmi\t Astuti \n", "Soeparmi Astuti"),
        ("Nur\u00a0Hayati", "Nur Hayati"),
        ("Nur\u200bhayati\ufeff", "Nurhayati"),
        ("\u202eSlamet\x00\x07", "Slamet"),
        ("Sri \U0001f469\U0001f3fd\u200d\U0001f33e Wahyuni \u2764\ufe0f", "Sri Wahyuni"),
        ("Slamet\ud800", "Slamet"),
        ("Ma'ruf, S.Pd", "Ma'ruf, S.Pd"),
        ("Rene\u0301", "Ren\u00e9"),
        ("عائشة", "عائشة"),
    ],
)
def test_cleaning_keeps_the_spelling_and_drops_what_cannot_be_seen(written, cleaned):
    assert names.clean(written) == cleaned


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Marsinah Rahayu", "M. R."),
        ("ngatini", "N."),
        ("Hj. Moch.Arifin, S.Pd", "M. A."),
        ("عائشة", "ع."),
        ("", ""),
        ("!!!", ""),
    ],
)
def test_initials_are_the_first_letters_without_titles(name, initials):
    assert names.initials(name) == initials
