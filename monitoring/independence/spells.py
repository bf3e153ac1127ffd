"""Spells of independence: who is still independent after 12 and 24 months, as figures and as the rows behind them."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from clients.models import Person
from monitoring.counts.reading import Kind, count
from monitoring.independence.models import Graduation
from monitoring.independence.spans import MONTHS, GraduationQuerySet, Outcome
from monitoring.lists import CHUNK, by_region
from ppks.kit import dates
from ppks.kit.charts.tables import Cell, Table, count_cell, dotted
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions import reference_tables
from ppks.regions.models import region_choices

NARROW: dict[str, Callable[[GraduationQuerySet], GraduationQuerySet]] = {
    Outcome.SEEN: lambda spells: spells.seen_independent(),
    Outcome.UNSEEN: lambda spells: spells.not_seen(),
    Outcome.BACK: lambda spells: spells.fell_back(),
    Outcome.LOST: lambda spells: spells.lost(),
}


def _choices(user: Any) -> list[tuple[str, str]]:
    found = []
    for months in MONTHS:
        found.append((str(months), f"{months} bulan"))
        found += [(f"{months}-{code}", f"{months} bulan: {label.lower()}") for code, label in Outcome.choices]
    return found


def _after(spells: GraduationQuerySet, code: str, day: date) -> GraduationQuerySet:
    months, _, outcome = code.partition("-")
    reached = spells.reached(int(months), day)
    return NARROW[outcome](reached) if outcome else reached


REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda spells, code, day: spells.filter(region__code=code),
)
AFTER = Filter("sesudah", "Sesudah", _choices, _after)


def spells(asked: Any, day: date) -> Listing:
    """Every decision in reach, the oldest first; whoever fell back and was decided again is there twice."""
    return Listing(asked, _decided, filters=(REGION, AFTER), keys=("decided_on", "pk"), day=day)


def _decided(user: Any, day: date) -> GraduationQuerySet:
    return Graduation.objects.visible_to(user).decided().select_related("region")


def with_people(found: list[Graduation], user: Any) -> list[tuple[Graduation, Person]]:
    """Each with its person, as far as the user may read."""
    people = Person.objects.visible_to(user).select_related("region").in_bulk({spell.person_id for spell in found})
    return [(spell, people[spell.person_id]) for spell in found if spell.person_id in people]


def table(listing: Listing) -> Table:
    """How many were decided so long ago, and what became of them; under the list's kab/kota. One query."""
    region = listing.chosen[REGION.name]
    codes = {REGION.name: region[0]} if region else {}
    counts = _numbers(listing, region[0] if region else "")
    return Table(
        caption=f"Masih mandiri sesudah 12 dan 24 bulan, per {dates.long(listing.day)}",
        columns=("Sesudah", "Ditetapkan", *Outcome.labels),
        rows=tuple(
            (
                Cell(f"{months} bulan"),
                *(
                    count_cell(counts[code], _url(codes | {AFTER.name: code}))
                    for code in (f"{months}", *(f"{months}-{outcome}" for outcome in Outcome.values))
                ),
            )
            for months in MONTHS
        ),
    )


def _numbers(listing: Listing, region: str) -> Counter:
    """How many were decided so long ago, and how many of them each outcome has, by the codes of `AFTER`."""
    counts: Counter = Counter()
    place = reference_tables.number(region) if region else None
    for code, number in count(listing.request.user, Kind.SPELL, listing.day, region=place).items():
        months, _, outcome = code.partition(":")
        counts[months] += number
        counts[f"{months}-{outcome}"] += number
    return counts


def _url(codes: dict[str, str]) -> str:
    return f"{reverse('spell_list')}?{urlencode(codes)}"


def sentence(found: Table) -> str:
    """What is the case after the first of these times, in numbers."""
    name, decided, still, unseen, back, lost = found.rows[0]
    if not decided.value:
        return f"Belum ada yang ditetapkan mandiri {name.text} lalu atau lebih"
    said = f"{dotted(still.value)} dari {dotted(decided.value)} orang masih mandiri {name.text} sesudah ditetapkan"
    others = ((unseen, "belum dilihat"), (back, "kembali"), (lost, "tidak dapat ditemui"))
    more = ", ".join(f"{dotted(cell.value)} {words}" for cell, words in others if cell.value)
    return f"{said}; {more}" if more else said


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NAMA", lambda row: row[2].shown_name, width=30),
    Column("KAB/KOTA", lambda row: str(row[1].region), width=22),
    Column("DITETAPKAN", lambda row: row[1].decided_on, DAY),
    Column("KEMBALI", lambda row: row[1].ended_on, DAY),
    Column("KEADAAN ORANG", lambda row: row[2].get_status_display()),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All decisions of the list."""
    regions: Counter = Counter()

    def rows() -> Iterator[tuple[int, Graduation, Person]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        pairs = (pair for chunk in chunks for pair in with_people(chunk, listing.request.user))
        for number, (spell, person) in enumerate(pairs, 1):
            subjects.append(person.identity_id)
            regions[str(spell.region)] += 1
            yield number, spell, person

    return Book(
        name="pantauan-mandiri",
        title=f"YANG DITETAPKAN MANDIRI, PER {dates.long(listing.day).upper()}",
        about=said_of(listing.request.user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions),),
    )


contribute("sheet", Sheet("pantauan", "Pantauan mandiri", "spell_list", "monitoring.view_business", spells, book))
