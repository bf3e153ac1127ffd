"""Who may be proposed: one version of the rules against the facts of a person, answered in sentences."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Protocol

from clients.lifecycle import Status
from ppks.kit import dates


class Rule(Protocol):
    """What `grants.programmes.models.RuleSet` says."""

    youngest: int | None
    oldest: int | None
    highest_decile: int | None
    months_at_home: int
    kinds: list[str]
    needs_business: bool
    excludes_civil_servants: bool
    excluded_trades: list[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person on the day; None and an empty set mean that nobody has written it down."""

    status: str
    born_on: date | None = None
    decile: int | None = None
    left_upt_on: date | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)
    has_business: bool = False
    trades: frozenset[str] = field(default_factory=frozenset)
    is_civil_servant: bool | None = None
    has_consented: bool = False
    overdue_reports: tuple[str, ...] = ()  # of earlier grants, in words
    overdue_waived: bool = False

    def as_inputs(self) -> dict[str, Any]:
        """For keeping with the result: plain values."""
        told = asdict(self)
        return {
            k: sorted(v) if isinstance(v, frozenset) else str(v) if isinstance(v, date) else v for k, v in told.items()
        }


def reasons_not_eligible(*, facts: Facts, rule: Rule, on: date) -> Iterator[str]:
    """One Indonesian sentence for each thing that stands against the person on the day; none for who is eligible.

    What a rule asks for and nobody has written down is never taken as fulfilled.
    """
    yield from _about_status(facts)
    yield from _about_age(facts, rule, on)
    yield from _about_decile(facts, rule)
    yield from _about_time_at_home(facts, rule, on)
    yield from _about_need(facts, rule)
    yield from _about_business(facts, rule)
    yield from _about_integrity(facts, rule)


def _about_status(facts: Facts) -> Iterator[str]:
    if facts.status != Status.FORMER_CLIENT:
        yield f"Hanya eks klien yang dapat diusulkan; orang ini {Status(facts.status).label.lower()}."
    if not facts.has_consented:
        yield "Belum ada persetujuan orang ini untuk diusulkan. Catat di tab Persetujuan."


def _about_age(facts: Facts, rule: Rule, on: date) -> Iterator[str]:
    if rule.youngest is None and rule.oldest is None:
        return
    if facts.born_on is None:
        yield "Tanggal lahir belum dicatat, jadi umurnya tidak dapat diperiksa."
        return
    age = dates.full_years(facts.born_on, on)
    if rule.youngest is not None and age < rule.youngest:
        yield f"Umurnya {age} tahun; paling muda {rule.youngest} tahun."
    if rule.oldest is not None and age > rule.oldest:
        yield f"Umurnya {age} tahun; paling tua {rule.oldest} tahun."


def _about_decile(facts: Facts, rule: Rule) -> Iterator[str]:
    if rule.highest_decile is None:
        return
    if facts.decile is None:
        yield "Desil belum diketahui. Impor daftar desil, atau catat di data orang ini."
    elif facts.decile > rule.highest_decile:
        yield f"Desil {facts.decile}; paling tinggi desil {rule.highest_decile}."


def _about_time_at_home(facts: Facts, rule: Rule, on: date) -> Iterator[str]:
    if not rule.months_at_home:
        return
    if facts.left_upt_on is None:
        yield "Tanggal keluar dari UPT belum dicatat."
    elif dates.full_months(facts.left_upt_on, on) < rule.months_at_home:
        yield f"Keluar dari UPT {dates.long(facts.left_upt_on)}; harus sudah {rule.months_at_home} bulan."


def _about_need(facts: Facts, rule: Rule) -> Iterator[str]:
    if rule.kinds and facts.kinds.isdisjoint(rule.kinds):
        yield "Jenis PPKS orang ini tidak termasuk sasaran program."


def _about_business(facts: Facts, rule: Rule) -> Iterator[str]:
    if rule.needs_business and not facts.has_business:
        yield "Belum ada usaha yang dicatat untuk orang ini."
    if excluded := sorted(facts.trades.intersection(rule.excluded_trades)):
        yield f"Bidang usahanya dikecualikan dari program ini ({', '.join(excluded)})."


def _about_integrity(facts: Facts, rule: Rule) -> Iterator[str]:
    if rule.excludes_civil_servants and facts.is_civil_servant is None:
        yield "Belum dijawab apakah orang ini ASN, anggota TNI, atau Polri."
    elif rule.excludes_civil_servants and facts.is_civil_servant:
        yield "ASN, anggota TNI, dan Polri tidak dapat menerima bantuan ini."
    if facts.overdue_reports and not facts.overdue_waived:
        yield f"SPJ hibah sebelumnya belum selesai: {'; '.join(facts.overdue_reports)}."
