"""The readiness list of a few: empty, apart for each office, few questions; and the front pages that lead there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.crawling import Page
from tests.factories import BusinessFactory, PersonFactory, moved
from tests.monitoring.independence.making import make_ready, proposed, verified, visits
from tests.people import TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def test_an_empty_list_says_why(browse, officer):
    page = browse(officer).get("/mandiri/").content.decode()
    assert "Belum ada eks klien yang punya usaha" in page


def test_each_office_sees_its_own(browse, officer, stranger, province):
    make_ready()
    make_ready(region_id=TUBAN)
    totals = [Page(browse(user).get("/mandiri/").content.decode()).total for user in (officer, stranger, province)]
    assert totals == [1, 1, 2]


@pytest.mark.long
def test_a_list_of_fifty_asks_no_more_than_a_list_of_one(browse, province):
    browser = browse(province)

    def queries() -> int:
        browser.get("/mandiri/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/mandiri/").status_code == 200
        return len(asked)

    make_ready()
    one = queries()
    for _ in range(49):
        visits(BusinessFactory(person=moved(PersonFactory(), "register_former")), 900_000)
    assert queries() == one


@pytest.mark.parametrize(("who", "sentence"), [
    ("kepala", "Usulan mandiri menunggu putusan Anda"),
    ("verifikator", "Usulan mandiri menunggu verifikasi"),
    ("bojonegoro", "Siap diusulkan mandiri"),
    ("kadinsos.bojonegoro", "Usulan mandiri menunggu verifikasi"),
])  # fmt: skip
def test_the_front_page_says_what_waits_and_leads_there(browse, who, sentence):
    make_ready(), proposed(make_ready()), verified(make_ready())
    browser = browse(member(who))

    front = Page(browser.get("/").content.decode())

    [link] = [anchor for anchor in front.figures if sentence in anchor.text]
    assert link.figure == 1
    assert Page(browser.get(link.url).content.decode()).total == 1
