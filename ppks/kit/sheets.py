"""Lists that can be taken out as files: each by name, with the same filters as its page and a book made from its rows."""

import tempfile
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse
from django.urls import reverse
from django.utils import timezone

from ppks.kit import dates
from ppks.kit.charts.tables import Table
from ppks.kit.contributions import contributed
from ppks.kit.exporting import COUNT, FORMS, Book, Column
from ppks.kit.listing import Listing

EXPORT, EXPORT_FULL = "clients.export", "clients.export_full"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`listing(asked, day)` is the page's own; `book(listing, …)` makes a book of all its rows.

    The book's rows add the identity of everybody they show to `subjects` as they are read.
    """

    name: str
    label: str
    page: str
    permission: str
    listing: Callable[[Any, date], Listing]
    book: Callable[..., Book]
    has_full: bool = False


def sheets() -> dict[str, Sheet]:
    """Every list that can be taken out, by its name in the address."""
    return {sheet.name: sheet for sheet in contributed("sheet")}


def downloads(user: Any, name: str, listing: Listing) -> list[dict[str, str]]:
    """The links under a list: the same filters, all rows."""
    if not user.has_perm(EXPORT):
        return []
    found = [
        {"url": reverse("sheet_file", args=[name, form]) + listing.query, "label": f"Unduh {FORMS[form].label}"}
        for form in FORMS
    ]
    found.append({"url": reverse("sheet_print", args=[name]) + listing.query, "label": "Cetak semua"})
    if sheets()[name].has_full and user.has_perm(EXPORT_FULL):
        found.append({"url": reverse("sheet_full", args=[name]) + listing.query, "label": "Unduh dengan NIK lengkap"})
    return found


def table_downloads(user: Any, url_name: str, *args: str, query: str = "") -> list[dict[str, str]]:
    """The links under a picture or a short table."""
    return user.has_perm(EXPORT) * [
        {"url": reverse(url_name, args=[*args, form]) + query, "label": f"Unduh {each.label}"}
        for form, each in FORMS.items()
    ]


def said_of(user: Any, listing: Listing) -> list[str]:
    """The lines over a list that left the system: its filters in words, who made it and when."""
    chosen = listing.said()
    return [f"Saringan: {'; '.join(chosen)}" if chosen else "Saringan: tidak ada, semua dalam jangkauan", made_by(user)]


def made_by(user: Any) -> str:
    """Who made the file and when. It says "dicetak", so that an import does not take the day for the list's own."""
    now = timezone.localtime(timezone.now(), dates.JAKARTA)
    return f"Dicetak {dates.long(now)} pukul {now:%H.%M} WIB oleh {user} ({user.role_label})"


def table_book(table: Table, user: Any, name: str) -> Book:
    """The table beneath a picture, with the numbers of the page."""
    heading, *others = table.columns
    columns = [Column(heading, lambda row: _value(row[0]), width=32)]
    columns += [
        Column(other, lambda row, number=number: _value(row[number]), COUNT) for number, other in enumerate(others, 1)
    ]
    return Book(name, table.caption, [made_by(user)], columns, table.rows)


def _value(cell: Any) -> str | int:
    return cell.text if cell.value is None else cell.value


def file_name(book: Book, form: str) -> str:
    """klien-2026-11-24.xlsx"""
    return f"{book.name}-{dates.today():%Y-%m-%d}.{form}"


def answer(book: Book, form: str) -> FileResponse:
    """The whole file, built before the door closes."""
    target = tempfile.TemporaryFile()  # noqa: SIM115, FileResponse closes it
    FORMS[form].write(book, target)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=file_name(book, form), content_type=FORMS[form].content_type
    )


def no_subjects() -> array:
    """Identities seen: eight bytes each, since a list may hold all people of the province."""
    return array("q")
