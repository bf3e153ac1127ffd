"""Long lists: in time that grows with the rows only, and with no more problems than somebody can mend."""

import time

from ppks.intake.reading import MOST_PROBLEMS, read_sheets
from tests.intake.lists import TODAY, nik, person, rows_of, sheet_of, vocabulary


def seconds(people: list[dict]) -> float:
    sheet = sheet_of(rows_of(*people))
    began = time.process_time()
    reading = read_sheets([sheet], vocabulary=vocabulary(), today=TODAY)
    assert len(reading.recipients) == len(people)
    return time.process_time() - began


def test_rows_a_second():
    people = [person(name=f"Ani {n}", nik=nik(n), address=f"Dsn. Lor {n}", note=f"catatan {n}") for n in range(1, 4001)]
    seconds(people[:100])
    short, long = seconds(people[:1000]), seconds(people)
    assert long < 4000 / 2000  # some 10,000 a second where this was written
    assert long < 4 * short * 2


def test_wrong_rows_take_no_longer_than_they_must():
    wrong = {
        "region": "Bojonegara",
        "birth": "31 Februari",
        "phone": "x",
        "kk": "1",
        "aid_value": "lumayan",
        "sex": "?",
    }
    people = [person(name=f"Ani {n}", nik=f"{n}", district=f"Antah {n}", **wrong) for n in range(1, 1500)]
    people += [person(nik="", district=f"Antah {n}", village="") for n in range(1500)]
    assert seconds(people) < 3000 / 1000


def test_more_problems_than_somebody_can_mend():
    wrong = {"nik": "1", "kk": "1", "sex": "?", "birth": "31 Februari", "aid_value": "lumayan", "workers": "?"}
    sheet = sheet_of(rows_of(*(person(name=f"Ani {n}", **wrong) for n in range(2000)), person()))
    reading = read_sheets([sheet], vocabulary=vocabulary(), today=TODAY)
    assert MOST_PROBLEMS < len(reading.problems) <= MOST_PROBLEMS + 10
    assert reading.problems[-1].code == "more_problems"
    assert all(person.has_errors for person in reading.recipients[:-1])
    assert not reading.recipients[-1].has_errors
