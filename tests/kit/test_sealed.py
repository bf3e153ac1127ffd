"""Sealed fields: nothing in clear in the database, nothing shown by accident, found only through a blind index."""

import json

import pytest
from cryptography.fernet import Fernet
from django.db import connection, models

from clients.models import Person
from ppks.kit.computed import index_of
from ppks.kit.sealed import Sealed, SealedField
from tests.factories import PersonFactory
from tests.office import column, door, refused, sql

NIK, KK = "3522015708720001", "3522011203080002"  # Ngatini's


@pytest.mark.parametrize("show", [str, repr, "{}".format, "%s".__mod__])
def test_a_secret_is_masked_wherever_it_is_printed(show):
    shown = show(Sealed(NIK))

    assert "3522********0001" in shown
    assert NIK not in shown


def test_a_secret_too_short_to_hide_anything_is_all_stars():
    assert Sealed("12345678").masked == "********"


@pytest.mark.parametrize("use", [lambda s: "NIK " + s, lambda s: s[4:], json.dumps, "".join, list])
def test_a_secret_used_as_text_is_an_error_and_not_a_leak(use):
    with pytest.raises(TypeError):
        use(Sealed(NIK))


def test_only_reveal_gives_the_plain_text():
    assert Sealed(NIK).reveal() == NIK


def test_secrets_compare_by_their_text():
    assert Sealed(NIK) == Sealed(NIK)
    assert Sealed(NIK) != Sealed(KK)
    assert len({Sealed(NIK), Sealed(NIK)}) == 1


@pytest.mark.django_db
def test_neither_nik_nor_kk_stands_in_clear_anywhere_in_the_database(ngatini, browse, officer):
    browse(officer).post(f"/klien/{ngatini.pk}/nik/", {"reason": "Untuk permohonan kartu ATM."})
    ngatini.note = "masuk juga ke riwayat"
    ngatini.save()

    tables = connection.introspection.table_names()
    telling = [
        table
        for table in tables
        if sql(f'select 1 from "{table}" as line where line::text like any (%s) limit 1', [f"%{NIK}%", f"%{KK}%"])
    ]

    assert telling == []
    assert "clients_personevent" in tables


@pytest.mark.django_db
def test_equal_secrets_are_sealed_differently_and_indexed_alike():
    PersonFactory(kk=KK), PersonFactory(kk=KK)

    assert len(set(column("select kk from clients_person"))) == 2
    assert set(column("select kk_index from clients_person")) == {index_of(KK)}


@pytest.mark.django_db
def test_a_blank_nik_never_equals_a_blank_nik():
    PersonFactory(), PersonFactory(nik="")

    assert column("select nik_index from clients_person") == [None, None]


@pytest.mark.django_db
def test_a_nik_is_registered_once(ngatini):
    with refused("person_nik_once"):
        PersonFactory(nik=NIK)


@pytest.mark.django_db
def test_the_index_follows_when_the_number_changes(ngatini):
    ngatini.nik = Sealed("3522015708720002")

    ngatini.save(update_fields=["nik", "nik_index"])

    assert Person.objects.get(nik_index=index_of("3522015708720002")) == ngatini


@pytest.mark.parametrize("lookup", ["nik", "nik__contains", "nik__in", "kk__startswith"])
def test_looking_a_secret_up_directly_is_an_error(lookup):
    with pytest.raises(TypeError, match="look it up through its blind index"):
        Person.objects.filter(**{lookup: NIK})


@pytest.mark.django_db
def test_a_new_key_seals_and_the_old_one_still_opens(ngatini, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]

    person = Person.objects.get()

    assert person.nik.reveal() == NIK


@pytest.mark.django_db
def test_without_the_right_key_nothing_opens_and_the_error_names_the_field(ngatini, settings):
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]

    with pytest.raises(ValueError, match=r"clients.Person.nik: FIELD_KEYS holds no key that opens this value"):
        Person.objects.get()


def test_a_sealed_field_with_an_index_stops_the_start():
    field = SealedField(db_index=True, null=True)
    field.set_attributes_from_name("secret")
    field.model = Person

    assert [error.id for error in field.check() if isinstance(field, models.Field)][-1:] == ["ppks.E003"]


@pytest.mark.django_db
def test_the_officer_finds_a_person_by_the_whole_number_only(ngatini, officer):
    with door(officer):
        assert Person.objects.visible_to(officer).get(nik_index=index_of(NIK)) == ngatini
        assert not Person.objects.filter(nik_index=index_of(NIK[:-1])).exists()
