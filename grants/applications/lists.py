"""The list of applications: what its page, its tabs, its figures and its files share."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count

from clients.models import Person
from grants.applications.models import Application
from grants.applications.queues import BY_CODE, MINE, QUEUES, Queue, queues_of, waiting_for
from grants.applications.statuses import Status, tone_of
from grants.budget.models import Allocation
from grants.programmes.models import Call
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column, Recap
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import region_choices

VIEW, PAGE = "grants.view_application", "application_list"
CHUNK = 1_000


REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
YEAR = Filter(
    "tahun",
    "Tahun",
    lambda user: [
        (str(year), str(year))
        for year in Application.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct()
    ],
    lambda rows, code, day: rows.filter(year=int(code)),
)
STATUS = Filter("status", "Status", lambda user: Status.choices, lambda rows, code, day: rows.filter(status=code))
CALL = Filter(
    "pembukaan",
    "Pembukaan",
    lambda user: [(str(call.pk), str(call)) for call in Call.objects.visible_to(user)],
    lambda rows, code, day: rows.filter(call=int(code)),
)
ALLOCATION = Filter(
    "alokasi",
    "Alokasi",
    lambda user: [
        (str(one.pk), str(one))
        for one in Allocation.objects.visible_to(user).select_related("region", "line__programme")
    ],
    lambda rows, code, day: rows.filter(allocation=int(code)),
    in_form=False,
)


def _waiting(user: Any) -> Filter:
    """One queue, or everything that waits for whoever asks; whose it is depends on the user, so each gets his own."""

    def narrow(rows, code: str, day: date):
        return rows.filter(waiting_for(user, day) if code == MINE else BY_CODE[code].condition(day))

    def choices(asking: Any) -> list[tuple[str, str]]:
        own = [(MINE, "saya")] if queues_of(asking) else []
        return own + [(queue.code, queue.label.lower()) for queue in BY_CODE.values()]

    return Filter("menunggu", "Menunggu", choices, narrow, in_form=False)


def applications(asked: Any, day: date) -> Listing:
    """Every application in reach, the one that was begun first on top."""
    rows = Application.objects.visible_to(asked.user).select_related("region", "call")
    filters = (REGION, YEAR, STATUS, CALL, ALLOCATION, _waiting(asked.user))
    return Listing(asked, rows, filters=filters, keys=("pk",), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """All, what waits for the user, and each queue of his; every queue for who has none. Counts are one query."""
    user, day = listing.request.user, listing.day
    waiting = listing.filters[-1]
    rows = listing.all
    for wanted in listing.filters[:-1]:
        if chosen := listing.chosen[wanted.name]:
            rows = wanted.narrow(rows, chosen[0], day)
    shown: list[Queue] = queues_of(user) or list(QUEUES)
    conditions = {queue.code: queue.condition(day) for queue in shown}
    labels = {"": "Semua"} | {queue.code: queue.label for queue in shown}
    if len(queues_of(user)) > 1:
        labels = {"": "Semua", MINE: "Menunggu saya"} | labels
        conditions[MINE] = waiting_for(user, day)
    counts = rows.order_by().aggregate(
        **{f"in_{code}": Count("pk", filter=conditions[code]) if code else Count("pk") for code in labels}
    )
    chosen = listing.chosen[waiting.name]
    current = chosen[0] if chosen else ""
    return [
        {
            "label": label,
            "url": listing.url(**{waiting.name: code or None}),
            "count": counts[f"in_{code}"],
            "current": code == current,
        }
        for code, label in labels.items()
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An application with whom it is for, as far as the user may know him."""

    application: Application
    person: Person | None  # none when he has moved out of the user's reach since

    @property
    def name(self) -> str:
        return self.person.shown_name if self.person else "Di luar jangkauan Anda"

    @property
    def tone(self) -> str:
        return tone_of(self.application)

    @property
    def began_on(self) -> date:
        return dates.local(self.application.made_at)


def lines(rows: list[Application], user: Any) -> list[Line]:
    """The applications with their people: one query, apart, since a masked role may not join names."""
    people = Person.objects.visible_to(user).only("identity", "initials", "name")
    found = people.in_bulk({row.person_id for row in rows})
    return [Line(row, found.get(row.person_id)) for row in rows]


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("USULAN", lambda row: row[1].application.number, width=14),
    Column("NAMA", lambda row: row[1].name, width=30),
    Column("KAB/KOTA", lambda row: str(row[1].application.region), width=22),
    Column("PEMBUKAAN", lambda row: str(row[1].application.call), width=34),
    Column("DIUSULKAN (RP)", lambda row: row[1].application.requested, RUPIAH),
    Column("DISARANKAN (RP)", lambda row: row[1].application.recommended, RUPIAH),
    Column("DICATAT", lambda row: row[1].began_on, DAY),
    Column("STATUS", lambda row: row[1].application.get_status_display(), width=24),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All applications of the list with their people."""
    regions, states = Counter(), Counter()
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user))
        for number, line in enumerate(told, 1):
            subjects.append(line.application.identity_id)
            regions[str(line.application.region)] += 1
            states[line.application.get_status_display()] += 1
            yield number, line

    return Book(
        name="hibah",
        title=f"USULAN HIBAH PER {dates.long(listing.day).upper()}",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (
            Recap("Per kab/kota", sorted(regions.items())),
            Recap("Per status", [(label, states[label]) for label in Status.labels if label in states]),
        ),
    )


contribute("sheet", Sheet("hibah", "Usulan hibah", PAGE, VIEW, applications, book))
