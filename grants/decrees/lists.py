"""The lists of decrees and of the people in their annexes: filters, tabs, pages and files share these rows."""

from array import array
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from clients.models import Person
from grants.decrees.models import Decree, DecreeLine
from grants.decrees.workflow import Status
from ppks.kit.charts.tables import Cell, Table, count_cell, sum_cell
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import Region, region_choices

VIEW = "grants.view_application"
CHUNK = 1_000

YEAR = Filter(
    "tahun",
    "Tahun anggaran",
    lambda user: [
        (str(year), str(year))
        for year in Decree.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct()
    ],
    lambda rows, code, day: rows.filter(year=int(code)),
)
STATE = Filter(
    "keadaan",
    "Keadaan",
    lambda user: Status.choices,
    lambda rows, code, day: rows.filter(status=code),
    in_form=False,
)
OF_DECREE = Filter(
    "sk",
    "SK",
    lambda user: [(str(one.pk), str(one)) for one in Decree.objects.visible_to(user).only("number", "pk")],
    lambda rows, code, day: rows.filter(decree=int(code)),
)
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(application__region__code=code),
)


def decrees(asked: Any, day: date) -> Listing:
    """Every decree within reach, the newest first, with how many of its people are and how much."""
    rows = Decree.objects.visible_to(asked.user).annotate(recent=-F("pk")).select_related("amends")
    return Listing(asked, rows, filters=(YEAR, STATE), keys=("recent", "pk"), day=day)


def annexes(asked: Any, day: date) -> Listing:
    """Every line of an annex within reach, by kab/kota."""
    rows = DecreeLine.objects.visible_to(asked.user).exclude(decree__status=Status.DISCARDED)
    rows = rows.annotate(place=F("application__region__code")).select_related("application__region", "decree")
    return Listing(asked, rows, filters=(OF_DECREE, REGION), keys=("place", "pk"), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """One for each state, with its number of decrees of the year."""
    rows = listing.all
    if chosen := listing.chosen[YEAR.name]:
        rows = YEAR.narrow(rows, chosen[0], listing.day)
    codes = {"": "Semua"} | dict(Status.choices)
    asked = {f"n_{code}": Count("pk", filter=Q(status=code) if code else Q()) for code in codes}
    counts = rows.order_by().aggregate(**asked)
    current = listing.codes.get(STATE.name, "")
    return [
        {
            "label": label,
            "url": listing.url(**{STATE.name: code or None}),
            "count": counts[f"n_{code}"],
            "current": code == current,
        }
        for code, label in codes.items()
    ]


def with_sums(rows: list[Decree], user: Any) -> list[tuple[Decree, int, int]]:
    """Decrees with the people and the rupiah of their annexes, as far as the user reaches."""
    lines = DecreeLine.objects.visible_to(user).filter(decree__in=rows).order_by().values("decree")
    found = {row["decree"]: row for row in lines.annotate(people=Count("pk"), total=Sum("amount"))}
    nothing = {"people": 0, "total": 0}
    return [(one, *(found.get(one.pk, nothing)[name] for name in ("people", "total"))) for one in rows]


def by_region(decree: Decree, user: Any) -> Table:
    """People and rupiah of one annex by kab/kota; what an amendment changes stands beside it."""
    lines = DecreeLine.objects.visible_to(user).filter(decree=decree).order_by()
    found = lines.values("application__region__code", "application__region")
    names = {one.pk: str(one) for one in Region.objects.all()}
    found = found.annotate(people=Count("pk"), total=Sum("amount"), earlier=Sum("before"))

    def url(code: str) -> str:
        return f"{reverse('decree_line_list')}?sk={decree.pk}&kab={code}"

    rows = tuple(
        (
            Cell(names[row["application__region"]]),
            count_cell(row["people"], url(row["application__region__code"])),
            *([sum_cell(row["earlier"])] if decree.amends_id else []),
            sum_cell(row["total"], url(row["application__region__code"])),
        )
        for row in found.order_by("application__region__code")
    )
    heads = ("Orang", *(["Sebelumnya"] if decree.amends_id else []), "Jumlah")
    return Table(f"Lampiran {decree} menurut kab/kota", ("Kab/kota", *heads), rows)


def line_total(listing: Listing) -> int:
    """The sum of the listed lines, in rupiah."""
    return listing.rows.order_by().aggregate(total=Sum("amount"))["total"] or 0


def with_people(rows: QuerySet | list[DecreeLine], user: Any) -> Iterator[tuple[DecreeLine, Person]]:
    """Lines with who they are about; asked apart, since a masked role may not join names."""
    found = iter(rows)
    people = Person.objects.visible_to(user)
    while chunk := list(islice(found, CHUNK)):
        named = people.in_bulk({one.person_id for one in chunk})
        yield from ((one, named[one.person_id]) for one in chunk)


DECREE_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NOMOR SK", lambda row: row[1].number, width=28),
    Column("TANGGAL", lambda row: row[1].signed_on, DAY),
    Column("TENTANG", lambda row: row[1].subject, width=50),
    Column("TAHUN", lambda row: row[1].year, COUNT, 8),
    Column("ORANG", lambda row: row[2], COUNT),
    Column("JUMLAH", lambda row: row[3], RUPIAH, 20),
    Column("MENGUBAH", lambda row: str(row[1].amends or ""), width=28),
    Column("KEADAAN", lambda row: row[1].get_status_display(), width=14),
)
LINE_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("SK", lambda row: str(row[1].decree), width=28),
    Column("KAB/KOTA", lambda row: str(row[1].application.region), width=22),
    Column("NAMA", lambda row: row[2].shown_name, width=32),
    Column("USULAN", lambda row: row[1].application_id, COUNT),
    Column("SEBELUMNYA", lambda row: row[1].before, RUPIAH, 18),
    Column("NILAI", lambda row: row[1].amount, RUPIAH, 18),
    Column("ALASAN", lambda row: row[1].reason, width=40),
)


def decree_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All decrees of the list; nobody in them is named."""
    user = listing.request.user
    found = with_sums(list(listing.rows.order_by(*listing.keys)), user)
    rows = ((number, *row) for number, row in enumerate(found, 1))
    return Book("sk", "DAFTAR SK HIBAH", said_of(user, listing), DECREE_COLUMNS, rows)


def annex_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All lines of the list; everybody in it is seen."""
    user = listing.request.user

    def rows():
        found = with_people(listing.rows.order_by(*listing.keys).iterator(CHUNK), user)
        for number, (line, person) in enumerate(found, 1):
            subjects.append(person.identity_id)
            yield number, line, person

    return Book("lampiran-sk", "LAMPIRAN SK HIBAH", said_of(user, listing), LINE_COLUMNS, rows())


contribute(
    "sheet",
    Sheet("sk", "SK hibah", "decree_list", VIEW, decrees, decree_book),
    Sheet("lampiran", "Lampiran SK", "decree_line_list", VIEW, annexes, annex_book),
)
