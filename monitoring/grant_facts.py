"""What monitoring knows when somebody is proposed for a grant, or when a grant is closed."""

from datetime import date
from typing import Any

from clients.models import Person
from monitoring.models import Business, DueVisit
from ppks.kit.contributions import contributor


@contributor("grant_facts")
def businesses(person: Person, on: date) -> dict[str, Any]:
    """Whether there is a business, and in which trades."""
    trades = list(Business.objects.filter(person=person).values_list("trade__code", flat=True))
    return {"has_business": bool(trades), "trades": frozenset(filter(None, trades))}


@contributor("application_close")
def is_looked_after(application: Any) -> str | None:
    """A grant is handed over to monitoring before it is closed."""
    if DueVisit.objects.filter(business__person=application.person_id, closed_on=None).exists():
        return None
    return "Belum ada jadwal kunjungan untuk usaha orang ini. Catat usahanya dulu."
