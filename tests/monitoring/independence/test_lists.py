"""The readiness list: tabs that count what they list, few questions, files; and the front pages that lead there."""

import re

import pytest

from clients.models import Person, PpksKind
from monitoring.independence.models import Agreement
from monitoring.independence.proposing import fall_back
from tests.crawling import Page, rows_of_csv
from tests.factories import BusinessFactory, PersonFactory, moved
from tests.monitoring.independence.making import agreement, decided, household, make_ready, proposed
from tests.office import door
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def tabs(page: str) -> dict[str, int]:
    return {label: int(n) for label, n in re.findall(r'>([\w ]+) <span class="count">(\d+)</span>', page)}


def nearly() -> Person:
    """Somebody whom nobody has asked yet."""
    person = make_ready()
    Agreement.objects.filter(person=person).delete()
    household(person, days=1)
    agreement(person, agrees=False)
    return person


@pytest.fixture(scope="module")
def everybody(world):
    """Two ready, one nearly, one not, one proposed, one independent, one who fell back and is ready again."""
    make_ready(), make_ready(), nearly()
    BusinessFactory(person=moved(PersonFactory(), "register_former"))
    proposed(make_ready()), decided(make_ready())
    back, officer = decided(make_ready()), member("bojonegoro")
    with door(officer, write=True):
        fall_back(back, kind=PpksKind.objects.first(), reason="Usaha bangkrut.", by=officer)
    moved(PersonFactory(), "register_former")  # without a business
    BusinessFactory(person=moved(PersonFactory(), "admit"))


def test_each_tab_counts_what_it_lists(everybody, browse, officer):
    browser = browse(officer)
    page = browser.get("/mandiri/").content.decode()
    assert tabs(page) == {
        "Semua": 7,
        "Siap diusulkan": 3,
        "Kurang satu": 1,
        "Belum": 1,
        "Diusulkan": 1,
        "Mandiri dalam pantauan": 1,
        "Kembali": 1,
    }
    for figure in Page(page).figures:
        assert Page(browser.get(figure.url).content.decode()).total == figure.figure


def test_a_row_says_what_is_lacking(everybody, browse, officer):
    page = browse(officer).get("/mandiri/?bagian=kurang-satu").content.decode()
    assert "Orangnya tidak bersedia" in page
    assert "Kurang 1" in page


def test_the_file_holds_the_rows_of_the_tab(everybody, browse, officer):
    browser = browse(officer)
    assert rows_of_csv(browser.get("/unduh/mandiri.csv?bagian=siap")) == 3
    assert rows_of_csv(browser.get("/unduh/mandiri.csv")) == 7


def test_who_is_independent_is_counted_apart_on_front_pages(everybody, browse, province):
    browser = browse(province)
    [link] = [
        anchor for anchor in Page(browser.get("/").content.decode()).figures if "mandiri, dalam pantauan" in anchor.text
    ]
    assert link.figure == 1
    assert Page(browser.get(link.url).content.decode()).total == 1
