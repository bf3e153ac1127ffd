"""The office's list as it really looks, and the faulty one: each must give exactly what is written beside it."""

import json
from collections import Counter
from datetime import date

import pytest

from ppks.intake.reading import read
from tests.intake.lists import DATA, TODAY, read_book, vocabulary


@pytest.fixture(scope="module")
def expected():
    return json.loads((DATA / "penerima-2020.expected.json").read_text())


@pytest.fixture(scope="module")
def reading():
    return read(DATA / "penerima-2020.xlsx", vocabulary=vocabulary(), today=TODAY)


def test_list_of_2020(reading, expected):
    people = reading.recipients
    assert len(people) == expected["people"] == 376
    assert len(reading.regions) == expected["regions"] == 29
    assert sum(person.nik is None for person in people) == expected["without_nik"]
    assert Counter(person.region_code for person in people) == expected["per_region"]
    assert Counter(person.condition_text for person in people) == expected["condition_in_the_list"]
    assert sum(person.aid_value or 0 for person in people) == expected["value_total_idr"]
    assert reading.list_date == date.fromisoformat(expected["list_date"])
    assert reading.problems == ()
    assert (reading.sheet, reading.heading_row, reading.unknown_headings) == ("DATA BNBA", 5, ())


def test_ngatini_of_the_list(reading):
    ngatini = reading.recipients[0]
    assert (ngatini.name, ngatini.sex, ngatini.nik_status, ngatini.nik) == ("Ngatini", "P", "belum_ada", None)
    assert (ngatini.region_code, ngatini.ppks_codes, ngatini.trade_code) == ("35.22", ("PPKS-09",), "JAHIT")
    assert (ngatini.aid_year, ngatini.aid_form, ngatini.turnover_now, ngatini.workers) == (2009, "barang", 3000000, 4)
    assert (ngatini.reported_condition, ngatini.cell("note")) == ("growing", "X8")


def test_everything_in_the_list_is_recognised(reading):
    assert all(person.trade_code and person.ppks_codes and person.reported_condition for person in reading.recipients)
    with_place = [person for person in reading.recipients if person.village]
    assert all(person.village_code.startswith(person.district_code) for person in with_place)


@pytest.mark.parametrize("name", ["penerima-rusak.xlsx", "penerima-rusak.ods", "penerima-rusak.xls"])
def test_every_planted_fault_and_no_other(name):
    planted = json.loads((DATA / "penerima-rusak.expected.json").read_text())
    reading = read_book((DATA / name).read_bytes(), filename=name)
    found = Counter((each.code, each.sheet, each.cell, each.severity) for each in reading.problems)
    assert found == Counter((f["kind"], f["sheet"], f["cell"], f["severity"]) for f in planted["faults"])
    assert len(reading.recipients) == planted["rows"]


def test_a_row_carries_its_own_problems():
    reading = read_book((DATA / "penerima-rusak.xlsx").read_bytes())
    at_17 = next(person for person in reading.recipients if person.row == 17)
    assert [(each.code, each.cell) for each in at_17.problems] == [("nik_letters", "C17")]
    assert at_17.has_errors
    assert at_17.nik is None
    assert sum(len(person.problems) for person in reading.recipients) == len(reading.problems) == 37
