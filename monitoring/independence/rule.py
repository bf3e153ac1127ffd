"""Whether somebody can be called independent on a day: five conditions, each with dated evidence, in sentences.

Rule 1 in words is in the design's paragraph "Independence". Amounts are whole rupiah a month and comparisons stay in
integers; what is not known never counts as fulfilled.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from monitoring.progress import Category, Trend
from monitoring.schedule import add_months
from ppks.kit import dates, rupiah

SOUND = frozenset({Category.GROWING, Category.STEADY})


class Condition(models.TextChoices):
    BUSINESS = "business", "Usaha berjalan"
    INCOME = "income", "Penghasilan cukup"
    AID = "aid", "Tidak menerima bansos"
    AGREEMENT = "agreement", "Orangnya bersedia"
    HOME_VISIT = "home_visit", "Kunjungan rumah oleh orang lain"


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds of one version; a change is a new version, never an edit."""

    version: int
    fresh_months: int  # that evidence holds
    apart_days: int  # between two visits that together prove an income
    months: int  # or so many calendar months in a row, each with a figure
    aid_months: int  # without social aid
    line_tenths: int  # of the poverty line that a head needs


RULES = {1: Rule(version=1, fresh_months=6, apart_days=60, months=3, aid_months=12, line_tenths=15)}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """An amount in rupiah a month with the period it is of; `since` is the first day on which it was known."""

    since: date
    period: str
    amount: int


def last_known(yardsticks: Iterable[Yardstick], on: date) -> Yardstick | None:
    """The last one that was known on a day; None before the first."""
    return max((yard for yard in yardsticks if yard.since <= on), key=lambda yard: yard.since, default=None)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one visit told of the business: None for a profit that nobody knew."""

    on: date
    profit: int | None
    wage: Yardstick | None = None  # of the kab/kota, the last one known on that day
    line: Yardstick | None = None
    operating: bool = True


@dataclass(frozen=True, slots=True)
class Household:
    """`aid` is None where nobody knew, else whether any came in the twelve months before; `aid_on` the last day it did."""

    on: date
    size: int
    other_income: int
    aid: bool | None
    aid_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    on: date
    agrees: bool


@dataclass(frozen=True, slots=True)
class HomeVisit:
    on: date
    by: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known of a person. `figures` are those of one business, in any order; `aids` the days of aid on lists."""

    category: str = Category.UNKNOWN
    trend: str = ""
    seen_on: date | None = None  # the visit that category and trend come from
    figures: Sequence[Figure] = ()
    household: Household | None = None
    aids: Sequence[date] = ()
    agreement: Agreement | None = None
    home_visit: HomeVisit | None = None
    proposer: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition on one day; `since` is the day of its oldest evidence, None where it is lacking."""

    condition: Condition
    holds: bool
    sentence: str
    since: date | None = None


def findings(evidence: Evidence, *, on: date, rule: Rule = RULES[1]) -> tuple[Finding, ...]:
    """Every condition with the sentence that says why it holds or what is lacking. Evidence of later days is ignored."""
    return (
        _business(evidence, on, rule),
        _income(evidence, on, rule),
        _aid(evidence, on, rule),
        _agreement(evidence, on, rule),
        _home_visit(evidence, on, rule),
    )


def missing(evidence: Evidence, *, on: date, rule: Rule = RULES[1]) -> Iterator[str]:
    """What is lacking, one sentence each; nothing when the person is ready."""
    return (finding.sentence for finding in findings(evidence, on=on, rule=rule) if not finding.holds)


def _lacks(condition: Condition, sentence: str) -> Finding:
    return Finding(condition, holds=False, sentence=sentence)


def _holds(condition: Condition, sentence: str, since: date) -> Finding:
    return Finding(condition, holds=True, sentence=sentence, since=since)


def is_fresh(day: date, *, on: date, rule: Rule = RULES[1]) -> bool:
    """Whether evidence of `day` is no older than six months on a day; the same day six months later still counts."""
    return day <= on <= add_months(day, rule.fresh_months)


def _business(evidence: Evidence, on: date, rule: Rule) -> Finding:
    seen, state = evidence.seen_on, Category(evidence.category)
    if seen is None or seen > on:
        return _lacks(Condition.BUSINESS, "Usaha belum pernah dikunjungi.")
    said = f"menurut kunjungan {dates.long(seen)}"
    if not is_fresh(seen, on=on, rule=rule):
        return _lacks(Condition.BUSINESS, f"Kunjungan terakhir ke usaha, {dates.long(seen)}, lebih dari 6 bulan lalu.")
    if state not in SOUND:
        return _lacks(Condition.BUSINESS, f"Usaha {state.label.lower()} {said}.")
    if evidence.trend == Trend.FALLING:
        return _lacks(Condition.BUSINESS, f"Omzet usaha menurun {said}.")
    return _holds(Condition.BUSINESS, f"Usaha {state.label.lower()} {said}.", seen)


def _income(evidence: Evidence, on: date, rule: Rule) -> Finding:
    """By the minimum wage or by the poverty line, one of them all through the time that is looked at."""
    fresh = sorted((f for f in evidence.figures if is_fresh(f.on, on=on, rule=rule)), key=lambda f: f.on, reverse=True)
    home = evidence.household
    if home is not None and not is_fresh(home.on, on=on, rule=rule):
        home = None
    proofs = [
        (since, words)
        for known, words, reaches in (
            (None, "laba usaha saja mencapai UMK", _reaches_wage),
            (home, "laba usaha dan penghasilan lain mencapai UMK", _reaches_wage),
            (home, f"penghasilan per orang mencapai {_times(rule)} × garis kemiskinan", _reaches_line),
        )
        if (start := _start([(f.on, reaches(f, known, rule)) for f in fresh], rule))
        for since in [min(start, known.on) if known else start]
    ]
    if not proofs:
        return _lacks(Condition.INCOME, _why_too_little(fresh, home, rule))
    since, words = max(proofs, key=lambda proof: proof[0])
    newest = fresh[0]
    known = [yard for yard in (newest.wage, newest.line) if yard]
    told = "; ".join(f"{yard.period} {rupiah.format(yard.amount)}" for yard in known)
    return _holds(Condition.INCOME, f"{words[0].upper()}{words[1:]}, {_visits(fresh, since)} ({told}).", since)


def _reaches_wage(figure: Figure, home: Household | None, rule: Rule) -> bool:
    if not figure.operating or figure.profit is None or figure.wage is None:
        return False
    return figure.profit + (home.other_income if home else 0) >= figure.wage.amount


def _reaches_line(figure: Figure, home: Household | None, rule: Rule) -> bool:
    if not figure.operating or figure.profit is None or figure.line is None or home is None:
        return False
    return 10 * (figure.profit + home.other_income) >= rule.line_tenths * figure.line.amount * home.size


def _start(reached: Sequence[tuple[date, bool]], rule: Rule) -> date | None:
    """The latest day from which the figures, newest first, reach without a gap for long enough; None when they do not."""
    months: set[int] = set()
    for day, reaches in reached:
        if not reaches:
            return None
        months.add(_month(day))
        newest = reached[0][0]
        if (newest - day).days >= rule.apart_days or {_month(newest) - back for back in range(rule.months)} <= months:
            return day
    return None


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _visits(fresh: Sequence[Figure], since: date) -> str:
    return f"kunjungan sejak {dates.long(min(f.on for f in fresh if f.on >= since))} sampai {dates.long(fresh[0].on)}"


def _times(rule: Rule) -> str:
    return f"{rule.line_tenths // 10},{rule.line_tenths % 10}"


def _why_too_little(fresh: Sequence[Figure], home: Household | None, rule: Rule) -> str:
    if not fresh:
        return "Belum ada angka laba dalam 6 bulan terakhir."
    newest = fresh[0]
    when = f"kunjungan {dates.long(newest.on)}"
    if not newest.operating or newest.profit is None:
        return f"Laba usaha pada {when} tidak diketahui."
    if _reaches_wage(newest, home, rule) or _reaches_line(newest, home, rule):
        return (
            f"Penghasilan cukup pada {when}, tetapi belum terbukti bertahan: perlu dua kunjungan berjarak sedikitnya "
            f"{rule.apart_days} hari, atau {rule.months} bulan berturut-turut, yang semuanya cukup."
        )
    income = newest.profit + (home.other_income if home else 0)
    said = f"{_against_wage(newest, income)}; {_against_line(newest, income, home, rule)}"
    if newest.wage is None and (newest.line is None or home is None):
        return f"Penghasilan belum dapat dinilai ({when}): {said}."
    return f"Penghasilan {rupiah.format(income)} sebulan ({when}) belum cukup: {said}."


def _against_wage(figure: Figure, income: int) -> str:
    if figure.wage is None:
        return "UMK belum ada"
    return f"kurang {rupiah.format(figure.wage.amount - income)} dari {figure.wage.period} {rupiah.format(figure.wage.amount)}"


def _against_line(figure: Figure, income: int, home: Household | None, rule: Rule) -> str:
    if figure.line is None:
        return "garis kemiskinan belum ada"
    line = f"{_times(rule)} × {figure.line.period} {rupiah.format(figure.line.amount)}"
    if home is None:
        return f"jumlah anggota rumah tangga belum diketahui untuk {line} per orang"
    return f"dibagi {home.size} orang belum mencapai {line} per orang"


def _aid(evidence: Evidence, on: date, rule: Rule) -> Finding:
    home = evidence.household
    told = [day for day in evidence.aids if day <= on]
    if home and home.on <= on and home.aid_on:
        told.append(home.aid_on)
    if told and add_months(last := max(told), rule.aid_months) > on:
        return _lacks(Condition.AID, f"Menerima bantuan sosial {dates.long(last)}, belum {rule.aid_months} bulan lalu.")
    if home is None or home.on > on or home.aid is None:
        return _lacks(Condition.AID, "Belum ada keterangan tentang bantuan sosial.")
    if not is_fresh(home.on, on=on, rule=rule):
        return _lacks(
            Condition.AID, f"Keterangan tentang bantuan sosial, {dates.long(home.on)}, lebih dari 6 bulan lalu."
        )
    return _holds(
        Condition.AID,
        f"Tidak menerima bantuan sosial dalam {rule.aid_months} bulan terakhir, keterangan {dates.long(home.on)}.",
        home.on,
    )


def _agreement(evidence: Evidence, on: date, rule: Rule) -> Finding:
    said = evidence.agreement
    if said is None or said.on > on:
        return _lacks(Condition.AGREEMENT, "Orangnya belum ditanya apakah bersedia dinyatakan mandiri.")
    if not said.agrees:
        return _lacks(Condition.AGREEMENT, f"Orangnya tidak bersedia, {dates.long(said.on)}.")
    if not is_fresh(said.on, on=on, rule=rule):
        return _lacks(Condition.AGREEMENT, f"Persetujuan orangnya, {dates.long(said.on)}, lebih dari 6 bulan lalu.")
    return _holds(Condition.AGREEMENT, f"Orangnya bersedia, {dates.long(said.on)}.", said.on)


def _home_visit(evidence: Evidence, on: date, rule: Rule) -> Finding:
    visit = evidence.home_visit
    if visit is None or visit.on > on:
        return _lacks(Condition.HOME_VISIT, "Belum ada kunjungan rumah oleh orang selain pengusul.")
    if visit.by == evidence.proposer:
        return _lacks(Condition.HOME_VISIT, "Kunjungan rumah dilakukan pengusul sendiri; harus orang lain.")
    if not is_fresh(visit.on, on=on, rule=rule):
        return _lacks(Condition.HOME_VISIT, f"Kunjungan rumah, {dates.long(visit.on)}, lebih dari 6 bulan lalu.")
    return _holds(Condition.HOME_VISIT, f"Kunjungan rumah {dates.long(visit.on)} oleh orang lain.", visit.on)
