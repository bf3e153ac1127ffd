"""Statements that run behind: in order, seen by whoever asks next, refused as any other would be."""

import threading

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from ppks.kit.behind import AT_MOST, Behind
from tests.office import column, sql

pytestmark = [pytest.mark.django_db]

ADD = "insert into told (number) values (%s)"


@pytest.fixture(autouse=True)
def told(db):
    sql(
        "create temporary table told (place serial, number integer constraint told_is_positive check (number > 0)) on commit drop"
    )


def test_they_run_in_order_and_whoever_asks_next_sees_them_all():
    numbers = list(range(1, 4 * AT_MOST))

    with Behind() as behind:
        for number in numbers:
            behind.run(ADD, [number])
        found = column("select number from told order by place")

    assert found == numbers


def test_they_run_while_the_caller_goes_on():
    with Behind() as behind:
        behind.run("select pg_sleep(0.2)", [])
        behind.run(ADD, [1])

        assert threading.active_count() > 1
        assert len(behind.running) == 2

    assert column("select number from told") == [1]


def added(*numbers: int, then: str = "") -> None:
    """One after the other behind; at last a query of the caller's own."""
    with transaction.atomic(), Behind() as behind:
        for number in numbers:
            behind.run(ADD, [number])
        if then:
            sql(then)


def test_what_is_refused_is_raised_as_django_does_and_nothing_of_it_stays():
    with pytest.raises(IntegrityError) as refusal:
        added(1, -1, 2)

    assert refusal.value.__cause__.diag.constraint_name == "told_is_positive"
    assert column("select number from told") == []


def test_a_query_after_a_refused_statement_says_what_was_refused():
    with pytest.raises(IntegrityError, match="told_is_positive"):
        added(-1, then="select 1")


def test_a_callers_own_error_is_not_hidden_by_what_still_runs():
    with pytest.raises(ProgrammingError, match="nowhere"):
        added(1, then="select 1 from nowhere")

    assert column("select number from told") == []


def test_what_waits_when_the_caller_fails_does_not_run():
    with pytest.raises(KeyError), transaction.atomic():
        _fail_while_it_works()

    assert column("select number from told") == []


def _fail_while_it_works() -> None:
    with Behind() as behind:
        behind.run("select pg_sleep(0.1)", [])
        behind.run(ADD, [-1])
        raise KeyError


def test_afterwards_the_connection_is_as_before():
    before = list(connection.execute_wrappers)

    with Behind() as behind:
        behind.run(ADD, [1])

    assert connection.execute_wrappers == before
