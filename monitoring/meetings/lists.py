"""The lists of meetings, of what they decided and of what people said: filters, pages and files share these rows."""

from array import array
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import models
from django.db.models import Count, F, Q, QuerySet

from monitoring.meetings.models import Decision, Input, Meeting, Participant
from monitoring.meetings.moves import DecisionStatus, MeetingStatus
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import region_choices

VIEW = "meetings.view_meeting"
CHUNK = 1_000
COMMON, WAITING, LATE = "umum", "menunggu", "terlambat"


class DaysBefore2100(models.Func):
    """Newest first, for lists whose keys only ascend."""

    template = "(date '2100-01-01' - %(expressions)s)"
    output_field = models.IntegerField()


STATUS = Filter(
    "keadaan",
    "Keadaan",
    lambda user: MeetingStatus.choices,
    lambda rows, code, day: rows.filter(status=code),
    in_form=False,
)
YEAR = Filter(
    "tahun",
    "Tahun",
    lambda user: [
        (str(found.year), str(found.year))
        for found in Meeting.objects.visible_to(user).dates("held_on", "year", "DESC")
    ],
    lambda rows, code, day: rows.filter(held_on__year=int(code)),
)
OF_YEAR = Filter(
    YEAR.name, YEAR.label, YEAR.choices, lambda rows, code, day: rows.filter(meeting__held_on__year=int(code))
)
OF_MEETING = Filter(
    "rapat",
    "Rapat",
    lambda user: [
        (str(found.pk), f"{found}, {dates.long(found.held_on)}") for found in Meeting.objects.visible_to(user)
    ],
    lambda rows, code, day: rows.filter(meeting=int(code)),
    in_form=False,
)
REGION = Filter(
    "kab",
    "Kab/kota",
    lambda user: [(COMMON, "tidak khusus kab/kota"), *region_choices(user)],
    lambda rows, code, day: rows.filter(region=None) if code == COMMON else rows.filter(region__code=code),
)
DECIDED = {"terbuka": DecisionStatus.OPEN, "selesai": DecisionStatus.DONE, "lepas": DecisionStatus.DROPPED}


def in_state(code: str, day: date) -> Q:
    """The condition of a tab on decisions."""
    if code == LATE:
        return Q(status=DecisionStatus.OPEN, due_on__lt=day)
    return Q(status=DECIDED[code]) if code else Q()


DECISION_TABS = (
    ("", "Semua"),
    ("terbuka", "Terbuka"),
    (LATE, "Terlambat"),
    ("selesai", "Selesai"),
    ("lepas", "Tidak dilanjutkan"),
)
DECISION_STATE = Filter(
    "keadaan",
    "Keadaan",
    lambda user: DECISION_TABS[1:],
    lambda rows, code, day: rows.filter(in_state(code, day)),
    in_form=False,
)
THEME = Filter("tema", "Tema", lambda user: Input.Theme.choices, lambda rows, code, day: rows.filter(theme=code))
OUTCOME = Filter(
    "hasil",
    "Tindak lanjut",
    lambda user: [(WAITING, "belum ditindaklanjuti"), *Input.Outcome.choices],
    lambda rows, code, day: rows.filter(outcome="" if code == WAITING else code),
)
FROM = Filter(
    "dari",
    "Dari",
    lambda user: [(str(one.pk), str(one)) for one in Participant.objects.visible_to(user)],
    lambda rows, code, day: rows.filter(participant=int(code)),
    in_form=False,
)


def meetings(asked: Any, day: date) -> Listing:
    """Every meeting that concerns the user's kab/kota, the latest first."""
    rows = Meeting.objects.visible_to(asked.user).annotate(recent=DaysBefore2100(F("held_on")))
    return Listing(asked, rows, filters=(YEAR, STATUS), keys=("recent", "pk"), day=day)


def decisions(asked: Any, day: date) -> Listing:
    """Every decision within reach, the one to be done first on top."""
    rows = Decision.objects.visible_to(asked.user).select_related("meeting", "region").prefetch_related("owner")
    return Listing(asked, rows, filters=(REGION, OF_YEAR, DECISION_STATE, OF_MEETING), keys=("due_on", "pk"), day=day)


def inputs(asked: Any, day: date) -> Listing:
    """Everything that people said within reach, by theme."""
    rows = Input.objects.visible_to(asked.user).select_related("meeting", "region", "decision")
    filters = (THEME, OUTCOME, REGION, OF_YEAR, OF_MEETING, FROM)
    return Listing(asked, rows, filters=filters, keys=("theme", "pk"), day=day)


def tabs(listing: Listing, state: Filter, conditions: dict[tuple[str, str], Q]) -> list[dict[str, Any]]:
    """Every tab with its count under the other filters, all in one query."""
    rows = listing.all
    for wanted in listing.filters:
        if wanted is not state and (chosen := listing.chosen[wanted.name]):
            rows = wanted.narrow(rows, chosen[0], listing.day)
    asked = {f"in_{code}": Count("pk", filter=condition) for (code, _), condition in conditions.items()}
    counts = rows.order_by().aggregate(**asked)
    chosen = listing.chosen[state.name]
    current = chosen[0] if chosen else ""
    return [
        {
            "label": label,
            "url": listing.url(**{state.name: code or None}),
            "count": counts[f"in_{code}"],
            "current": code == current,
        }
        for code, label in conditions
    ]


def meeting_tabs(listing: Listing) -> list[dict[str, Any]]:
    wanted = {("", "Semua"): Q(pk__isnull=False)}
    return tabs(listing, STATUS, wanted | {(code, label): Q(status=code) for code, label in MeetingStatus.choices})


def decision_tabs(listing: Listing) -> list[dict[str, Any]]:
    wanted = {
        (code, label): in_state(code, listing.day) if code else Q(pk__isnull=False) for code, label in DECISION_TABS
    }
    return tabs(listing, DECISION_STATE, wanted)


def with_speakers(rows: QuerySet | list[Input], user: Any) -> Iterator[tuple[Input, Participant]]:
    """Inputs with who said them; asked apart, since a masked role may not join their names."""
    found = iter(rows)
    people = Participant.objects.visible_to(user)
    while chunk := list(islice(found, CHUNK)):
        speakers = people.in_bulk({one.participant_id for one in chunk})
        yield from ((one, speakers[one.participant_id]) for one in chunk)


def said(one: Input) -> str:
    """The words, unless the role may not read them."""
    return one.__dict__.get("text", "")


def became(one: Input) -> str:
    """What became of an input, in a sentence."""
    if one.decision_id:
        return f"{one.outcome_label}: {one.decision.what}"
    return ". ".join(filter(None, [one.outcome_label, one.__dict__.get("outcome_reason", "")]))


MEETING_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("RAPAT", lambda row: row[1].title, width=40),
    Column("TANGGAL", lambda row: row[1].held_on, DAY),
    Column("TEMPAT", lambda row: row[1].place, width=30),
    Column("UNTUK", lambda row: row[1].get_scope_display(), width=22),
    Column("KEADAAN", lambda row: row[1].get_status_display(), width=18),
)
DECISION_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("KEPUTUSAN", lambda row: row[1].what, width=60),
    Column("KAB/KOTA", lambda row: str(row[1].region or ""), width=22),
    Column("PENANGGUNG JAWAB", lambda row: row[1].owner_said, width=34),
    Column("PALING LAMBAT", lambda row: row[1].due_on, DAY),
    Column("KEADAAN", lambda row: row[1].get_status_display(), width=18),
    Column("RAPAT", lambda row: row[1].meeting.title, width=36),
    Column("TANGGAL RAPAT", lambda row: row[1].meeting.held_on, DAY),
)
INPUT_COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("TEMA", lambda row: row[1].get_theme_display(), width=26),
    Column("MASUKAN", lambda row: said(row[1]), width=60),
    Column("DARI", lambda row: str(row[2]), width=34),
    Column("KAB/KOTA", lambda row: str(row[1].region or ""), width=22),
    Column("TINDAK LANJUT", lambda row: row[1].outcome_label, width=22),
    Column("KETERANGAN", lambda row: became(row[1]), width=50),
    Column("RAPAT", lambda row: row[1].meeting.title, width=36),
    Column("TANGGAL RAPAT", lambda row: row[1].meeting.held_on, DAY),
)


def _book(name: str, title: str, columns: tuple[Column, ...]):
    def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        return Book(name, title, said_of(listing.request.user, listing), columns, enumerate(found, 1))

    return book


def input_book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All inputs of the list, each with who said it and what became of it."""
    user = listing.request.user
    found = with_speakers(listing.rows.order_by(*listing.keys).iterator(CHUNK), user)
    rows = ((number, one, speaker) for number, (one, speaker) in enumerate(found, 1))
    title = "PANDUAN PENGEMBANGAN MUTU PELAYANAN: MASUKAN DAN TINDAK LANJUT"
    return Book("masukan", title, said_of(user, listing), INPUT_COLUMNS, rows)


contribute(
    "sheet",
    Sheet("rapat", "Rapat", "meeting_list", VIEW, meetings, _book("rapat", "DAFTAR RAPAT", MEETING_COLUMNS)),
    Sheet(
        "keputusan",
        "Keputusan rapat",
        "decision_list",
        VIEW,
        decisions,
        _book("keputusan", "KEPUTUSAN RAPAT", DECISION_COLUMNS),
    ),
    Sheet("masukan", "Masukan rapat", "input_list", VIEW, inputs, input_book),
)
