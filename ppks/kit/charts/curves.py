"""A share over months: one small curve with its points, for several beneath each other on the same axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ppks.kit.charts.lines import Dot, Stretch
from ppks.kit.charts.tables import of_hundred

HEIGHT, BASE, TOP = 48, 42, 6  # px: the whole, the line of 0 %, that of 100 %
LEFT, RIGHT = 2.0, 98.0  # percent: month 0 and the last month of the axis


@dataclass(frozen=True, slots=True)
class Curve:
    height: int
    base: int
    top: int
    label: str
    stretches: tuple[Stretch, ...]
    dots: tuple[Dot, ...]


def curve(points: Sequence[tuple[int, int]], *, months: int, label: str) -> Curve:
    """Points of (month, share in percent) on an axis of so many months; `label` says in words what is drawn."""
    places = [
        (LEFT + (RIGHT - LEFT) * month / max(months, 1), round(BASE - (BASE - TOP) * share / 100))
        for month, share in points
    ]
    return Curve(
        height=HEIGHT,
        base=BASE,
        top=TOP,
        label=label,
        stretches=tuple(
            Stretch(of_hundred(x1, digits=1), y1, of_hundred(x2, digits=1), y2, "stroke-brand", False)
            for (x1, y1), (x2, y2) in pairwise(places)
        ),
        dots=tuple(Dot(of_hundred(x, digits=1), y, 4, "fill-brand") for x, y in places),
    )
