"""Opening a line, setting its ceiling and its allocations: to a sum, from the sum that was seen, so that twice is once."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from grants.budget.models import Allocation, AllocationChange, BudgetBalance, BudgetLine, CeilingChange
from grants.programmes.models import Programme
from ppks.kit.refusals import refusals
from ppks.regions.models import Region

STALE = "Angkanya sudah diubah orang lain sejak halaman ini dibuka. Muat ulang halaman, lalu isi lagi."
LOCK = 5_002  # of advisory locks: changes of one line wait for each other


def _lock(line: BudgetLine) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [LOCK, line.pk])


def open_line(
    programme: Programme, *, year: int, source: str, ceiling: int, document: str, reason: str, by: Any
) -> BudgetLine:
    """A new line with its first ceiling. Raises ValidationError, as for a line that is there already."""
    with refusals():
        line = BudgetLine.objects.create(programme=programme, year=year, source=source)
        CeilingChange.objects.create(line=line, amount=ceiling, document=document, reason=reason, by=by)
    return line


def set_ceiling(line: BudgetLine, to: int, *, seen: int, document: str, reason: str, by: Any) -> int:
    """Raise or lower the ceiling; returns by how many rupiah, 0 when it stands there already. Raises ValidationError."""
    _lock(line)
    now = BudgetBalance.objects.get(line=line).ceiling
    if now == to:
        return 0
    if now != seen:
        raise ValidationError(STALE)
    with refusals():
        CeilingChange.objects.create(line=line, amount=to - now, document=document, reason=reason, by=by)
    return to - now


def allocated(line: BudgetLine) -> dict[int, int]:
    """{kab/kota: rupiah} of the line's allocations."""
    return dict(line.allocations.values_list("region", "balance__ceiling"))


def set_allocations(
    line: BudgetLine, to: Mapping[int, int], *, seen: Mapping[int, int], document: str, reason: str, by: Any
) -> dict[int, int]:
    """Set the allocations of these kab/kota, all or none; returns {kab/kota: change}. Raises ValidationError.

    What is lowered goes first, so that money can move from one kab/kota to another beneath a full ceiling.
    """
    _lock(line)
    now = allocated(line)
    changes = {region: sum_ - now.get(region, 0) for region, sum_ in to.items() if sum_ != now.get(region, 0)}
    if any(now.get(region, 0) != seen.get(region, 0) for region in changes):
        raise ValidationError(STALE)
    places = Region.objects.in_bulk(changes)
    with refusals():
        for region, amount in sorted(changes.items(), key=lambda change: (change[1] > 0, change[0])):
            _change(line, places[region], amount, document=document, reason=reason, by=by)
    return changes


def _change(line: BudgetLine, region: Region, amount: int, **why: Any) -> None:
    try:
        with refusals():
            allocation, _ = Allocation.objects.get_or_create(line=line, region=region)
            AllocationChange.objects.create(allocation=allocation, amount=amount, **why)
    except ValidationError as error:
        raise ValidationError(f"{region}: {error.messages[0]}") from error
