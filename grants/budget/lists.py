"""The ledger as a list: filters, order, the signed sum of its rows, and its files."""

from array import array
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Sum, When
from django.utils import timezone

from clients.models import Person
from grants.budget.models import BudgetLine, Entry
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import region_choices

VIEW = "grants.view_application"
CHUNK = 1_000
K = Entry.Kind
MONEY = {  # what a sum of the balances is made of: kinds, and what a reversal must have undone
    "ditetapkan": ("Ditetapkan SK", Q(kind__in=[K.COMMIT, K.RELEASE])),
    "disalurkan": ("Disalurkan", Q(kind=K.DISBURSE) | Q(kind=K.REVERSE, reverses__kind=K.DISBURSE)),
    "spj": ("SPJ disahkan", Q(kind=K.ACCOUNT) | Q(kind=K.REVERSE, reverses__kind=K.ACCOUNT)),
    "kembali": ("Dikembalikan", Q(kind=K.RETURN)),
}
DOCUMENTS = {
    "decreeline": "SK",
    "disbursement": "Penyaluran",
    "bounce": "Transfer gagal",
    "report": "SPJ",
    "reportreturn": "Setoran dengan SPJ",
    "fundreturn": "Setoran",
    "recovery": "Pengembalian",
    "applicationstep": "Pelunasan",
}

YEAR = Filter(
    "tahun",
    "Tahun anggaran",
    lambda user: [
        (str(year), str(year))
        for year in BudgetLine.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct()
    ],
    lambda rows, code, day: rows.filter(allocation__line__year=int(code)),
)
LINE = Filter(
    "mata",
    "Mata anggaran",
    lambda user: [
        (str(line.pk), str(line)) for line in BudgetLine.objects.visible_to(user).select_related("programme")
    ],
    lambda rows, code, day: rows.filter(allocation__line=int(code)),
)
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
SUM = Filter(
    "uang",
    "Uang",
    lambda user: [(code, label) for code, (label, _) in MONEY.items()],
    lambda rows, code, day: rows.filter(MONEY[code][1]),
)
KIND = Filter("jenis", "Jenis", lambda user: K.choices, lambda rows, code, day: rows.filter(kind=code))
APPLICATION = Filter(
    "usulan",
    "Usulan",
    lambda user: [
        (str(pk), f"nomor {pk}")
        for pk in Entry.objects.visible_to(user).order_by().values_list("application", flat=True).distinct()
    ],
    lambda rows, code, day: rows.filter(application=int(code)),
    in_form=False,
)


def ledger(asked: Any, day: date) -> Listing:
    """Every entry within reach, the newest first."""
    rows = (
        Entry.objects.visible_to(asked.user)
        .annotate(
            recent=-F("pk"),
            signed=Case(
                When(kind__in=[K.RELEASE, K.REVERSE], then=-F("amount")),
                default=F("amount"),
                output_field=BigIntegerField(),
            ),
        )
        .select_related("region", "application", "allocation__line__programme")
        .prefetch_related("by")
    )
    filters = (YEAR, LINE, REGION, SUM, KIND, APPLICATION)
    return Listing(asked, rows, filters=filters, keys=("recent", "pk"), day=day)


def total(listing: Listing) -> int | None:
    """The sum of all rows when they are of one kind of money; sums of different kinds mean nothing."""
    if not listing.chosen[SUM.name]:
        return None
    return listing.rows.order_by().aggregate(total=Sum("signed"))["total"] or 0


def document(entry: Entry) -> str:
    """What posted an entry, in words."""
    return DOCUMENTS.get(entry.key.partition(":")[0], "")


def with_people(rows: QuerySet | list[Entry], user: Any) -> Iterator[tuple[Entry, Person]]:
    """Entries with whose money it is; asked apart, since a masked role may not join names."""
    found = iter(rows)
    people = Person.objects.visible_to(user)
    while chunk := list(islice(found, CHUNK)):
        receivers = people.in_bulk({one.application.person_id for one in chunk})
        yield from ((one, receivers[one.application.person_id]) for one in chunk)


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("TANGGAL", lambda row: timezone.localtime(row[1].posted_at, dates.JAKARTA).date(), DAY),
    Column("MATA ANGGARAN", lambda row: str(row[1].allocation.line), width=40),
    Column("KAB/KOTA", lambda row: str(row[1].region), width=22),
    Column("NOMOR CATATAN", lambda row: row[1].number, COUNT),
    Column("USULAN", lambda row: row[1].application_id, COUNT),
    Column("PENERIMA", lambda row: row[2].shown_name, width=30),
    Column("JENIS", lambda row: row[1].get_kind_display(), width=22),
    Column("NILAI", lambda row: row[1].signed, RUPIAH, 18),
    Column("DOKUMEN", lambda row: document(row[1]), width=22),
    Column("OLEH", lambda row: str(row[1].by), width=24),
    Column("SIDIK", lambda row: row[1].hash, width=66),
)


def ledger_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All entries of the list; everybody in it is seen."""
    user = listing.request.user
    found = listing.rows.order_by(*listing.keys)

    def rows():
        for number, (entry, person) in enumerate(with_people(found.iterator(CHUNK), user), 1):
            subjects.append(person.identity_id)
            yield number, entry, person

    return Book("buku-besar", "BUKU BESAR HIBAH", said_of(user, listing), COLUMNS, rows())


contribute("sheet", Sheet("buku", "Buku besar hibah", "ledger_list", VIEW, ledger, ledger_book))
