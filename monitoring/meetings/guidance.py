"""The guidance report: what people said in meetings by theme, and what became of it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from monitoring.meetings.lists import WAITING, became, said, with_speakers
from monitoring.meetings.models import Input, Participant
from ppks.kit.charts.tables import Cell, Table, count_cell, dotted
from ppks.kit.listing import Listing

SHOWN = 500  # inputs on the page; the XLSX holds all
BECAME = (
    (Input.Outcome.DECIDED, "Menjadi keputusan"),
    (Input.Outcome.NOTED, "Dicatat"),
    (Input.Outcome.DECLINED, "Tidak dilanjutkan"),
    ("", "Belum ditindaklanjuti"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One input, who said it, and its end."""

    input: Input
    speaker: Participant
    words: str
    became: str


def counted(listing: Listing) -> dict[str, dict[str, int]]:
    """By theme and outcome."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    rows = listing.rows.order_by().values_list("theme", "outcome")
    for theme, outcome, n in rows.annotate(n=Count("pk")):
        found[theme][outcome] = n
    return found


def table(listing: Listing, counts: dict[str, dict[str, int]]) -> Table:
    """Theme × outcome, each number opening its inputs."""

    def url(theme: str, outcome: str | None) -> str:
        codes = listing.codes | {"tema": theme}
        if outcome is not None:
            codes |= {"hasil": outcome or WAITING}
        return f"{reverse('input_list')}?{urlencode(codes)}"

    rows = tuple(
        (
            Cell(theme.label),
            count_cell(sum(counts[theme].values()), url(theme, None)),
            *(count_cell(counts[theme].get(code, 0), url(theme, code)) for code, _ in BECAME),
        )
        for theme in Input.Theme
        if theme in counts
    )
    return Table("Masukan menurut tema dan tindak lanjut", ("Tema", "Masukan", *(label for _, label in BECAME)), rows)


def sentence(counts: dict[str, dict[str, int]]) -> str:
    """What the table says, in one line."""
    whole = sum(sum(found.values()) for found in counts.values())
    if not whole:
        return "Belum ada masukan."
    decided = sum(found.get(Input.Outcome.DECIDED, 0) for found in counts.values())
    waiting = sum(found.get("", 0) for found in counts.values())
    rest = f"{dotted(waiting)} belum ditindaklanjuti" if waiting else "semuanya sudah ditindaklanjuti"
    return f"Dari {dotted(whole)} masukan, {dotted(decided)} menjadi keputusan; {rest}."


def chapters(listing: Listing, user: Any) -> list[tuple[str, list[Entry]]]:
    """The inputs of each theme, in the order in which they were given."""
    found: dict[str, list[Entry]] = defaultdict(list)
    rows = listing.rows.order_by("theme", "pk")[:SHOWN]
    for one, speaker in with_speakers(rows, user):
        found[one.theme].append(Entry(one, speaker, said(one), became(one)))
    return [(theme.label, found[theme]) for theme in Input.Theme if theme in found]
