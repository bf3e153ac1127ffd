"""The readiness list: who could be called independent, what is lacking, who is proposed, independent or fell back."""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q

from clients.filters import REGION
from clients.lifecycle import Status
from clients.models import Person
from monitoring import named
from monitoring.independence.gathering import Known, known_of
from monitoring.independence.models import Graduation, Place, Readiness
from monitoring.independence.rule import Condition, Finding, findings
from monitoring.lists import CHUNK, by_region
from monitoring.models import Business
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import COUNTED_EXACTLY, Filter, Listing
from ppks.kit.prepared import counted
from ppks.kit.sheets import Sheet, said_of
from ppks.regions import reference_tables

UNSEEN = ("kk", "kk_index", "nik", "nik_index", "phone", "address", "birth_place", "note", "ppks_as_written")
READY, NEARLY, NOT_YET, PROPOSED, WATCHED, BACK = "siap", "kurang-satu", "belum", "diusulkan", "mandiri", "kembali"
TABS = (
    ("", "Semua"),
    (READY, "Siap diusulkan"),
    (NEARLY, "Kurang satu"),
    (NOT_YET, "Belum"),
    (PROPOSED, "Diusulkan"),
    (WATCHED, "Mandiri dalam pantauan"),
    (BACK, "Kembali"),
)
FEW = (READY, NEARLY, PROPOSED, BACK)
STAGES = {  # of a proposal under way, for the numbers on front pages
    "verifikasi": ("Menunggu verifikasi", Graduation.Status.PROPOSED),
    "putusan": ("Menunggu keputusan", Graduation.Status.VERIFIED),
    "dikembalikan": ("Dikembalikan", Graduation.Status.RETURNED),
}


def in_tab(code: str, day: date) -> Q:
    """The condition of a tab on people. Few rows decide it: those of readiness and graduations."""
    if not code:
        return Q()
    if code in STAGES:
        return Q(pk__in=Place.objects.filter(proposal=STAGES[code][1]).values("person"))
    return CONDITIONS[code](day)


def _not_yet(day: date) -> Q:
    is_free = ~Exists(Graduation.objects.open().filter(person=OuterRef("pk")))
    return Q(status=Status.FORMER_CLIENT) & is_free & ~Exists(_lacking_little(day))


def _lacking_little(day: date) -> Any:
    return Readiness.objects.filter(person=OuterRef("pk")).ready_or_nearly(day)


KEPT = {  # the rows that a part of the list consists of, one a person
    "": lambda day: Place.objects.all(),
    READY: lambda day: Readiness.objects.candidates().ready(day),
    NEARLY: lambda day: Readiness.objects.candidates().nearly(day),
    NOT_YET: lambda day: Place.objects.filter(is_independent=False, proposal="").exclude(Exists(_lacking_little(day))),
    PROPOSED: lambda day: Place.objects.exclude(proposal=""),
    WATCHED: lambda day: Place.objects.filter(is_independent=True),
    BACK: lambda day: Place.objects.filter(fell_back=True),
}
CONDITIONS = {  # the same on people; a part of many is told by their own columns, so that they are read in the order of names
    **{code: partial(lambda code, day: Q(pk__in=KEPT[code](day).values("person")), code) for code in FEW},
    NOT_YET: _not_yet,
    WATCHED: lambda day: Q(status=Status.INDEPENDENT),
}


PART = Filter(
    "bagian",
    "Bagian",
    lambda user: [*(tab for tab in TABS if tab[0]), *((code, label) for code, (label, _) in STAGES.items())],
    lambda people, code, day: people.filter(in_tab(code, day)),
    in_form=False,
)
FILTERS = (REGION, PART)


def _gone_home(people: Any) -> Any:
    """Former clients and independent people with a business."""
    return people.filter(
        status__in=[Status.FORMER_CLIENT, Status.INDEPENDENT], pk__in=Business.objects.values("person")
    )


def _shown(user: Any, day: date) -> Any:
    return _gone_home(Person.objects.visible_to(user)).defer(*UNSEEN).select_related("region")


def readiness(asked: Any, day: date) -> Listing:
    """Everybody in reach who has gone home with a business, and who is independent already, in the order of names."""
    keys = Person.objects.all().order_for(asked.user)
    return Listing(asked, _shown, filters=FILTERS, keys=keys, day=day)


def numbers(listing: Listing) -> dict[str, int]:
    """How many people each part of the list holds under its other filter, at most one more than is counted exactly."""
    region = listing.chosen[REGION.name]
    parts = dict.fromkeys((*(code for code, _ in TABS), part_of(listing)))
    return _in_parts(listing.request.user, listing.day, region[0] if region else "", tuple(parts))


@counted
def _in_parts(user, day, region, parts):
    """Policies alone say who is in reach: by a second condition PostgreSQL would expect few, and read them all.

    Those who lack more are counted along the index of regions; merged by their keys, all of the province would be read.
    """
    people = _gone_home(Person.objects.all())
    found = {code: KEPT[code](day) if code in KEPT else people.filter(in_tab(code, day)) for code in parts}
    if region:
        found = {code: rows.filter(region=reference_tables.number(region)) for code, rows in found.items()}
    along = {NOT_YET: ("region_id", "person_id")}
    return {code: rows.order_by(*along.get(code, ()))[: COUNTED_EXACTLY + 1] for code, rows in found.items()}


def part_of(listing: Listing) -> str:
    """The part that is asked for; none for all of the list."""
    chosen = listing.chosen[PART.name]
    return chosen[0] if chosen else ""


def tabs(listing: Listing, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Every tab with its count; without one where there are more than a list counts exactly."""
    return [
        {
            "label": label,
            "url": listing.url(**{PART.name: code or None}),
            "count": counts[code] if counts[code] <= COUNTED_EXACTLY else None,
            "current": code == part_of(listing),
        }
        for code, label in TABS
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One person of the list with what is known."""

    person: Person
    known: Known
    lacking: list[Finding]

    @property
    def is_independent(self) -> bool:
        return self.person.status == Status.INDEPENDENT

    @property
    def label(self) -> str:
        """How far the person is, in a word or two."""
        if self.known.spell:
            return self.known.spell.get_status_display()
        return f"Kurang {len(self.lacking)}" if self.lacking else "Siap diusulkan"

    @property
    def tone(self) -> str:
        if self.known.spell:
            return "ok" if self.is_independent else "info"
        return "" if self.lacking else "ok"

    @property
    def sentences(self) -> list[str]:
        """What is lacking, or since when somebody is independent."""
        spell = self.known.spell
        if spell and spell.decided_on:
            return [f"Mandiri sejak {dates.long(spell.decided_on)}."]
        return [finding.sentence for finding in self.lacking]


def lines(people: list[Person], day: date) -> list[Line]:
    """These people with what is known of them; the home visit comes with the verification and is not asked for here."""
    known = known_of(people, on=day)
    people = named.with_districts(people)
    return [Line(person, known[person.pk], _lacking(known[person.pk], day)) for person in people]


def _lacking(known: Known, day: date) -> list[Finding]:
    found = findings(known.evidence, on=day)
    return [finding for finding in found if not finding.holds and finding.condition != Condition.HOME_VISIT]


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NAMA", lambda row: row[1].person.shown_name, width=30),
    Column("KAB/KOTA", lambda row: str(row[1].person.region), width=22),
    Column("USAHA", lambda row: str(row[1].known.business or ""), width=30),
    Column("KEADAAN USAHA", lambda row: row[1].known.business.state_label if row[1].known.business else ""),
    Column("TAHAP", lambda row: row[1].label, width=18),
    Column("MANDIRI SEJAK", lambda row: row[1].known.spell and row[1].known.spell.decided_on, DAY),
    Column("YANG KURANG", lambda row: " ".join(finding.sentence for finding in row[1].lacking), width=80),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """Everybody of the list with what is lacking."""
    regions: Counter = Counter()

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        for number, line in enumerate((line for chunk in chunks for line in lines(chunk, listing.day)), 1):
            subjects.append(line.person.identity_id)
            regions[str(line.person.region)] += 1
            yield number, line

    return Book(
        name="mandiri",
        title=f"KESIAPAN MANDIRI PER {dates.long(listing.day).upper()}",
        about=said_of(listing.request.user, listing),
        columns=COLUMNS,
        rows=rows(),
        recaps=lambda: (by_region(regions),),
    )


contribute("sheet", Sheet("mandiri", "Kesiapan mandiri", "readiness_list", "monitoring.view_business", readiness, book))
