"""The list of businesses: what its page and its files share, and the columns that go out."""

from array import array
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from clients.models import Person
from monitoring import filters
from monitoring.models import Business
from monitoring.progress import Category
from ppks.kit.asof import asked_day
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column, Recap
from ppks.kit.listing import Listing
from ppks.kit.sheets import Sheet, said_of

CHUNK = 1_000
COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("PEMILIK", lambda row: row[2].shown_name, width=30),
    Column("USAHA", lambda row: str(row[1]), width=32),
    Column("KAB/KOTA", lambda row: str(row[1].region), width=22),
    Column("OMZET TERAKHIR", lambda row: row[1].seen_turnover, RUPIAH),
    Column("KUNJUNGAN TERAKHIR", lambda row: row[1].seen_on, DAY),
    Column("KEADAAN", lambda row: row[1].state_label),
    Column("TREND", lambda row: row[1].trend_label),
    Column("KEADAAN", lambda row: row[1].get_reported_condition_display(), group="MENURUT DAFTAR"),
    Column("TANGGAL", lambda row: row[1].reported_on, DAY, group="MENURUT DAFTAR"),
)


def businesses(asked: Any, day: date) -> Listing:
    """Every business in reach that the filters keep, each with its state on `day` or the earlier one asked for."""
    day = asked_day(asked.GET, day)
    return Listing(asked, _shown, filters=filters.ALL, keys=("pk",), day=day)


def _shown(user: Any, day: date) -> QuerySet:
    return Business.objects.visible_to(user).as_of(day).select_related("trade", "region")


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All businesses of the list with their owners."""
    regions, states = Counter(), Counter()
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Business, Person]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        for number, (business, owner) in enumerate(_with_owners(found, user), 1):
            subjects.append(owner.identity_id)
            regions[str(business.region)] += 1
            states[business.state_label] += 1
            yield number, business, owner

    return Book(
        name="usaha",
        title="DAFTAR USAHA",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions), by_state(states)),
    )


def _with_owners(found: Iterator[Business], user: Any) -> Iterator[tuple[Business, Person]]:
    people = Person.objects.visible_to(user).only("identity", "initials", "name")  # less what the role may not read
    while chunk := list(islice(found, CHUNK)):
        owners = people.in_bulk({business.person_id for business in chunk})
        yield from ((business, owners[business.person_id]) for business in chunk)


def by_region(counted: Counter) -> Recap:
    """Kab/kota in order of the alphabet."""
    return Recap("Per kab/kota", sorted(counted.items()))


def by_state(counted: Counter) -> Recap:
    """The states in their usual order, then what else was counted."""
    known = [label for label in Category.labels if label in counted]
    return Recap(
        "Keadaan usaha menurut kunjungan",
        [(label, counted[label]) for label in [*known, *sorted(counted.keys() - known)]],
    )


contribute("sheet", Sheet("usaha", "Usaha", "business_list", "monitoring.view_business", businesses, book))
