"""Alerts: who has needed help for too long without a plan, told once to the kab/kota's head and later to the province.

It goes by the days alone, so `tick` may run late, twice, or after missed days; pages tell the same without it.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef

from monitoring.plans.clock import LEVELS, Level
from monitoring.plans.models import HelpAlert, HelpNeed
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work

CHUNK = 2_000


def raise_alerts(day: date) -> str:
    """Write down every alert that is due on `day` and not written yet; put away what lapsed before it."""
    HelpNeed.objects.filter(is_over=False, until__lt=day).update(is_over=True)
    told = [f"{_raise(level, day)} kepada {level.label}" for level in LEVELS]
    return f"Peringatan perlu bantuan tanpa rencana: {', '.join(told)}."


def _raise(level: Level, day: date) -> int:
    made = 0
    for needs in _in_chunks(_without_alert(level, day)):
        rows = [HelpAlert(business_id=need.pk, since=need.since, level=level.number, raised_on=day) for need in needs]
        HelpAlert.objects.bulk_create(rows, ignore_conflicts=True)
        made += len(rows)
    return made


def _without_alert(level: Level, day: date):
    """Those that have waited so long and were not told of in this time of need, also when its first day has moved since."""
    told = HelpAlert.objects.filter(business=OuterRef("pk"), level=level.number, raised_on__gte=OuterRef("since"))
    return HelpNeed.objects.on(day).waiting(day, days=level.days).filter(~Exists(told))


def _in_chunks(needs) -> Iterator[list[HelpNeed]]:
    rows = needs.order_by("since", "pk").iterator(CHUNK)
    return iter(lambda: list(islice(rows, CHUNK)), [])


contribute("tick", Work("rencana", raise_alerts))
