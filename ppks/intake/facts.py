"""The kinds of short lists, deciles and other aid: what their columns tell, and what of it is new. Makes no person."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from clients.models import Decile
from grants.models import OtherAid
from ppks.intake import cells
from ppks.intake.about_people import MOST, FactRow, Spec
from ppks.intake.conflicts import conflict
from ppks.intake.knowing import People, reached
from ppks.intake.planning import BATCH, RowPlan, batched
from ppks.intake.results import ERROR, Problem, Reading
from ppks.intake.vocabulary import plain
from ppks.kit import dates


def _phrases(*phrases: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """ "desil|nasional": the words a heading must have, then those it may have besides."""
    pairs = (phrase.partition("|") for phrase in phrases)
    return tuple((frozenset(must.split()), frozenset(f"{must} {may}".split())) for must, _, may in pairs)


def _day(raw: object, add: Callable, today: date) -> date | None:
    if raw == "" or not (written := cells.text(raw)):
        return None
    try:
        day = raw if isinstance(raw, date) else dates.parse(raw if isinstance(raw, float) else written[:60])
    except ValueError as why:
        add("day", "day_text", why=why)
        return None
    day = day.date() if isinstance(day, datetime) else day
    if day > today:
        add("day", "day_text", why="hari itu belum terjadi.")
        return None
    return day


def _decile(raw: Callable, add: Callable, *, today: date, dataset: str) -> dict[str, Any]:
    written = cells.text(raw("decile")).lower().removeprefix("desil").strip()
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:3]) <= 10):
        add("decile", "decile_text")
        return {}
    named = cells.text(raw("dataset"))[:MOST] or dataset
    return {"decile": int(written), "dataset": named, "day": _day(raw("day"), add, today)}


def _aid(raw: Callable, add: Callable, *, today: date, dataset: str) -> dict[str, Any]:
    told: dict[str, Any] = {"programme": cells.text(raw("programme"))[:MOST], "giver": cells.text(raw("giver"))[:MOST]}
    if not told["programme"]:
        add("programme", "programme_empty")
    told["day"] = _day(raw("day"), add, today)
    told["year"], told["amount"] = told["day"] and told["day"].year, None
    try:
        told["year"] = cells.year(raw("year"), latest=today.year) or told["year"]
    except ValueError as why:
        add("year", "year_impossible", why=why)
    try:
        told["amount"] = None if raw("amount") == "" else cells.amount(raw("amount")) or None
    except ValueError as why:
        add("amount", "amount_text", why=why)
    return told


DECILE = Spec(
    code="deciles",
    labels={"nik": "NIK", "name": "Nama", "decile": "Desil", "dataset": "Himpunan data", "day": "Tanggal"},
    headings={
        "decile": _phrases(
            "desil|nasional kesejahteraan peringkat kategori kelompok dtsen angka", "peringkat kesejahteraan"
        ),
        "dataset": _phrases("dataset", "sumber", "himpunan", "basis"),
        "day": _phrases("tanggal|penetapan pemutakhiran desil dtsen keadaan", "pemutakhiran"),
    },
    main="decile",
    tell=_decile,
    fact=lambda told, day: Decile(dataset=told["dataset"], decile=told["decile"], as_of=told["day"] or day),
    key=lambda row: (row.person_id, row.dataset, row.decile, row.as_of),
    stored=Decile,
    is_once=True,
)
AID = Spec(
    code="other_aid",
    labels={
        "nik": "NIK",
        "name": "Nama",
        "programme": "Program",
        "year": "Tahun",
        "day": "Tanggal diterima",
        "amount": "Nilai (Rp)",
        "giver": "Pemberi",
    },
    headings={
        "programme": _phrases(
            "program|bantuan nama jenis bansos sosial", "jenis bantuan|bansos", "nama bantuan", "bansos|nama jenis"
        ),
        "year": _phrases("tahun|bantuan anggaran penyaluran penerimaan realisasi"),
        "day": _phrases("tanggal|salur penyaluran penerimaan cair pencairan bantuan"),
        "amount": _phrases(*(f"{word}|bantuan uang penerimaan" for word in ("nilai", "jumlah", "nominal", "besaran"))),
        "giver": _phrases(
            "pemberi|bantuan instansi", "instansi|pemberi penyalur", "penyalur|bantuan", "sumber|dana bantuan"
        ),
    },
    main="programme",
    tell=_aid,
    fact=lambda told, day: OtherAid(
        programme=told["programme"],
        year=told["year"],
        given_on=told["day"],
        amount=told["amount"],
        giver=told["giver"],
    ),
    key=lambda row: (row.person_id, plain(row.programme), row.year, row.given_on, row.amount, plain(row.giver)),
    stored=OtherAid,
)


class FactPlanner:
    """Compares such a list with what is stored, as `planning.Planner` does a list of recipients."""

    def __init__(self, reading: Reading, *, list_date: date, user: Any, spec: Spec, lock: bool = False):
        self.reading, self.list_date, self.user, self.spec, self.lock = reading, list_date, user, spec, lock
        self.problems: list[Problem] = list(reading.problems)
        self.rows = [row for row in reading.recipients if not row.has_errors]
        self.told: set[tuple] = set()

    @property
    def has_errors(self) -> bool:
        return any(problem.severity == ERROR for problem in self.problems)

    def batches(self) -> Iterator[list[RowPlan]]:
        for rows in batched(self.rows, BATCH):
            people = People(reached(self.user, lock=self.lock), [row.nik for row in rows])
            stored = self.spec.stored.objects.visible_to(self.user)
            self.told |= {self.spec.key(fact) for fact in stored.filter(person__in=people.by_nik.values())}
            yield [planned for row in rows if (planned := self._row(row, people))]

    def _row(self, row: FactRow, people: People) -> RowPlan | None:
        person = people.person(row.nik)
        if person is None:
            code = "nik_elsewhere" if people.is_elsewhere(row.nik) else "nik_unknown"
            self.problems.append(conflict(row, "nik", code))
            return None
        fact = self.spec.fact(row.told, self.list_date)
        fact.person, fact.cell = person, f"{row.sheet}!{row.cell('nik')}"
        key = self.spec.key(fact)
        is_known, _ = key in self.told, self.told.add(key)
        return RowPlan(row, person, facts=[] if is_known else [fact])
