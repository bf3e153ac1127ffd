"""Alerts: who has needed help for too long without a plan, told once to the kab/kota's head and later to the province.

It goes by the days alone, so `tick` may run late, twice, or after missed days; pages tell the same without it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.db.models import Exists, OuterRef

from monitoring.plans.clock import LEVELS, Level
from monitoring.plans.models import HelpAlert, HelpNeed
from ppks.inbox.sending import Everybody, notify
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work

CHUNK = 2_000


def raise_alerts(day: date) -> str:
    """Write down every alert that is due on `day` and not written yet, and tell whom it concerns; put away what lapsed."""
    HelpNeed.objects.filter(is_over=False, until__lt=day).update(is_over=True)
    told = []
    for level in LEVELS:
        raised = _raise(level, day)
        _tell(level, raised, day)
        told.append(f"{sum(raised.values())} kepada {level.label}")
    return f"Peringatan perlu bantuan tanpa rencana: {', '.join(told)}."


def _raise(level: Level, day: date) -> Counter:
    """How many were raised now, by region."""
    made: Counter = Counter()
    for needs in _in_chunks(_without_alert(level, day)):
        rows = [HelpAlert(business_id=need.pk, since=need.since, level=level.number, raised_on=day) for need in needs]
        HelpAlert.objects.bulk_create(rows, ignore_conflicts=True)
        made.update(need.region_id for need in needs)
    return made


def _tell(level: Level, raised: Counter, day: date) -> None:
    """One notice a reader and day, however many businesses it is about."""
    said = f"perlu bantuan {level.days} hari atau lebih dan belum punya rencana."
    if level == LEVELS[0]:
        for region, number in sorted(raised.items()):
            notify(
                key=f"rencana-{level.code}-{region}-{day}",
                to=Everybody("regional_head", at=region),
                text=f"{number} usaha {said}",
                url="help_list",
            )
    elif raised:
        text = f"{sum(raised.values())} usaha di {len(raised)} kab/kota {said}"
        notify(key=f"rencana-{level.code}-{day}", to=Everybody("province"), text=text, url="help_list")


def _without_alert(level: Level, day: date):
    """Those that have waited so long and were not told of in this time of need, also when its first day has moved since."""
    told = HelpAlert.objects.filter(business=OuterRef("pk"), level=level.number, raised_on__gte=OuterRef("since"))
    return HelpNeed.objects.on(day).waiting(day, days=level.days).filter(~Exists(told))


def _in_chunks(needs) -> Iterator[list[HelpNeed]]:
    rows = needs.order_by("since", "pk").iterator(CHUNK)
    return iter(lambda: list(islice(rows, CHUNK)), [])


contribute("tick", Work("rencana", raise_alerts))
