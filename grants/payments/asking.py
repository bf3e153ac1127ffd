"""Asking whether the money arrived whole: samples that nobody can bend, answers, and shares by kab/kota."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count
from django.urls import reverse

from grants.budget.models import AllocationBalance
from grants.payments.lists import STATES, with_answers
from grants.payments.models import Disbursement, ReceiptCheck
from grants.payments.receipts import ReceiptSample, SampledDisbursement
from ppks.kit.charts.tables import Cell, Table, count_cell, percent
from ppks.kit.refusals import refusals
from ppks.regions.models import Region

LOCK = 5_003  # of advisory locks: one sample of a year is drawn at a time
UNFINISHED = "Sampel sebelumnya belum selesai ditanya. Selesaikan dulu; mengundi lagi sampai cocok tidak boleh."


def drawn(keys: Iterable[int], seed: str, size: int) -> list[int]:
    """Which payments a seed draws: anybody can compute it again from the sample's row."""
    return sorted(keys, key=lambda key: hashlib.sha256(f"{seed}:{key}".encode()).digest())[:size]


def seed_of(year: int) -> str:
    """What nobody chooses: a digest over the heads of the ledger's chains as they stand."""
    heads = AllocationBalance.objects.filter(allocation__line__year=year).order_by("pk").values_list("pk", "last_hash")
    return hashlib.sha256(repr(list(heads)).encode()).hexdigest()


def to_be_asked(user: Any, year: int):
    """Payments of the year that stand, were never drawn, and about which nobody was asked."""
    rows = with_answers(Disbursement.objects.visible_to(user)).filter(paid_on__year=year)
    return rows.filter(STATES["belum"][1], sampled=None)


def unfinished(user: Any, year: int):
    """The drawn payments of the year whose receivers nobody has asked."""
    rows = with_answers(Disbursement.objects.visible_to(user)).filter(sampled__sample__year=year)
    return rows.filter(STATES["belum"][1])


def draw(year: int, size: int, *, by: Any) -> ReceiptSample:
    """A sample of that size, stored with its rows. Raises ValidationError, as while an earlier one is unfinished."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, year])
    if unfinished(by, year).exists():
        raise ValidationError(UNFINISHED)
    keys = list(to_be_asked(by, year).order_by("pk").values_list("pk", flat=True))
    seed = seed_of(year)
    with refusals():
        sample = ReceiptSample.objects.create(year=year, size=size, population=len(keys), seed=seed, by=by)
        SampledDisbursement.objects.bulk_create(
            SampledDisbursement(sample=sample, disbursement_id=key) for key in drawn(keys, seed, size)
        )
    return sample


def answer(paid: Disbursement, *, received: int, asked_on: date, deducted_by: str, said: str, by: Any) -> ReceiptCheck:
    """What the person says has arrived; what is missing was deducted and opens a case. Raises ValidationError."""
    if received > paid.amount:
        raise ValidationError("Yang diterima tidak dapat melebihi yang disalurkan.")
    with refusals():
        return ReceiptCheck.objects.create(
            disbursement=paid,
            asked_on=asked_on,
            received=received,
            deducted=paid.amount - received,
            deducted_by=deducted_by,
            said=said,
            by=by,
        )


def share_table(user: Any, year: int) -> Table:
    """By kab/kota: paid, asked, told of a deduction, and which share of those asked that is."""
    rows = with_answers(Disbursement.objects.visible_to(user)).filter(paid_on__year=year, bounce=None).order_by()
    found = rows.values("region", "region__code").annotate(
        paid=Count("pk"),
        **{code: Count("pk", filter=condition) for code, (_, condition) in STATES.items() if code != "gagal"},
    )
    names = {one.pk: str(one) for one in Region.objects.all()}

    def url(row: dict[str, Any], code: str) -> str:
        return f"{reverse('disbursement_list')}?tahun={year}&kab={row['region__code']}&terima={code}"

    return Table(
        f"Penerimaan {year} menurut kab/kota",
        ("Kab/kota", *(label for code, (label, _) in STATES.items() if code != "gagal"), "Bagian dipotong"),
        tuple(
            (
                Cell(names[row["region"]]),
                *(count_cell(row[code], url(row, code)) for code in ("belum", "utuh", "dipotong")),
                Cell(percent(row["dipotong"], row["utuh"] + row["dipotong"])),
            )
            for row in found.order_by("region__code")
        ),
    )
