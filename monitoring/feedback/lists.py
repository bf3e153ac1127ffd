"""The list of reports: its tabs, filters and file. Nothing in it tells who sent one, or what was written."""

from array import array
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from monitoring.feedback.models import Feedback
from monitoring.feedback.moves import WAITING, Status
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import region_choices

VIEW = "feedback.view"
CHUNK = 1_000
PATIENCE = 14  # days until an unanswered report is late
LATE, OPEN = "terlambat", "terbuka"
STATES = {"baru": Status.NEW, "ditangani": Status.HANDLING, "dijawab": Status.ANSWERED, "selesai": Status.CLOSED}
TABS = (
    ("", "Semua"),
    ("baru", "Baru"),
    ("ditangani", "Ditangani"),
    (LATE, f"Lewat {PATIENCE} hari"),
    ("dijawab", "Dijawab"),
    ("selesai", "Selesai"),
)
MAY_BE_DISCUSSED = Q(status__in=WAITING, is_sensitive=False) & ~Q(about=Feedback.About.REGION)


def late_since(day: date):
    """The moment before which an unanswered report is late on `day`."""
    return timezone.make_aware(
        timezone.datetime.combine(day - timedelta(days=PATIENCE), timezone.datetime.min.time()), dates.JAKARTA
    )


def in_state(code: str, day: date) -> Q:
    """The condition of a tab."""
    if code == LATE:
        return Q(status__in=WAITING, received_at__lt=late_since(day))
    return Q(status=STATES[code]) if code else Q(pk__isnull=False)


STATE = Filter(
    "keadaan", "Keadaan", lambda user: TABS[1:], lambda rows, code, day: rows.filter(in_state(code, day)), in_form=False
)
KIND = Filter("jenis", "Jenis", lambda user: Feedback.Kind.choices, lambda rows, code, day: rows.filter(kind=code))
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
FOR_MEETINGS = Filter(
    "rapat",
    "Rapat",
    lambda user: [("boleh", "dapat dibahas dalam rapat")],
    lambda rows, code, day: rows.filter(MAY_BE_DISCUSSED),
    in_form=False,
)


def reports(asked: Any, day: date) -> Listing:
    """Every report in sight, the longest waiting first."""
    rows = Feedback.objects.visible_to(asked.user).select_related("region")
    return Listing(asked, rows, filters=(KIND, REGION, STATE, FOR_MEETINGS), keys=("pk",), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """Every tab with its count under the other filters, all in one query."""
    rows = listing.all
    for wanted in (KIND, REGION, FOR_MEETINGS):
        if chosen := listing.chosen[wanted.name]:
            rows = wanted.narrow(rows, chosen[0], listing.day)
    counts = rows.order_by().aggregate(
        **{f"in_{code}": Count("pk", filter=in_state(code, listing.day)) for code, _ in TABS}
    )
    chosen = listing.chosen[STATE.name]
    return [
        {
            "label": label,
            "url": listing.url(**{STATE.name: code or None}),
            "count": counts[f"in_{code}"],
            "current": code == (chosen[0] if chosen else ""),
        }
        for code, label in TABS
    ]


def day_of(moment) -> date:
    return timezone.localtime(moment, dates.JAKARTA).date()


def days_waiting(feedback: Feedback, day: date) -> int:
    return (day - day_of(feedback.received_at)).days


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("TIKET", lambda row: row[1].shown_ticket, width=14),
    Column("DITERIMA", lambda row: day_of(row[1].received_at), DAY),
    Column("JENIS", lambda row: row[1].get_kind_display(), width=34),
    Column("TENTANG", lambda row: row[1].get_about_display(), width=34),
    Column("KAB/KOTA", lambda row: str(row[1].region or ""), width=22),
    Column("KEADAAN", lambda row: row[1].get_status_display(), width=14),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All reports of the list, without who sent them and what they wrote."""
    found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
    about = said_of(listing.request.user, listing)
    return Book("pengaduan", "DAFTAR PENGADUAN", about, COLUMNS, enumerate(found, 1))


contribute("sheet", Sheet("pengaduan", "Pengaduan", "feedback_list", VIEW, reports, book))
