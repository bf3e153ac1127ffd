"""The search: by name through the one function that reads past the policies, by number through the blind index."""

import re

import pytest

from clients.models import Person
from tests.factories import PersonFactory, StayFactory
from tests.office import bare, column, door, refused, sql
from tests.people import TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

ASK = "select * from search_people(array['siti'], 50)"


@pytest.fixture
def sitis():
    """One in Bojonegoro, one in Tuban, one who stays in the UPT; by the order of their names."""
    own = PersonFactory(name="Siti Aisyah", nik="3522015708720011", phone="+6281234567890")
    other = PersonFactory(name="Siti Badriyah", region_id=TUBAN, nik="3523015708720012", phone="+6281234567891")
    resident = PersonFactory(name="Siti Chotimah", region_id=TUBAN, kk="3523011203080009")
    StayFactory(person=resident)
    return {"own": own.pk, "other": other.pk, "resident": resident.pk}


def found_by(browser, text: str) -> list[str]:
    answer = browser.post("/cari/", {"q": text})
    assert answer.status_code == 200
    return [person.name for person in answer.context["people"]]


@pytest.mark.parametrize(
    ("username", "reached"),
    [
        ("provinsi", ["own", "other", "resident"]),
        ("verifikator", ["own", "other", "resident"]),
        ("bojonegoro", ["own"]),
        ("kadinsos.bojonegoro", ["own"]),
        ("tuban", ["other", "resident"]),
        ("upt", ["resident"]),
        ("upt.lain", []),
    ],
)
def test_the_function_answers_each_role_with_its_own_people(sitis, username, reached):
    with door(member(username)):
        assert column(ASK) == [sitis[name] for name in reached]


@pytest.mark.parametrize("username", ["auditor", "mitra", "admin"])
def test_a_role_without_search_may_not_even_call_it(sitis, username):
    with door(member(username)), refused("permission denied for function search_people"):
        sql(ASK)


def test_outside_a_door_nobody_may_call_it(sitis):
    with bare(), refused("permission denied for function search_people"):
        sql(ASK)


def test_the_function_never_answers_with_more_than_it_was_asked_for(province):
    Person.objects.bulk_create(Person(name=f"Siti {n}", region_id=TUBAN) for n in range(60))

    with door(province):
        assert len(column(ASK)) == 50


@pytest.mark.parametrize("word", ["'", "%", "_", "' or true --", "$$", "\\"])
def test_whatever_is_asked_is_only_text_to_it(sitis, province, word):
    with door(province):
        assert column("select * from search_people(%s, 50)", [word]) in ([], [*sitis.values()])


@pytest.mark.parametrize("text", ["siti ais", "SITI AISYAH", "aisyah siti", "St. Aisyah", "Sitti Aisyah"])
def test_a_name_is_found_however_it_is_spelled(sitis, browse, officer, text):
    assert found_by(browse(officer), text) == ["Siti Aisyah"]


@pytest.mark.parametrize("text", ["3522015708720011", "3522 0157 0872 0011", "081234567890", "+62 812-3456-7890"])
def test_a_whole_number_finds_its_person(sitis, browse, officer, text):
    assert found_by(browse(officer), text) == ["Siti Aisyah"]


@pytest.mark.parametrize("text", ["Badriyah", "3523015708720012", "081234567891", "3523011203080009"])
def test_nothing_finds_a_person_of_another_region(sitis, browse, officer, text):
    assert found_by(browse(officer), text) == []


@pytest.mark.parametrize("text", ["352201570872", "35220157087200111", "0812", "%%%", "___", "' or 1=1 --"])
def test_a_part_of_a_number_and_wild_cards_find_nobody(sitis, browse, province, text):
    assert found_by(browse(province), text) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Bidang ini tidak boleh kosong."),
        ("ab", "Ketik paling sedikit 3 huruf atau angka."),
        ("  a ", "Ketik paling sedikit 3 huruf atau angka."),
        ("siti\x00", "Karakter null tidak diizinkan."),
    ],
)
def test_too_little_is_asked_for_again(browse, officer, text, sentence):
    answer = browse(officer).post("/cari/", {"q": text})

    assert (answer.status_code, answer.context["form"].errors["q"]) == (422, [sentence])


def test_what_was_searched_never_stands_in_an_address(sitis, browse, officer):
    answer = browse(officer).post("/cari/", {"q": "3522015708720011"})

    assert re.findall(r'(?:href|action|src)="[^"]*3522015708720011', answer.content.decode()) == []
    assert answer.request["QUERY_STRING"] == ""
