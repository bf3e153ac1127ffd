"""Where choosing stands in a year: each allocation with how many wait for which decision, as a table whose numbers open lists."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.budget.models import Allocation
from ppks.kit import rupiah
from ppks.kit.charts.tables import Cell, Table, count_cell

COLUMNS = (
    ("Menunggu verifikasi", Status.SUBMITTED),
    ("Menunggu peringkat", Status.VERIFIED),
    ("Daftar nominatif", Status.NOMINATED),
    ("Cadangan", Status.WAITLISTED),
    ("Tidak memenuhi syarat", Status.INELIGIBLE),
)


def table(user: Any, year: int) -> Table:
    """One row for each allocation in the user's reach: two queries."""
    allocations = Allocation.objects.visible_to(user).filter(line__year=year)
    allocations = allocations.select_related("line__programme", "region", "balance").order_by("line", "region__name")
    counts = _counts(user, year)
    rows = tuple(_row(allocation, counts.get(allocation.pk, {})) for allocation in allocations)
    headings = ("Kab/kota", *(label for label, _ in COLUMNS), "Sisa alokasi (Rp)")
    return Table(f"Seleksi hibah {year} per alokasi kab/kota", headings, rows)


def _counts(user: Any, year: int) -> dict[int, dict[str, int]]:
    rows = Application.objects.visible_to(user).filter(year=year, allocation__isnull=False).order_by()
    asked = {status: Count("pk", filter=Q(status=status)) for _, status in COLUMNS}
    promised = Sum("recommended", filter=Q(status=Status.NOMINATED))
    return {row["allocation"]: row for row in rows.values("allocation").annotate(promised=promised, **asked)}


def _row(allocation: Allocation, counts: dict[str, int]) -> tuple[Cell, ...]:
    url = reverse("selection_detail", args=[allocation.line.year, allocation.pk])
    left = allocation.balance.free - (counts.get("promised") or 0)
    numbers = (count_cell(counts.get(status, 0), _list(allocation, status)) for _, status in COLUMNS)
    where = Cell(str(allocation.region), url=url, note=str(allocation.line))
    return (where, *numbers, Cell(rupiah.format(left), value=str(left)))


def _list(allocation: Allocation, status: str) -> str:
    """The list of exactly these applications."""
    return f"{reverse('application_list')}?{urlencode({'alokasi': allocation.pk, 'status': status})}"


def total_sentence(user: Any, year: int) -> str:
    """What the page answers at a glance."""
    waits = Application.objects.visible_to(user).filter(year=year, status=Status.VERIFIED).count()
    if not waits:
        return f"Tidak ada usulan tahun {year} yang menunggu peringkat."
    return f"{waits} usulan tahun {year} menunggu peringkat."
