"""The health check: no log-in, and the truth about the database."""

import pytest
from django.db import OperationalError, connection

from tests.office import OfficeBrowser

pytestmark = pytest.mark.django_db


def unreachable(execute, statement, params, many, context):
    if statement.startswith(("set role", "reset role")):  # the test's own
        return execute(statement, params, many, context)
    raise OperationalError("server closed the connection unexpectedly")


def test_with_the_database_it_is_ok():
    answer = OfficeBrowser().get("/healthz")

    assert (answer.status_code, answer.content, answer.headers["Content-Type"]) == (200, b"ok", "text/plain")


def test_without_the_database_it_is_503(caplog):
    with connection.execute_wrapper(unreachable):
        answer = OfficeBrowser().get("/healthz")

    assert (answer.status_code, answer.content) == (503, b"database")
    assert "The database does not answer." in caplog.text


def test_it_asks_the_database_one_question_and_no_session(django_assert_num_queries):
    with django_assert_num_queries(3) as found:
        OfficeBrowser().get("/healthz")

    assert [query["sql"].split()[0] for query in found.captured_queries] == ["set", "select", "reset"]


def test_it_is_only_for_reading():
    assert OfficeBrowser().post("/healthz").status_code == 405
