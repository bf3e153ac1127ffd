"""The check of the ledger: done once a day by the clock, kept, shown on the page of the budget, and told when it fails."""

from datetime import timedelta

import pytest

from grants.applications.statuses import Status
from grants.budget.verifying import check_daily
from grants.models import LedgerCheck
from ppks.accounts.models import User
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests.granting import brought_to
from tests.office import door, refused, sql
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def tick(days: int = 0) -> str:
    with door(User.objects.clock(), write=True):
        return check_daily(dates.today() + timedelta(days=days))


def spoil() -> None:
    """As nobody can through the program: a balance that no entry explains."""
    sql("alter table grants_applicationbalance disable trigger user")
    sql("update grants_applicationbalance set disbursed = disbursed - 1")


def test_the_clock_checks_once_a_day_and_makes_up_for_a_missed_one():
    brought_to(Status.ACCOUNTED)

    for days in (0, 0, 3):
        assert tick(days) == "Buku besar diperiksa: 0 tempat tidak cocok."

    assert list(LedgerCheck.objects.values_list("entries", "differences")) == [(3, {}), (3, {})]


def test_the_page_says_when_it_was_checked_and_before_that_that_it_never_was(browse, pptk):
    before = browse(pptk).get("/anggaran/", follow=True).content.decode()
    tick()
    after = browse(pptk).get("/anggaran/", follow=True).content.decode()

    assert "Buku besar belum pernah diperiksa" in before
    assert "Semua saldo dan rantai buku besar cocok menurut pemeriksaan" in after


def test_what_does_not_agree_is_kept_shown_and_told_once(browse, pptk, head):
    brought_to(Status.DISBURSED)
    spoil()

    said = [tick(), tick()]

    page = browse(member("bojonegoro")).get("/anggaran/", follow=True).content.decode()
    assert said == ["Buku besar diperiksa: 1 tempat tidak cocok."] * 2
    assert LedgerCheck.objects.get().differences == {"saldo usulan": 1}
    assert "saldo usulan (1)" in page
    assert "Jangan membayar dulu" in page
    told = Notice.objects.filter(key=f"buku-besar-{dates.today()}").values_list("user__username", flat=True)
    assert sorted(told) == ["kepala", "pptk"]


@pytest.mark.parametrize("username", ["pptk", "kepala", "bendahara", "bojonegoro"])
def test_nobody_at_a_desk_writes_a_result(username):
    with door(member(username), write=True), refused("permission denied"):
        LedgerCheck.objects.create(entries=0, differences={})
