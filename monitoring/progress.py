"""Progress of a business: the rule that turns what visits observed into a category, a trend and reasons.

Rule 1 in words is in the design's paragraph "Progress of a business". Amounts are whole rupiah a
month and comparisons stay in integers, so that an officer can check every sentence by hand.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import nonmember
from itertools import dropwhile
from typing import Protocol

from django.db import models

from ppks.kit import dates, rupiah


class Category(models.TextChoices):
    GROWING = "growing", "Berkembang"
    STEADY = "steady", "Biasa saja"
    STAGNANT = "stagnant", "Stagnan"
    DECLINING = "declining", "Tidak berkembang"
    CLOSED = "closed", "Tutup"
    UNKNOWN = "unknown", "Belum diketahui"
    needs_help = nonmember(frozenset({"stagnant", "declining", "closed"}))


class Trend(models.TextChoices):
    RISING = "rising", "Naik"
    FLAT = "flat", "Datar"
    FALLING = "falling", "Menurun"


class Observation(Protocol):
    """What one visit, or the office's list, found; turnover and profit in rupiah a month, None where not known."""

    on: date
    turnover: int | None
    profit: int | None
    workers: int | None
    operating: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """The thresholds of one version of the rule; a change is a new version, never an edit."""

    version: int
    growth_percent: int  # above the base at which a business is growing
    decline_percent: int  # below the base at which it is declining
    band_percent: int  # around the earliest of three figures within which they stand still
    trend_percent: int  # that each of two steps must exceed
    more_workers: int  # than at the base that make a business growing
    stagnant_days: int  # over which figures must stand still
    valid_days: int  # that a category holds after the last visit


RULES = {
    1: Rule(
        version=1, growth_percent=10, decline_percent=10, band_percent=10, trend_percent=10, more_workers=1,
        stagnant_days=150, valid_days=183,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measures:
    """The figures behind an assessment, None where there are none.

    `figures` counts the turnovers that entered; `change_percent` is whole, towards zero.
    """

    figures: int = 0
    base: int | None = None
    base_on: date | None = None
    last: int | None = None
    last_on: date | None = None
    change_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rule says about a business on one day, with sentences that say why.

    `valid_until` is the last day on which the category holds without a new visit; None where time
    alone changes nothing: never visited, or found shut.
    """

    category: Category
    trend: Trend | None
    reasons: tuple[str, ...]
    rule: int
    measures: Measures
    valid_until: date | None

    @property
    def needs_help(self) -> bool:
        """Stagnant, declining or closed, or falling in any category that is known."""
        if self.category == Category.UNKNOWN:
            return False
        return self.category in Category.needs_help or self.trend == Trend.FALLING


_Finding = tuple[Category, list[str]]


def assess(observations: Iterable[Observation], *, on: date, rule: Rule = RULES[1]) -> Assessment:
    """Assess a business on a day from what was observed up to that day, in any order. Raises nothing."""
    seen = sorted((o for o in observations if o.on <= on), key=_order)
    figures = list(dropwhile(lambda o: o.turnover == 0, (o for o in seen if o.operating and o.turnover is not None)))
    category, reasons = _not_comparable(seen, figures, on, rule) or _compared(figures, rule)
    trend, steps = _trend(figures, rule)
    lapses = seen and category != Category.CLOSED
    return Assessment(
        category=category,
        trend=trend,
        reasons=(*reasons, *steps),
        rule=rule.version,
        measures=_measures(figures),
        valid_until=seen[-1].on + timedelta(days=rule.valid_days) if lapses else None,
    )


def _order(o: Observation) -> tuple:
    """By day; what was found on one day in a fixed order, so that the order of asking never matters."""
    turnover, workers = (-1 if value is None else value for value in (o.turnover, o.workers))
    return o.on, o.operating, turnover, workers


def _not_comparable(seen: list[Observation], figures: list[Observation], on: date, rule: Rule) -> _Finding | None:
    if not seen:
        return Category.UNKNOWN, [f"Belum ada kunjungan sampai {dates.long(on)}."]
    last = dates.long(seen[-1].on)
    if not seen[-1].operating:
        return Category.CLOSED, [f"Kunjungan terakhir, {last}, mendapati usaha tutup."]
    if (on - seen[-1].on).days > rule.valid_days:
        return Category.UNKNOWN, [
            f"Keterangan terakhir, {last}, lebih dari {rule.valid_days} hari sebelum {dates.long(on)}."
        ]
    if len(figures) < 2:
        known = f"Baru ada satu angka omzet, {_figure(figures[0])}" if figures else "Belum ada angka omzet di atas nol"
        return Category.UNKNOWN, [f"{known}; perlu sedikitnya dua untuk dibandingkan."]
    return None


def _compared(figures: list[Observation], rule: Rule) -> _Finding:
    """The category of a business with at least two figures."""
    base, last = figures[0], figures[-1]
    deciding = figures[-2:] if len(figures) >= 3 else figures[-1:]
    if all(_is_down(o, base, rule.decline_percent) for o in deciding):
        return Category.DECLINING, [_change(base, last), *_also(deciding, f"{rule.decline_percent}% di bawah")]
    grew = all(_is_up(o, base, rule.growth_percent) for o in deciding)
    hired = _has_hired(base, last, rule) and last.turnover >= base.turnover
    if grew or hired:
        growth = _also(deciding, f"{rule.growth_percent}% di atas") if grew else []
        return Category.GROWING, [_change(base, last), *growth, *([_hiring(base, last)] if hired else [])]
    if _in_band(figures[-3:], rule) and _span(figures) >= rule.stagnant_days:
        return Category.STAGNANT, [_change(base, last), _standstill(figures, rule)]
    return Category.STEADY, [_change(base, last), *_why_steady(figures, rule)]


def _is_down(o: Observation, base: Observation, percent: int) -> bool:
    return o.turnover * 100 <= base.turnover * (100 - percent)


def _is_up(o: Observation, base: Observation, percent: int) -> bool:
    return o.turnover * 100 >= base.turnover * (100 + percent)


def _has_hired(base: Observation, last: Observation, rule: Rule) -> bool:
    if base.workers is None or last.workers is None:
        return False
    return last.workers >= base.workers + rule.more_workers


def _in_band(three: list[Observation], rule: Rule) -> bool:
    first = three[0].turnover
    return len(three) == 3 and all(abs(o.turnover - first) * 100 <= first * rule.band_percent for o in three)


def _span(figures: list[Observation]) -> int:
    """Days from the third last figure to the last."""
    return (figures[-1].on - figures[-3].on).days


def _trend(figures: list[Observation], rule: Rule) -> tuple[Trend | None, list[str]]:
    if len(figures) < 3:
        return None, []
    first, middle, last = figures[-3:]
    steps = ((first, middle), (middle, last))
    if all(b.turnover * 100 < a.turnover * (100 - rule.trend_percent) for a, b in steps):
        return Trend.FALLING, [f"Dua kali turun berturut-turut: {_step(first, middle)}, lalu {_step(middle, last)}."]
    if all(b.turnover * 100 > a.turnover * (100 + rule.trend_percent) for a, b in steps):
        return Trend.RISING, [f"Dua kali naik berturut-turut: {_step(first, middle)}, lalu {_step(middle, last)}."]
    return Trend.FLAT, []


def _measures(figures: list[Observation]) -> Measures:
    if not figures:
        return Measures()
    base, last = figures[0], figures[-1]
    percent = abs(last.turnover - base.turnover) * 100 // base.turnover
    return Measures(
        figures=len(figures),
        base=base.turnover,
        base_on=base.on,
        last=last.turnover,
        last_on=last.on,
        change_percent=percent if last.turnover >= base.turnover else -percent,
    )


def _figure(o: Observation) -> str:
    return f"{rupiah.format(o.turnover)} ({dates.long(o.on)})"


def _percent(difference: int, of: int) -> str:
    """A share with one decimal, cut and never rounded up, so that 9,96% is not read as 10%."""
    whole, tenth = divmod(abs(difference) * 1000 // of, 10)
    if whole == tenth == 0:
        return "kurang dari 0,1%"
    return f"{whole},{tenth}%" if tenth else f"{whole}%"


def _change(base: Observation, last: Observation) -> str:
    difference = last.turnover - base.turnover
    if difference == 0:
        relation = "sama dengan"
    else:
        relation = f"{_percent(difference, base.turnover)} di {'atas' if difference > 0 else 'bawah'}"
    amount = f"{rupiah.format(last.turnover)} per bulan ({dates.long(last.on)})"
    return f"Omzet terakhir {amount}, {relation} omzet awal {_figure(base)}."


def _also(deciding: list[Observation], where: str) -> list[str]:
    """The sentence on the figure before the last, where the rule asks for it."""
    return [f"Omzet sebelumnya, {_figure(o)}, juga sedikitnya {where} awal." for o in deciding[:-1]]


def _hiring(base: Observation, last: Observation) -> str:
    return (
        f"Tenaga kerja bertambah dari {base.workers} orang ({dates.long(base.on)}) menjadi {last.workers} orang "
        f"({dates.long(last.on)}), dan omzet tidak di bawah awal."
    )


def _standstill(figures: list[Observation], rule: Rule) -> str:
    first, middle, last = figures[-3:]
    return (
        f"Tiga omzet terakhir berselisih paling banyak {rule.band_percent}% dari {_figure(first)} "
        f"selama {_span(figures)} hari: {_figure(middle)}, {_figure(last)}."
    )


def _why_steady(figures: list[Observation], rule: Rule) -> list[str]:
    """What kept a business from another category: one figure alone, or too short a time."""
    base, last = figures[0], figures[-1]
    reasons = ["Belum memenuhi ukuran berkembang, stagnan, atau tidak berkembang."]
    if _is_down(last, base, rule.decline_percent) or _is_up(last, base, rule.growth_percent):
        reasons.append(f"Omzet sebelumnya, {_figure(figures[-2])}, belum sejauh itu; satu angka saja belum cukup.")
    elif _in_band(figures[-3:], rule):
        reasons.append(
            f"Tiga omzet terakhir hampir sama, tetapi baru {_span(figures)} hari; perlu {rule.stagnant_days}."
        )
    return reasons


def _step(before: Observation, after: Observation) -> str:
    share = f"{_percent(after.turnover - before.turnover, before.turnover)} " if before.turnover else ""
    return f"{share}dari {_figure(before)}"
