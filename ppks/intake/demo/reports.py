"""Closed reports: last quarter in two editions and last month, each with a visit that came late, so that today differs."""

from datetime import date, timedelta

from monitoring.assessing import assess_from
from monitoring.models import Business, Category, Visit
from monitoring.reports.closing import close
from monitoring.reports.models import Edition
from monitoring.reports.periods import Period
from monitoring.schedule import add_months
from ppks.accounts.models import User
from ppks.kit.doors import entered

CLOSED_BY = "provinsi"
REASON = "Kunjungan yang tersimpan di ponsel petugas baru terkirim sesudah laporan ditutup."


def make_reports(officers: dict[int, User], *, day: date, own_region: int) -> int:
    """Two periods closed, once; returns how many editions were made."""
    by = User.objects.with_reach().get(username=CLOSED_BY)
    with entered(by, write=False, command="demo"):
        if Edition.objects.visible_to(by).exists():
            return 0
    month = Period(add_months(day.replace(day=1), -1), 1)
    quarter = Period(add_months(date(day.year, 3 * ((day.month - 1) // 3) + 1, 1), -3), 3)
    officer = User.objects.with_reach().get(pk=officers[own_region].pk)
    _close(quarter, by)
    _visit_late(officer, quarter.last - timedelta(days=4))
    _close(quarter, by, reason=REASON)
    _close(month, by)
    _visit_late(officer, month.last - timedelta(days=2))
    return 3


def _close(period: Period, by: User, *, reason: str = "") -> None:
    with entered(by, write=True, command="demo"):
        close(period, by=by, reason=reason)


def _visit_late(officer: User, day: date) -> None:
    """A visit of that day, written down today, to the business that was longest not seen by then."""
    with entered(officer, write=True, command="demo"):
        seen = Business.objects.visible_to(officer).filter(last_visit_on__lt=day, last_turnover__gt=0)
        seen = seen.exclude(category=Category.CLOSED)
        business = seen.order_by("-last_visit_on", "pk").first()
        if business is None:
            return
        turnover = business.last_turnover * 105 // 100
        note = "Terkirim terlambat dari ponsel."
        Visit.objects.create(
            business=business,
            visited_on=day,
            met=Visit.Met.OWNER,
            operating=True,
            turnover=turnover,
            note=note,
            by=officer,
        )
        assess_from(business, day)
