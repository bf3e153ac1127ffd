"""What came after a plan, rule 1: the month before it against the second visit since, in sentences to check by hand.

It says what followed, not what caused it. Amounts are whole rupiah a month; comparisons stay in integers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.db import models

from ppks.kit import dates, rupiah


class Outcome(models.TextChoices):
    NOT_YET = "not_yet", "Belum dapat dinilai"
    BETTER = "better", "Membaik"
    SAME = "same", "Tetap"
    WORSE = "worse", "Memburuk"


class Seen(Protocol):
    """What a visit or a list found; `turnover` in rupiah a month, None where not known."""

    on: date
    turnover: int | None
    operating: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """The limits of one version; a change is a new version, never an edit."""

    version: int
    visits: int  # since the plan began, before anything is said
    better_percent: int  # above the turnover before
    worse_percent: int  # below it


RULES = {1: Rule(version=1, visits=2, better_percent=10, worse_percent=10)}


@dataclass(frozen=True, slots=True)
class Effect:
    """`before` and `after` are what was compared; None where there was nothing yet."""

    outcome: Outcome
    reasons: tuple[str, ...]
    rule: int
    before: Seen | None = None
    after: Seen | None = None


def measure(
    listed: Iterable[Seen], visits: Iterable[Seen], *, began_on: date, on: date, rule: Rule = RULES[1]
) -> Effect:
    """The effect of a plan that began on `began_on`, by what was seen up to `on`, in any order. Raises nothing.

    Before is the last observation up to the day the plan began, after the second visit since. One that ran and knows no
    turnover tells nothing: the one before it, or the next visit, takes its place.
    """
    visited = sorted((one for one in visits if one.on <= on), key=_order)
    earlier = sorted((*listed, *visited), key=lambda one: one.on)  # on one day a visit outweighs a list
    before = next((one for one in reversed(earlier) if one.on <= began_on and _tells(one)), None)
    since = [one for one in visited if one.on > began_on]
    after = next((one for one in since[rule.visits - 1 :] if _tells(one)), None)
    if before is None:
        return Effect(Outcome.NOT_YET, ("Keadaan sebelum rencana tidak diketahui: belum ada omzetnya.",), rule.version)
    if after is None:
        return Effect(Outcome.NOT_YET, (_waits(since, rule),), rule.version, before)
    outcome, reason = _compared(before, after, rule)
    return Effect(outcome, (reason,), rule.version, before, after)


def _order(one: Seen) -> tuple:
    """By day; what was found on one day in a fixed order, so that the order of asking never matters."""
    return one.on, one.operating, -1 if one.turnover is None else one.turnover


def _tells(one: Seen) -> bool:
    return not one.operating or one.turnover is not None


def _waits(since: list[Seen], rule: Rule) -> str:
    if len(since) < rule.visits:
        return (
            f"Baru ada {len(since)} kunjungan sesudah rencana dimulai; perlu {rule.visits}."
            if since
            else f"Belum ada kunjungan sesudah rencana dimulai; perlu {rule.visits}."
        )
    return "Kunjungan sesudah rencana dimulai belum mengetahui omzetnya."


def _compared(before: Seen, after: Seen, rule: Rule) -> tuple[Outcome, str]:
    if not before.operating or not after.operating:
        return _opened_or_shut(before, after)
    old, new = before.turnover, after.turnover
    moved = f"Omzet {_figure(before)} menjadi {_figure(after)}{_share(old, new)}"
    if new > old and new * 100 >= old * (100 + rule.better_percent):
        return Outcome.BETTER, f"{moved}; membaik mulai naik {rule.better_percent}%."
    if new < old and new * 100 <= old * (100 - rule.worse_percent):
        return Outcome.WORSE, f"{moved}; memburuk mulai turun {rule.worse_percent}%."
    return Outcome.SAME, f"{moved}; belum berubah sejauh {rule.better_percent}%."


def _opened_or_shut(before: Seen, after: Seen) -> tuple[Outcome, str]:
    days = f"{dates.long(before.on)} dan {dates.long(after.on)}"
    if not before.operating and after.operating:
        return Outcome.BETTER, f"Tutup pada {dates.long(before.on)}, berjalan lagi pada {dates.long(after.on)}."
    if before.operating:
        return Outcome.WORSE, f"Berjalan pada {dates.long(before.on)}, tutup pada {dates.long(after.on)}."
    return Outcome.SAME, f"Tutup pada {days}."


def _figure(one: Seen) -> str:
    return f"{rupiah.format(one.turnover)} ({dates.long(one.on)})"


def _share(old: int, new: int) -> str:
    """The change in percent with one decimal, cut and never rounded up; nothing against zero."""
    if old in (new, 0):
        return ""
    whole, tenth = divmod(abs(new - old) * 1000 // old, 10)
    said = f"{whole},{tenth}%" if tenth else f"{whole}%"
    if whole == tenth == 0:
        said = "kurang dari 0,1%"
    return f", {'naik' if new > old else 'turun'} {said}"
