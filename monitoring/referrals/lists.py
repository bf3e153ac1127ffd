"""The list of referrals: tabs by their state, the oldest first; what its page, its figures and its files share."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Q

from clients.models import Person
from monitoring.lists import CHUNK, by_region
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import ReferralStatus, silent_since
from monitoring.referrals.shown import shown_to_partners
from ppks.kit import dates
from ppks.kit.asof import asked_day
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column, Recap
from ppks.kit.listing import COUNTED_EXACTLY, Filter, Listing
from ppks.kit.prepared import counted
from ppks.kit.roles import PARTNER
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import PartnerOffice, region_choices

LATE, WAITING = "terlambat", "menunggu"
TABS = (
    ("", "Semua"),
    (WAITING, "Menunggu"),
    (LATE, "Terlambat"),
    (ReferralStatus.ACCEPTED.value, "Diterima"),
    (ReferralStatus.REJECTED.value, "Ditolak"),
    (ReferralStatus.DONE.value, "Selesai"),
    (ReferralStatus.WITHDRAWN.value, "Ditarik"),
)


def in_tab(code: str, day: date) -> Q:
    """The condition of a tab on rows `as_of` the day."""
    if code == WAITING:
        return Q(state=ReferralStatus.SENT, sent_on__gt=silent_since(day))
    if code == LATE:
        return Q(state=ReferralStatus.SENT, sent_on__lte=silent_since(day))
    return Q(state=code) if code else Q()


def _offices(user: Any) -> list[tuple[str, str]]:
    """Those to which anything in reach was sent."""
    used = Referral.objects.visible_to(user).order_by().values("office")
    return [(str(pk), name) for pk, name in PartnerOffice.objects.filter(pk__in=used).values_list("pk", "name")]


STATE = Filter(
    "keadaan",
    "Keadaan",
    lambda user: [tab for tab in TABS if tab[0]],
    lambda rows, code, day: rows.filter(in_tab(code, day)),
    in_form=False,
)
OFFICE = Filter("kantor", "Kantor mitra", _offices, lambda rows, code, day: rows.filter(office=int(code)))
KIND = Filter("bantuan", "Bantuan", lambda user: Referral.Kind.choices, lambda rows, code, day: rows.filter(kind=code))
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
FILTERS = (REGION, OFFICE, KIND, STATE)


def referrals(asked: Any, day: date) -> Listing:
    """Every referral in reach that the filters keep, as it stood on `day` or the earlier one asked for."""
    day = asked_day(asked.GET, day)
    rows = Referral.objects.visible_to(asked.user).as_of(day).select_related("office", "region")
    if asked.user.role_entry.enters != PARTNER:
        rows = rows.defer("asked")
    return Listing(asked, rows, filters=FILTERS, keys=("sent_on", "pk"), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """Every tab with its count under the other filters, as far as lists count, in one query."""
    held = tuple((wanted, code) for wanted, code in listing.held if wanted is not STATE)
    counts = _in_tabs(listing.request.user, listing.day, held)
    current = listing.codes.get(STATE.name, "")
    return [
        {
            "label": label,
            "url": listing.url(**{STATE.name: code or None}),
            "count": counts[code] if counts[code] <= COUNTED_EXACTLY else None,
            "more": counts[code] > COUNTED_EXACTLY,
            "current": code == current,
        }
        for code, label in TABS
    ]


@counted
def _in_tabs(user, day, held):
    rows = Referral.objects.visible_to(user).as_of(day).order_by()
    for wanted, code in held:
        rows = wanted.narrow(rows, code, day)
    return {code: rows.filter(in_tab(code, day))[: COUNTED_EXACTLY + 1] for code, _ in TABS}


@dataclass(frozen=True, slots=True)
class Line:
    """One referral with the name that its reader may see."""

    referral: Referral
    name: str
    identity: int | None
    day: date

    @property
    def is_late(self) -> bool:
        return self.referral.state == ReferralStatus.SENT and self.referral.sent_on <= silent_since(self.day)

    @property
    def state_label(self) -> str:
        return "Terlambat dijawab" if self.is_late else ReferralStatus(self.referral.state).label

    @property
    def tone(self) -> str:
        return "error" if self.is_late else TONES[self.referral.state]


TONES = {"sent": "warn", "accepted": "info", "rejected": "plain", "done": "ok", "withdrawn": "plain"}


def lines(rows: list[Referral], user: Any, day: date) -> list[Line]:
    """One query more: people in reach, or what their consent lets a partner office see."""
    if user.role_entry.enters == PARTNER:
        shown = shown_to_partners([row.pk for row in rows])
        return [Line(row, shown[row.pk].title, None, day) for row in rows if row.pk in shown]
    people = Person.objects.visible_to(user).only("identity", "initials", "name")
    people = people.in_bulk({row.person_id for row in rows})
    return [_line(row, people.get(row.person_id), day) for row in rows]


def _line(row: Referral, person: Person | None, day: date) -> Line:
    """Who moved to another kab/kota since is out of reach; what was sent from here stays."""
    if person is None:
        return Line(row, "orang yang sudah pindah", None, day)
    return Line(row, person.shown_name, person.identity_id, day)


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("ORANG", lambda row: row[1].name, width=30),
    Column("KAB/KOTA", lambda row: str(row[1].referral.region), width=22),
    Column("KANTOR MITRA", lambda row: str(row[1].referral.office), width=36),
    Column("BANTUAN", lambda row: row[1].referral.get_kind_display(), width=22),
    Column("DIKIRIM", lambda row: row[1].referral.sent_on, DAY),
    Column("DIJAWAB", lambda row: row[1].referral.answered_on, DAY),
    Column("HARI SAMPAI DIJAWAB", lambda row: row[1].referral.days_to_answer, COUNT),
    Column("KEADAAN", lambda row: row[1].state_label, width=20),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All referrals of the list with their people."""
    regions, states = Counter(), Counter()
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user, listing.day))
        for number, line in enumerate(told, 1):
            if line.identity:
                subjects.append(line.identity)
            regions[str(line.referral.region)] += 1
            states[line.state_label] += 1
            yield number, line

    return Book(
        name="rujukan",
        title=f"RUJUKAN KE KANTOR MITRA PER {dates.long(listing.day).upper()}",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions), Recap("Keadaan rujukan", sorted(states.items()))),
    )


contribute("sheet", Sheet("rujukan", "Rujukan", "referral_list", "referrals.view_referral", referrals, book))
