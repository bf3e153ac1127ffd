"""Every number on the pages of meetings is the number of rows that it opens, and of that list's files, for every role."""

from datetime import timedelta

import pytest

from monitoring.meetings.models import Input
from ppks.kit import dates
from tests.crawling import rows_of_csv, rows_of_xlsx
from tests.meetings.making import begun, closed, comer, decided, meeting, said
from tests.people import BOJONEGORO, TUBAN, member
from tests.test_figures import Walk, make

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def starts():
    """A meeting behind and one ahead, with something of everything in two kab/kota."""
    member("bojonegoro")
    for region in (BOJONEGORO, TUBAN):
        for fate in ("stagnant", "declining", "closed", "unvisited", "growing"):
            make(region, fate, 2012)
    past = meeting(BOJONEGORO, TUBAN, on=dates.today() - timedelta(days=60))
    who = comer(past)
    for region in (BOJONEGORO, TUBAN, None):
        said(past, who, region_id=region)
        said(past, who, region_id=region, theme="tools")
    begun(past)
    for region in (BOJONEGORO, TUBAN, None):
        decided(past, region_id=region, due_on=dates.today() - timedelta(days=1))
        decided(past, region_id=region)
    Input.objects.filter(theme="tools").update(outcome="noted")
    Input.objects.filter(theme="market").update(outcome="declined", outcome_reason="Belum ada anggaran.")
    closed(past)
    coming = meeting(BOJONEGORO, TUBAN)
    pages = ["/rapat/", "/rapat/keputusan/", "/rapat/masukan/", "/rapat/panduan/"]
    return pages + [f"/rapat/{coming.pk}/{rest}" for rest in ("", "bahan/", "bahan/cetak/")]


@pytest.mark.parametrize(
    "who", ["provinsi", "verifikator", "pptk", "kepala", "bendahara", "bojonegoro", "kadinsos.bojonegoro", "auditor"]
)
def test_every_number_is_the_number_of_rows_it_opens(starts, browse, who):
    walk = Walk(browse(member(who)))
    for url in starts:
        walk.check(url)
    assert walk.wrong == []
    assert sum(len(page.figures) for page in walk.pages.values()) > 25
    if who in {"provinsi", "bojonegoro", "auditor"}:
        asked = walk.check_files("csv", rows_of_csv) + walk.check_files("xlsx", rows_of_xlsx)
        assert walk.wrong == []
        assert asked > 15
