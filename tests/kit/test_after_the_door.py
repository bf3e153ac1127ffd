"""Role and settings end with the request, also after an error, on a connection that the next request uses again.

Nothing here runs inside a test's own transaction: the connection truly logs in as the server does.
"""

import pytest
from django.db import DatabaseError
from django.test import Client

from clients.models import Person
from ppks.kit.roles import APP, OWNER, database_role
from tests.office import BACKEND, as_server, sql
from tests.planted import WHO

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.planted"),
    pytest.mark.database_sensitive,
]

READ = ("/whoami", "/unscoped", "/get_writes", "/get_crashes", "/get_breaks_sql", "/stream", "/klien/", "/tidak-ada")
FORBIDDEN = (
    f'set role "{database_role(OWNER)}"',
    f'set session authorization "{database_role(OWNER)}"',
    "alter table clients_person disable row level security",
    "drop policy region on clients_person",
    "select 1 from clients_person",
    "create temporary table clients_person (id bigint)",
)
WRITTEN = ("/post_whoami", "/post_crashes", "/post_refuses", "/swallows", "/raw_status", "/cari/")


def browser_of(user) -> Client:
    """A plain client: on a connection that logged in as the server it needs no role of its own."""
    browser = Client(raise_request_exception=False)
    browser.force_login(user, backend=BACKEND)
    return browser


def settled() -> tuple:
    """The connection's state, with None for a setting that was set once and is empty now."""
    return tuple(value or None for value in sql(WHO)[0])


def test_nothing_of_a_request_is_left_on_its_connection(ngatini, marsinah, officer):
    browser = browser_of(officer)
    after = {}

    with as_server():
        before = settled()
        for address in READ:
            browser.get(address)
            after[address] = settled()
        for address in WRITTEN:
            browser.post(address)
            after[address] = settled()

    app = database_role(APP)
    assert before[:6] == (app, app, None, None, None, "off")
    assert after == dict.fromkeys((*READ, *WRITTEN), before)


def test_users_who_share_a_connection_share_nothing_else(ngatini, marsinah, officer, province):
    officers, provinces = browser_of(officer), browser_of(province)

    with as_server():
        connections = [sql(WHO)[0][-1]]
        counts = []
        for browser in (officers, provinces, officers):
            counts.append(browser.get("/unscoped").json()["count"])
            connections.append(sql(WHO)[0][-1])

    assert counts == [1, 2, 1]
    assert len(set(connections)) == 1


def test_what_a_get_wrote_is_gone_whatever_it_answered(ngatini, officer):
    browser = browser_of(officer)

    with as_server():
        statuses = [browser.get(address).status_code for address in ("/get_writes", "/get_crashes", "/get_breaks_sql")]

    assert statuses == [500, 500, 500]
    assert Person.objects.get().note == ""


def test_the_servers_login_can_neither_become_nor_act_as_the_owner():
    with as_server():
        for statement in FORBIDDEN:
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
                sql(statement)
