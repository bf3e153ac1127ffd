"""The figures of a report, counted by hand: people, businesses, visits, help, independence and money of a month."""

import pytest

from tests.factories import BusinessFactory
from tests.people import BOJONEGORO, TUBAN
from tests.reports.making import MONTH, business, declining, former, growing, on, shut, stepped, told

pytestmark = pytest.mark.django_db


def test_people_and_what_happened_to_them(province):
    former()
    former(since=on(3))
    stepped(former(TUBAN), "die", on(15))
    stepped(former(TUBAN), "lose_contact", MONTH.last)

    assert told(province) == {"orang_eks": 2, "orang_lepas": 2, "langkah_catat": 1, "langkah_lepas": 2}


def test_what_happens_after_the_month_is_not_in_it(province):
    after = MONTH.last.replace(day=1)
    person = former()
    stepped(person, "die", on(MONTH.last.day + 1))
    former(since=on(MONTH.last.day + 1))

    assert after == MONTH.first
    assert told(province) == {"orang_eks": 1}


def test_businesses_by_state_and_visits_by_what_they_found(province):
    growing()
    declining(TUBAN)
    shut()
    business(BOJONEGORO, (on(-200), 900_000))
    BusinessFactory(person=former())

    found = told(province)

    assert {code: value for code, value in found.items() if code.startswith(("usaha", "kunjungan"))} == {
        "usaha_semua": 5,
        "usaha_growing": 1,
        "usaha_declining": 1,
        "usaha_closed": 1,
        "usaha_unknown": 2,
        "usaha_bantuan": 2,
        "usaha_belum": 1,
        "kunjungan_semua": 3,
        "kunjungan_tutup": 1,
    }
