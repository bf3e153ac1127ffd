"""Public doors: nobody enters in the role `public`, which reaches no case data and may call few functions."""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError

from ppks.kit import patience
from ppks.kit.reference import Reference
from ppks.kit.roles import PUBLIC, database_role
from tests.office import column
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.planted"), pytest.mark.database_sensitive]

CALLABLE = {  # functions of the owner that stand behind a public page; each has a line in docs/decisions
    "check_paper",
    "submit_feedback",
    "feedback_status",
    "referral_link_state",
    "referral_link_about",
    "referral_link_open",
    "referral_link_answer",
}
TABLES = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p')
  and (has_any_column_privilege(%s, oid, 'select, insert, update, references')
       or has_table_privilege(%s, oid, 'delete, truncate'))
"""
WRITABLE = """
select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p')
  and (has_any_column_privilege(%s, oid, 'insert, update') or has_table_privilege(%s, oid, 'delete, truncate'))
"""
FUNCTIONS = """
select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
  and has_function_privilege(%s, oid, 'execute')
"""


@pytest.mark.parametrize("username", [None, "bojonegoro", "admin"])
@pytest.mark.parametrize(
    ("request_line", "read_only"),
    [("get /public_whoami", "on"), ("get /public_form_whoami", "on"), ("post /public_form_whoami", "off")],
)
def test_whoever_is_logged_in_enters_as_nobody(browse, username, request_line, read_only):
    method, address = request_line.split()
    browser = browse(member(username) if username else None)

    _, role, reach, who, context, is_read_only, _ = getattr(browser, method)(address).json()

    assert (role, reach, who, is_read_only) == (database_role(PUBLIC), "{}", "", read_only)
    assert context == f'{{"user": null, "view": "{address[1:]}"}}'


@pytest.mark.parametrize(
    "table", ["clients_person", "monitoring_visit", "accounts_user", "accounts_posting", "django_session"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_case_data_users_and_sessions_cannot_be_read(browse, officer, table, method):
    with pytest.raises(DatabaseError, match=f"permission denied for table {table}"):
        getattr(browse(officer), method)(f"/public_reads?table={table}")


def test_the_role_reads_reference_data_and_writes_nothing():
    role = database_role(PUBLIC)
    reference = {model._meta.db_table for model in apps.get_models() if issubclass(model, Reference)}

    assert set(column(TABLES, role, role)) - reference == {"accounts_installation"}
    assert column(WRITABLE, role, role) == []


def test_the_role_may_call_these_functions_of_the_owner_and_no_others():
    assert set(column(FUNCTIONS, database_role(PUBLIC))) == CALLABLE


@pytest.mark.parametrize("username", [None, "bojonegoro"])
def test_a_page_looks_the_same_whoever_is_logged_in(browse, username):
    html = browse(member(username) if username else None).get("/public_renders").content.decode()

    assert "Petugas kab/kota" not in html
    assert "/keluar/" not in html
    assert "PPKS Mandiri" in html


def test_whoever_was_logged_in_still_is_afterwards(browse, officer):
    browser = browse(officer)
    browser.get("/public_renders")

    assert browser.get("/whoami").status_code == 200


@pytest.mark.parametrize(("method", "address"), [("post", "/public_whoami"), ("put", "/public_form_whoami")])
def test_a_method_that_the_door_does_not_name_is_refused(browse, method, address):
    assert getattr(browse(), method)(address).status_code == 405


def test_a_form_needs_its_token(browse):
    assert browse(enforce_csrf_checks=True).post("/public_form_whoami").status_code == 403


def test_a_public_page_that_shows_a_persons_data_does_not_answer(browse, officer):
    with pytest.raises(IntegrityError, match="user_id"):
        browse(officer).get("/public_shows")


def test_what_leaves_is_never_stored_by_a_cache(browse):
    assert "no-store" in browse().get("/public_whoami").headers["Cache-Control"]


def test_who_asks_too_often_is_asked_to_wait(browse, officer):
    browser, other = browse(officer), browse(REMOTE_ADDR="10.1.2.3")
    answers = [browser.get("/public_renders").status_code for _ in range(patience.MOST["GET"])]

    late = browser.get("/public_renders")

    assert set(answers) == {200}
    assert (late.status_code, late.headers["Retry-After"]) == (429, "60")
    assert "Tunggu satu menit" in late.content.decode()
    assert other.get("/public_renders").status_code == 200


def test_behind_a_proxy_its_own_word_counts_and_not_what_the_sender_claims(rf, settings):
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3")

    settings.BEHIND_PROXY = False
    assert patience.address_of(request) == "127.0.0.1"
    settings.BEHIND_PROXY = True
    assert patience.address_of(request) == "10.1.2.3"
