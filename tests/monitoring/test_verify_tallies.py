"""The command that compares kept counts with live ones: silent when they agree, and it finds what was changed behind them."""

import pytest
from django.core.management import call_command

from tests.factories import PastGrantFactory, visited
from tests.office import sql

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _an_office(tailoring, fishery):
    for business in (tailoring, fishery):
        PastGrantFactory(person=business.person)
        visited(business, 1_000_000, 1_200_000, 900_000)


def said(capsys, *options: str) -> tuple[int, str]:
    try:
        call_command("verify_tallies", *options)
    except SystemExit as ended:
        return ended.code, capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_counts_that_agree_are_said_to_in_a_line(capsys):
    assert said(capsys) == (0, "Semua hitungan cocok.\n")


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        (
            "update counts_daycount set number = number + 1"
            " where kind = 'visit' and region_id = 3522 and grain in ('change', 'day')",
            "hitungan per hari, visit: ",
        ),
        ("delete from counts_daycount where kind = 'stage'", "hitungan per hari, stage: "),
        ("update monitoring_tally set number = number + 1 where measure = 'all'", "all: tercatat "),
    ],
)
def test_what_was_changed_behind_them_is_found_and_counted_anew(capsys, statement, line):
    assert sql(statement) > 0

    code, told = said(capsys)

    assert (code, told.startswith(line)) == (1, True)
    assert said(capsys, "--rebuild") == (0, "Semua hitungan cocok.\n")
