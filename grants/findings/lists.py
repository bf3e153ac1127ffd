"""The applications that a finding concerns: what the board, its lists and its files share."""

from array import array
from datetime import date
from typing import Any

from django.db.models import Count

from grants.applications.lists import REGION, YEAR, book
from grants.applications.models import Application
from grants.findings.rules import BY_CODE, FINDINGS, Finding
from ppks.kit.contributions import contribute
from ppks.kit.exporting import Book
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet

SEE = "grants.view_findings"
FINDING = Filter(
    "temuan",
    "Temuan",
    lambda user: [(finding.code, finding.label.lower()) for finding in FINDINGS],
    lambda rows, code, day: rows.filter(BY_CODE[code].condition(day)),
)


def found(asked: Any, day: date) -> Listing:
    """The applications of one finding, or every application until one is chosen."""
    rows = Application.objects.visible_to(asked.user).select_related("region", "call")
    return Listing(asked, rows, filters=(FINDING, REGION, YEAR), keys=("pk",), day=day)


def counted(user: Any, day: date) -> list[tuple[Finding, int]]:
    """Every finding with the number of applications it concerns: one query."""
    asked = {f"n{number}": Count("pk", filter=one.condition(day)) for number, one in enumerate(FINDINGS)}
    counts = Application.objects.visible_to(user).order_by().aggregate(**asked)
    return [(one, counts[f"n{number}"]) for number, one in enumerate(FINDINGS)]


def finding_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All applications of the list, as on the list of applications."""
    return book(listing, subjects, full=full)


contribute("sheet", Sheet("temuan", "Temuan", "finding_list", SEE, found, finding_book))
