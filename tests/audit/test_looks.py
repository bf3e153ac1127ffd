"""Who saw whose data is written down before the answer leaves, by a role that can add to the log and read none of it."""

import pytest
from django.db import DatabaseError

from ppks.audit.models import Look
from ppks.kit.roles import APP, database_role
from tests.addresses import address
from tests.factories import StayFactory
from tests.office import bare, column, door, refused, sql
from tests.people import CAST, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

ABOUT_A_PERSON = (
    "person_detail",
    "person_history",
    "person_grants",
    "person_businesses",
    "person_reveal",
    "business_detail",
    "visit_add",
    "plan_detail",
    "plan_change",
    "action_add",
    "action_change",
    "action_move",
)


def looks() -> list[tuple]:
    return list(Look.objects.order_by("pk").values_list("user", "subject", "page", "reason"))


@pytest.mark.long
@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_every_page_about_a_person_is_written_down(browse, officer, own, name):
    browse(officer).get(address(name, own))

    assert looks() == [(officer.pk, own.person.identity_id, name, "")]


def test_the_look_of_a_masked_role_is_written_down_too(browse, auditor, ngatini):
    browse(auditor).get(f"/klien/{ngatini.pk}/")

    assert looks() == [(auditor.pk, ngatini.identity_id, "person_detail", "")]


@pytest.mark.parametrize("place", ["/", "/klien/", "/usaha/", "/kab-kota/", "/cari/"])
def test_a_list_writes_down_no_single_person(browse, officer, tailoring, place):
    browse(officer).get(place)

    assert looks() == []


def test_a_person_who_was_not_found_was_not_seen(browse, officer, marsinah):
    browse(officer).get(f"/klien/{marsinah.pk}/")

    assert looks() == []


@pytest.mark.urls("tests.planted")
def test_each_look_is_written_down_once_an_answer(browse, officer):
    browse(officer).get("/shows")

    assert looks() == [(officer.pk, 7, "shows", ""), (officer.pk, 8, "shows", "")]


@pytest.mark.parametrize("place", ["/klien/{}/", "/klien/{}/riwayat/"])
def test_what_cannot_be_written_down_is_not_shown(browse, officer, ngatini, place):
    sql(f'revoke insert on audit_look from "{database_role(APP)}"')
    browser = browse(officer, raise_request_exception=False)

    answer = browser.get(place.format(ngatini.pk))

    assert (answer.status_code, "Ngatini" in answer.content.decode()) == (500, False)


def test_the_app_adds_to_the_log_and_does_nothing_else_with_it(officer):
    sql("insert into audit_look (user_id, subject, page, reason, seen_at) values (%s, 1, 'x', '', now())", officer.pk)

    with bare():
        sql(
            "insert into audit_look (user_id, subject, page, reason, seen_at) values (%s, 2, 'x', '', now())",
            officer.pk,
        )
        for attempt in ("select 1 from audit_look", "update audit_look set page = 'y'", "delete from audit_look"):
            with refused("permission denied for table audit_look"):
                sql(attempt)

    assert column("select subject from audit_look order by 1") == [1, 2]


@pytest.mark.parametrize("username", [name for name in CAST if name != "auditor"])
def test_inside_a_door_nobody_reads_changes_or_forges_the_log(username):
    user = member(username)
    attempts = (
        "select 1 from audit_look",
        "update audit_look set page = 'y'",
        "delete from audit_look",
        "insert into audit_look (user_id, subject, page, reason, seen_at) values (1, 1, 'x', '', now())",
    )

    with door(user, write=True):
        for attempt in attempts:
            with refused("permission denied for table audit_look"):
                sql(attempt)


def test_the_auditor_reads_the_log_and_cannot_change_it(browse, officer, auditor, ngatini):
    browse(officer).get(f"/klien/{ngatini.pk}/")

    with door(auditor, write=True):
        assert column("select page from audit_look") == ["person_detail"]
        for attempt in ("update audit_look set page = 'y'", "delete from audit_look"):
            with refused("permission denied for table audit_look"):
                sql(attempt)


def test_a_unit_leaves_looks_like_everybody_else(browse, upt_officer, ngatini):
    StayFactory(person=ngatini)

    browse(upt_officer).get(f"/klien/{ngatini.pk}/")

    assert looks() == [(upt_officer.pk, ngatini.identity_id, "person_detail", "")]


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_fails_after_the_door_has_stored_what_was_posted_and_shown_nothing(browse, officer, ngatini):
    """The log is written after the transaction: better a stored reason without an answer than an answer without a log."""
    sql(f'revoke insert on audit_look from "{database_role(APP)}"')
    try:
        with pytest.raises(DatabaseError, match="audit_look"):
            browse(officer).post(f"/klien/{ngatini.pk}/nik/", {"reason": "Untuk permohonan kartu ATM."})
    finally:
        sql(f'grant insert on audit_look to "{database_role(APP)}"')

    assert looks() == []
