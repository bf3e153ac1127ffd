"""The list of one's own notices, in tabs with counts, newest first."""

from datetime import date
from typing import Any

from django.db.models import Count, Q

from ppks.inbox.models import Notice
from ppks.kit.listing import Filter, Listing

TABS = (("", "Semua"), ("belum", "Belum dibaca"))
READ = Filter(
    "dibaca",
    "Pemberitahuan",
    lambda user: [("belum", "belum dibaca")],
    lambda rows, code, day: rows.unread(),
    in_form=False,
)


def notices(asked: Any, day: date) -> Listing:
    rows = Notice.objects.visible_to(asked.user).newest_first()
    return Listing(asked, rows, filters=[READ], keys=("age", "pk"), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    counts = listing.all.order_by().aggregate(n_=Count("pk"), n_belum=Count("pk", filter=Q(read_at=None)))
    current = listing.codes.get(READ.name, "")
    return [
        {
            "label": label,
            "url": listing.url(**{READ.name: code or None}),
            "count": counts[f"n_{code}"],
            "current": code == current,
        }
        for code, label in TABS
    ]
