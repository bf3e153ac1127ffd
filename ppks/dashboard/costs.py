"""What an independent person has cost: the rupiah of all grants of a cohort against how many of it are independent."""

from array import array
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from clients import filters as people_filters
from clients.lifecycle import Status
from clients.models import Person
from monitoring.counts.reading import Kind, count
from monitoring.filters import NO_YEAR
from monitoring.independence.since_grant import ANY, YEAR, recipients, with_received
from monitoring.lists import CHUNK
from ppks.dashboard.curves import HIDDEN, LEAST
from ppks.dashboard.figures import Figures
from ppks.kit import charts, dates, rupiah
from ppks.kit.asof import asked_day
from ppks.kit.charts.tables import Cell, count_cell, dotted, sum_cell
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, RUPIAH, Book, Column
from ppks.kit.exporting import YEAR as YEAR_KIND
from ppks.kit.listing import Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions import reference_tables

INDEPENDENT = {"tahap": Status.INDEPENDENT.value}
TOLD = ("people", "known", "rupiah", "independent")


def known(people: QuerySet, day: date) -> QuerySet:
    """Those who received a grant by `day` and whose rupiah are all told."""
    return with_received(recipients(people, day), day).exclude(received=None)


def costs(figures: Figures) -> dict[str, Any]:
    """One row a year: who received, of whom the rupiah are told, who of these is independent, and what that comes to."""
    rows, cells = _by_year(figures), []
    for year, found in rows.items():
        codes = {"hibah": year} if year else {}
        known_of = codes | {"nilai": "tercatat"}
        cells.append(
            (
                Cell({"": "Semua tahun", NO_YEAR: "Tahun tidak tercatat"}.get(year, year)),
                count_cell(found["people"], figures.people_url(hibah=year or ANY)),
                count_cell(found["known"], figures.people_url(**known_of)),
                sum_cell(found["rupiah"], figures.url("cost_list", **codes)),
                count_cell(found["independent"], figures.people_url(**known_of, **INDEPENDENT)),
                Cell(_each(found)),
            )
        )
    return {
        "cost_sentence": _sentence(rows.get("", {})),
        "cost_table": charts.Table(
            caption="Biaya hibah per orang mandiri menurut tahun hibah pertama",
            columns=(
                "Tahun hibah",
                "Penerima",
                "Nilainya tercatat",
                "Nilai hibah",
                "Mandiri di antaranya",
                "Per orang mandiri",
            ),
            rows=tuple(cells),
        ),
    }


def _by_year(figures: Figures) -> dict[str, dict[str, int]]:
    """Each year and, under no name, all of them together."""
    years = _kept(figures) if figures.is_today else _counted(figures)
    whole = {name: sum(row[name] for row in years.values()) for name in TOLD}
    return {"": whole, **years} if years else {}


def _kept(figures: Figures) -> dict[str, dict[str, int]]:
    """Today's, as triggers keep them. The unknown year stands last."""
    years: dict[str, dict[str, int]] = {}
    for code, number in sorted(figures.kept(Kind.COST).items()):
        year, _, name = code.partition(":")
        years.setdefault(year, dict.fromkeys(TOLD, 0))[name] = number
    return years


def _counted(figures: Figures) -> dict[str, dict[str, int]]:
    """Those of an earlier day."""
    people = with_received(recipients(figures.people(), figures.day), figures.day)
    independent = figures.people(**INDEPENDENT).order_by().values("pk")
    told = Q(received__isnull=False)
    counted = (
        people.order_by()
        .values("grant_year")
        .annotate(
            people=Count("pk"),
            known=Count("pk", filter=told),
            rupiah=Sum("received", filter=told),
            independent=Count("pk", filter=told & Q(pk__in=independent)),
        )
    )
    rows: dict[str, dict[str, int]] = {}
    for row in counted.order_by("grant_year"):
        rows[str(row.pop("grant_year") or NO_YEAR)] = {name: value or 0 for name, value in row.items()}
    return rows


def _each(found: dict[str, int]) -> str:
    if not found["independent"]:
        return "belum ada yang mandiri"
    if found["independent"] < LEAST:
        return HIDDEN
    return rupiah.format(found["rupiah"] // found["independent"])


def _sentence(found: dict[str, int]) -> str:
    if not found:
        return "Belum ada hibah yang dicatat"
    if not found["known"]:
        return f"Nilai hibah {dotted(found['people'])} penerima belum tercatat, sehingga biayanya belum dapat dihitung"
    given = f"{rupiah.format(found['rupiah'])} untuk {dotted(found['known'])} penerima yang nilai hibahnya tercatat"
    if found["independent"] < LEAST:
        return f"{given}; {dotted(found['independent'])} di antaranya mandiri, terlalu sedikit untuk dibagi"
    return f"{given}; {dotted(found['independent'])} mandiri, {_each(found)} per orang mandiri"


def cost_rows(asked: Any, day: date) -> Listing:
    """The people behind the rupiah of a row: those whose grants are all told, with what they received."""
    day = asked_day(asked.GET, day)
    rows = known(Person.objects.visible_to(asked.user).select_related("region"), day)
    return Listing(asked, rows, filters=(people_filters.REGION, YEAR, people_filters.STATUS), keys=("pk",), day=day)


def total_of(listing: Listing) -> int:
    """The rupiah of everybody on the list. Today's of a year or of a kab/kota are kept; those of a stage are added up."""
    codes = {name: chosen[0] for name, chosen in listing.chosen.items() if chosen}
    if listing.day == dates.today() and people_filters.STATUS.name not in codes:
        region = codes.get(people_filters.REGION.name)
        kept = count(
            listing.request.user, Kind.COST, listing.day, region=reference_tables.number(region) if region else None
        )
        year = codes.get(YEAR.name, ANY)
        return sum(n for code, n in kept.items() if code.endswith(":rupiah") and year in (ANY, code.partition(":")[0]))
    return listing.rows.order_by().aggregate(total=Sum("received"))["total"] or 0


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NAMA", lambda row: row[1].shown_name, width=30),
    Column("KAB/KOTA", lambda row: str(row[1].region), width=22),
    Column("TAHUN HIBAH PERTAMA", lambda row: row[1].grant_year, YEAR_KIND),
    Column("NILAI HIBAH", lambda row: row[1].received, RUPIAH),
    Column("TAHAP", lambda row: row[1].get_status_display()),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """Everybody of the list."""

    def rows() -> Iterator[tuple[int, Person]]:
        for number, person in enumerate(listing.rows.order_by(*listing.keys).iterator(CHUNK), 1):
            subjects.append(person.identity_id)
            yield number, person

    return Book(
        name="nilai-hibah",
        title=f"NILAI HIBAH PER PENERIMA, PER {dates.long(listing.day).upper()}",
        about=said_of(listing.request.user, listing),
        columns=COLUMNS,
        rows=rows(),
    )


contribute(
    "sheet", Sheet("biaya", "Nilai hibah per penerima", "cost_list", "monitoring.view_business", cost_rows, book)
)
