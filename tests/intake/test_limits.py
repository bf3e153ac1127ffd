"""Long lists: with work that grows with the rows only, and with no more problems than somebody can mend."""

import sys
from itertools import count

import pytest

from ppks.intake.reading import MOST_PROBLEMS, read_sheets
from tests.intake.lists import TODAY, nik, person, rows_of, sheet_of, vocabulary


def work(people: list[dict]) -> int:
    """How many calls reading them takes, which no other process disturbs."""
    sheet, calls = sheet_of(rows_of(*people)), count()
    sys.setprofile(lambda frame, event, argument: next(calls) if event.endswith("call") else None)
    try:
        reading = read_sheets([sheet], vocabulary=vocabulary(), today=TODAY)
    finally:
        sys.setprofile(None)
    assert len(reading.recipients) == len(people)
    return next(calls)


def right(number: int) -> dict:
    return person(name=f"Ani {number}", nik=nik(number), address=f"Dsn. Lor {number}", note=f"catatan {number}")


def wrong(number: int) -> dict:
    cells = {
        "region": "Bojonegara",
        "birth": "31 Februari",
        "phone": "x",
        "kk": "1",
        "aid_value": "lumayan",
        "sex": "?",
    }
    return person(name=f"Ani {number}", nik=f"{number}", district=f"Antah {number}", **cells)


def unplaced(number: int) -> dict:
    return person(nik="", district=f"Antah {number}", village="")


@pytest.mark.long
@pytest.mark.parametrize("kind", [right, wrong, unplaced])
def test_four_times_the_rows_take_four_times_the_work(kind):
    people = [kind(number) for number in range(1, 1001)]
    work(people[:10])  # what is read once a process
    few, many = work(people[:250]), work(people)
    assert many < few * 4.4


def test_more_problems_than_somebody_can_mend():
    wrong = {"nik": "1", "kk": "1", "sex": "?", "birth": "31 Februari", "aid_value": "lumayan", "workers": "?"}
    sheet = sheet_of(rows_of(*(person(name=f"Ani {n}", **wrong) for n in range(2000)), person()))
    reading = read_sheets([sheet], vocabulary=vocabulary(), today=TODAY)
    assert MOST_PROBLEMS < len(reading.problems) <= MOST_PROBLEMS + 10
    assert reading.problems[-1].code == "more_problems"
    assert all(person.has_errors for person in reading.recipients[:-1])
    assert not reading.recipients[-1].has_errors
