"""The lists of payments and of payment orders: filters, tabs, pages and files share these rows."""

from array import array
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from clients.models import Person
from grants.payments.models import Disbursement, PaymentOrder, ReceiptCheck
from grants.payments.receipts import ReceiptSample, SampledDisbursement
from grants.programmes.models import Form
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, RUPIAH, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import region_choices

VIEW = "grants.view_application"
CHUNK = 1_000
STATES = {
    "belum": ("Belum ditanya", Q(is_asked=False, bounce=None)),
    "utuh": ("Diterima utuh", Q(is_asked=True, is_cut=False, bounce=None)),
    "dipotong": ("Ada potongan", Q(is_cut=True, bounce=None)),
    "gagal": ("Transfer gagal", Q(bounce__isnull=False)),
}
STATE = Filter(
    "terima",
    "Penerimaan",
    lambda user: [(code, label) for code, (label, _) in STATES.items()],
    lambda rows, code, day: rows.filter(STATES[code][1]),
    in_form=False,
)
YEAR = Filter(
    "tahun",
    "Tahun",
    lambda user: [
        (str(day.year), str(day.year)) for day in Disbursement.objects.visible_to(user).dates("paid_on", "year", "DESC")
    ],
    lambda rows, code, day: rows.filter(paid_on__year=int(code)),
)
REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
FORM = Filter("bentuk", "Bentuk", lambda user: Form.choices, lambda rows, code, day: rows.filter(form=code))
ORDER = Filter(
    "sp2d",
    "SP2D",
    lambda user: [(str(one.pk), one.number) for one in orders_of(user)],
    lambda rows, code, day: rows.filter(order=int(code)),
    in_form=False,
)
SAMPLE = Filter(
    "sampel",
    "Sampel",
    lambda user: [
        (str(one.pk), f"nomor {one.pk}, {one.size} penyaluran") for one in ReceiptSample.objects.visible_to(user)
    ],
    lambda rows, code, day: rows.filter(
        pk__in=SampledDisbursement.objects.filter(sample=int(code)).values("disbursement")
    ),
)


def orders_of(user: Any) -> QuerySet:
    """All payment orders for the province; for a kab/kota those that pay somebody of its own."""
    orders = PaymentOrder.objects.visible_to(user)
    if user.role_entry.posted_to == "region":
        orders = orders.filter(pk__in=Disbursement.objects.visible_to(user).values("order"))
    return orders


def with_answers(rows: QuerySet) -> QuerySet:
    """Each payment with whether its receiver was asked, and told of a deduction."""
    answers = ReceiptCheck.objects.filter(disbursement=OuterRef("pk"))
    return rows.annotate(is_asked=Exists(answers), is_cut=Exists(answers.filter(deducted__gt=0)))


def disbursements(asked: Any, day: date) -> Listing:
    """Every payment within reach, the newest first."""
    rows = with_answers(Disbursement.objects.visible_to(asked.user)).annotate(recent=-F("pk"))
    rows = rows.select_related("region", "application__call__line__programme", "order", "bounce")
    filters = (YEAR, REGION, FORM, SAMPLE, STATE, ORDER)
    return Listing(asked, rows, filters=filters, keys=("recent", "pk"), day=day)


def tabs(listing: Listing) -> list[dict[str, Any]]:
    """One for each state of receipt, counted under the other filters in one query."""
    rows = listing.all
    for wanted in listing.filters:
        if wanted is not STATE and (chosen := listing.chosen[wanted.name]):
            rows = wanted.narrow(rows, chosen[0], listing.day)
    asked = {f"n_{code}": Count("pk", filter=condition) for code, (_, condition) in STATES.items()}
    counts = rows.order_by().aggregate(n_=Count("pk"), **asked)
    current = listing.codes.get(STATE.name, "")
    labels = {"": "Semua"} | {code: label for code, (label, _) in STATES.items()}
    return [
        {
            "label": label,
            "url": listing.url(**{STATE.name: code or None}),
            "count": counts[f"n_{code}"],
            "current": code == current,
        }
        for code, label in labels.items()
    ]


def state_of(paid: Disbursement) -> tuple[str, str]:
    """(words, tone) for one payment of `disbursements`."""
    if hasattr(paid, "bounce"):
        return "Transfer gagal", "error"
    if paid.is_cut:
        return "Ada potongan", "error"
    return ("Diterima utuh", "ok") if paid.is_asked else ("Belum ditanya", "")


def total(listing: Listing) -> int:
    """The rupiah of the listed payments that did not come back."""
    return listing.rows.order_by().filter(bounce=None).aggregate(total=Sum("amount"))["total"] or 0


def orders(asked: Any, day: date) -> Listing:
    """Every payment order within reach, the newest first."""
    return Listing(asked, orders_of(asked.user).annotate(recent=-F("pk")), filters=(), keys=("recent", "pk"), day=day)


def with_sums(rows: list[PaymentOrder], user: Any) -> list[tuple[PaymentOrder, int, int]]:
    """Orders with their transfers and rupiah, as far as the user reaches; what came back does not count."""
    paid = Disbursement.objects.visible_to(user).filter(order__in=rows).order_by().values("order")
    found = {
        row["order"]: (row["people"], row["total"] or 0)
        for row in paid.annotate(people=Count("pk"), total=Sum("amount", filter=Q(bounce=None)))
    }
    return [(one, *found.get(one.pk, (0, 0))) for one in rows]


def with_people(rows: QuerySet | list[Disbursement], user: Any) -> Iterator[tuple[Disbursement, Person]]:
    """Payments with who received them; asked apart, since a masked role may not join names."""
    found = iter(rows)
    people = Person.objects.visible_to(user)
    while chunk := list(islice(found, CHUNK)):
        named = people.in_bulk({one.application.person_id for one in chunk})
        yield from ((one, named[one.application.person_id]) for one in chunk)


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("TANGGAL", lambda row: row[1].paid_on, DAY),
    Column("PENERIMA", lambda row: row[2].shown_name, width=32),
    Column("KAB/KOTA", lambda row: str(row[1].region), width=22),
    Column("PROGRAM", lambda row: str(row[1].application.call.line.programme), width=28),
    Column("USULAN", lambda row: row[1].application_id, COUNT),
    Column("TAHAP", lambda row: row[1].tranche, COUNT, 8),
    Column("BENTUK", lambda row: row[1].get_form_display(), width=10),
    Column("NILAI", lambda row: row[1].amount, RUPIAH, 18),
    Column("SP2D ATAU BAST", lambda row: row[1].order.number if row[1].order else row[1].minutes_number, width=24),
    Column("PENERIMAAN", lambda row: state_of(row[1])[0], width=18),
)
ORDER_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("NOMOR SP2D", lambda row: row[1].number, width=28),
    Column("TANGGAL", lambda row: row[1].issued_on, DAY),
    Column("ORANG", lambda row: row[2], COUNT),
    Column("JUMLAH", lambda row: row[3], RUPIAH, 20),
)


def disbursement_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All payments of the list; everybody in it is seen."""
    user = listing.request.user

    def rows():
        found = with_people(listing.rows.order_by(*listing.keys).iterator(CHUNK), user)
        for number, (paid, person) in enumerate(found, 1):
            subjects.append(person.identity_id)
            yield number, paid, person

    return Book("penyaluran", "PENYALURAN HIBAH", said_of(user, listing), COLUMNS, rows())


def order_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All orders of the list; nobody in them is named."""
    user = listing.request.user
    found = with_sums(list(listing.rows.order_by(*listing.keys)), user)
    rows = ((number, *row) for number, row in enumerate(found, 1))
    return Book("sp2d", "DAFTAR SP2D", said_of(user, listing), ORDER_COLUMNS, rows)


contribute(
    "sheet",
    Sheet("penyaluran", "Penyaluran hibah", "disbursement_list", VIEW, disbursements, disbursement_book),
    Sheet("sp2d", "SP2D", "payment_order_list", VIEW, orders, order_book),
)
