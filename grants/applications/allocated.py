"""How much the allocation of a kab/kota still holds, beside each of its applications."""

from datetime import date
from typing import Any

from grants.applications.models import Application
from grants.budget.models import AllocationBalance
from ppks.kit import dates, rupiah
from ppks.kit.contributions import contributor


@contributor("application_panel")
def allocation(application: Application, user: Any) -> tuple[str, dict[str, Any]] | None:
    if application.allocation_id is None:
        return "grants/applications/panel_unallocated.html", {"region": application.region}
    balance = AllocationBalance.objects.visible_to(user).get(pk=application.allocation_id)
    used = balance.committed * 1000 // balance.ceiling if balance.ceiling else 0
    return "grants/applications/panel_allocation.html", {
        "title": _title(application, balance),
        "balance": balance,
        "used": f"{used / 10:.1f}",
        "gone": f"{_gone(application.year, dates.today()):.1f}",
        "sentence": f"Terikat SK {rupiah.format(balance.committed)} dari alokasi {rupiah.format(balance.ceiling)}; "
        f"sisa {rupiah.format(balance.free)}",
        "year": application.year,
    }


def _title(application: Application, balance: AllocationBalance) -> str:
    asked = application.recommended or application.requested or application.call.line.programme.maximum
    number = balance.free // asked
    more = f"cukup untuk {number} usulan seperti ini" if number else "tidak cukup untuk usulan ini"
    return f"Alokasi {application.region}: {more}"


def _gone(year: int, on: date) -> float:
    """How much of the fiscal year is over, in percent."""
    days = (on - date(year, 1, 1)).days
    return min(max(days / 3.65, 0), 100)
