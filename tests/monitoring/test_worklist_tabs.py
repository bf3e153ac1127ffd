"""Pantau: each tab counts what it lists, under every filter and for everybody who may look."""

import pytest

from monitoring.worklist import TABS
from tests.monitoring.test_worklist import ahead, shown, tabs, waiting
from tests.people import TUBAN, member

pytestmark = pytest.mark.django_db
FILTERS = ("", "kab=35.22", "kab=35.23", "petugas=tanpa", "petugas={officer}", "kab=35.22&petugas=tanpa", "per={past}")


@pytest.fixture(scope="module")
def waiting_in_two_regions(world):
    """With an officer and without one, of every age, seen or not; who the officer is."""
    officer = member("bojonegoro")
    for days in (8, 7, 1, 0, -7, -8, -30, -31, -90, -91):
        waiting(days)
    for days in (40, 5, 0, -3, -20, -100):
        waiting(days, officer=officer)
        waiting(days, region=TUBAN)
    return officer


@pytest.mark.long
@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("who", ["bojonegoro", "provinsi", "auditor"])
def test_each_tab_counts_what_it_lists_under_every_filter(waiting_in_two_regions, browse, who, filters):
    query = filters.format(officer=waiting_in_two_regions.pk, past=ahead(-10).isoformat())
    browser = browse(member(who))

    page = browser.get(f"/pantau/?{query}").content.decode()
    opened = {label: shown(browser.get(f"/pantau/?{query}&jadwal={code}").content.decode()) for code, label in TABS}

    assert tabs(page) == opened
    assert sum(opened.values()) > 0 or (who, filters) == ("bojonegoro", "kab=35.23")
