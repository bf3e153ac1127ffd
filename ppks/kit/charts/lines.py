"""Turnover over time: a line with its numbers written at the points, against another that moves in steps (the UMK)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ppks.kit import dates, rupiah
from ppks.kit.charts.placing import NARROW, WIDE, Box, Ground
from ppks.kit.charts.tables import Cell, Table, dotted, of_hundred

HEIGHT, BASE, TOP = 232, 190, 36  # px: the whole, the line of zero, the highest value
LEFT, RIGHT = 8.0, 92.0  # percent: the first and the last day
ABOVE, BELOW = -12, 22  # px from a point to the foot of its number
LETTER = 6.4  # px, mean of the small type
MILLION, THOUSAND = 1_000_000, 1_000


@dataclass(frozen=True, slots=True)
class Point:
    """One visit; `value` in whole rupiah, None for "tidak tahu". `tone` ("brand" or "declining") colours the way to it."""

    day: date
    value: int | None
    url: str = ""
    tone: str = "brand"


@dataclass(frozen=True, slots=True)
class Reference:
    """What the line is held against, from the day `since` on, or always."""

    label: str
    value: int
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place; `when` is "always" or "wide" (left out on a phone)."""

    x: str
    y: int
    words: str
    when: str = "always"
    tone: str = ""
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Stretch:
    x1: str
    y1: int
    x2: str
    y2: int
    tone: str
    is_gap: bool


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: int
    radius: int
    tone: str


@dataclass(frozen=True, slots=True)
class LineChart:
    height: int
    base: int
    unit: str
    stretches: tuple[Stretch, ...]
    dots: tuple[Dot, ...]
    marks: tuple[Text, ...]
    months: tuple[Text, ...]
    years: tuple[Text, ...]
    steps: tuple[Stretch, ...]
    reference: Text | None
    table: Table


def line_chart(
    points: Sequence[Point], *, references: Sequence[Reference] = (), measure_label: str = "Omzet"
) -> LineChart:
    """A line through the known values, by date; unknown ones leave a dotted gap and stand in the table.

    `references` come oldest first; the words of the last one are written.

    Numbers are in millions of rupiah (or thousands, when all are below a million), written where they lie on nothing.
    """
    points = sorted(points, key=lambda point: point.day)
    known = [point for point in points if point.value is not None]
    references = _in_the_picture(references, known)
    highest = max([*(point.value for point in known), *(each.value for each in references)], default=0) or 1
    ground = Ground([(_x(point.day, known), _y(point.value, highest)) for point in known])
    steps = _steps(references, known, highest)
    words = _reference_text(references[-1], steps, ground) if references else None
    scale, unit = (MILLION, "juta rupiah") if highest >= MILLION else (THOUSAND, "ribu rupiah")
    return LineChart(
        height=HEIGHT,
        base=BASE,
        unit=unit,
        stretches=tuple(_stretches(points, known, ground)),
        dots=tuple(
            Dot(of_hundred(x, digits=1), y, 6 if point is known[-1] else 5, f"fill-{point.tone}")
            for point, (x, y) in zip(known, ground.places, strict=True)
        ),
        marks=tuple(_marks(known, ground, scale)),
        months=tuple(_row(known, [dates.short(point.day).split()[1] for point in known], BASE + 20)),
        years=tuple(_row(known, _years(known), BASE + 36)),
        steps=tuple(
            Stretch(of_hundred(left, digits=1), y, of_hundred(right, digits=1), y, "reference", False)
            for left, right, y in steps
        ),
        reference=words,
        table=_table(points, measure_label),
    )


def _x(day: date, known: Sequence[Point]) -> float:
    first, last = known[0].day, known[-1].day
    return 50.0 if first == last else round(LEFT + (RIGHT - LEFT) * (day - first).days / (last - first).days, 1)


def _y(value: int, highest: int) -> int:
    return round(BASE - (BASE - TOP) * value / highest)


def _stretches(points: Sequence[Point], known: Sequence[Point], ground: Ground) -> list[Stretch]:
    order = {id(point): number for number, point in enumerate(points)}
    return [
        Stretch(
            of_hundred(x1, digits=1),
            y1,
            of_hundred(x2, digits=1),
            y2,
            f"stroke-{two.tone}",
            order[id(two)] - order[id(one)] > 1,
        )
        for (one, (x1, y1)), (two, (x2, y2)) in pairwise(zip(known, ground.places, strict=True))
    ]


def _in_the_picture(references: Sequence[Reference], known: Sequence[Point]) -> list[Reference]:
    """Those that hold somewhere between the first and the last point; without points the last alone."""
    if not known:
        return list(references[-1:])
    begun = [each for each in references if each.since is None or each.since <= known[-1].day]
    before = [each for each in begun if each.since is None or each.since <= known[0].day]
    return begun[max(len(before) - 1, 0) :]


def _steps(references: Sequence[Reference], known: Sequence[Point], highest: int) -> list[tuple[float, float, int]]:
    """From and to in percent, and the height, of each."""
    inner = [_x(each.since, known) for each in references[1:]]
    begins = references[0].since if references and known else None
    start = _x(begins, known) if begins and begins > known[0].day else 0.0
    edges = [start, *inner, 100.0]
    return [(edges[n], edges[n + 1], _y(each.value, highest)) for n, each in enumerate(references)]


def _reference_text(reference: Reference, steps: list[tuple[float, float, int]], ground: Ground) -> Text:
    """The last reference's words beside its line, where they lie on nothing on a phone and at a desk; else on top of all."""
    words, y = f"{reference.label}: {rupiah.format(reference.value)}", steps[-1][2]
    for width, boxes in ground.boxes.items():
        boxes += [Box(left * width / 100, at - 1, right * width / 100, at + 1) for left, right, at in steps]
    spots = [(y - 7, "end"), (y - 7, "start"), (y + 17, "end"), (y + 17, "start")]
    if len(steps) > 1:
        spots = [spot for spot in spots if spot[1] == "end"]
    for baseline, anchor in spots:
        boxes = {width: _reference_box(words, baseline, anchor, width) for width in ground.boxes}
        if all(ground.is_free(box, width) for width, box in boxes.items()):
            break
    else:
        words, baseline, anchor = f"- - {words}", 12, "end"
        boxes = {width: _reference_box(words, baseline, anchor, width) for width in ground.boxes}
    for width, box in boxes.items():
        ground.boxes[width].append(box)
    return Text("100%" if anchor == "end" else "0", baseline, words, anchor=anchor)


def _reference_box(words: str, baseline: int, anchor: str, width: int) -> Box:
    length = min(len(words) * LETTER, width)
    left = width - length if anchor == "end" else 0
    return Box(left, baseline - 12, left + length, baseline + 4)


def _marks(known: Sequence[Point], ground: Ground, scale: int) -> list[Text]:
    """The numbers at the points: last, first, highest and lowest come before the rest, a phone before a desk."""
    values = [point.value for point in known]
    urgent = [len(known) - 1, 0, values.index(max(values)), values.index(min(values))] if known else []
    order = list(dict.fromkeys([*urgent, *range(len(known))]))
    marks: dict[int, Text] = {}
    for width, when in ((NARROW, "always"), (WIDE, "wide")):
        for number in (number for number in order if number not in marks):
            x, y = ground.places[number]
            words = _number(known[number].value, scale)
            down = next((down for down in _sides(number, ground) if ground.has_room(words, x, y + down, width)), None)
            if down is None:
                continue
            ground.write(words, x, y + down, everywhere=when == "always")
            tone = "declining" if known[number].tone == "declining" else ""
            marks[number] = Text(of_hundred(x, digits=1), y + down, words, when, tone)
    return [marks[number] for number in sorted(marks)]


def _sides(number: int, ground: Ground) -> tuple[int, int]:
    """Above a peak, else below first; the other side when that one is taken."""
    y = ground.places[number][1]
    around = [ground.places[other][1] for other in (number - 1, number + 1) if 0 <= other < len(ground.places)]
    return (ABOVE, BELOW) if around and all(y < other for other in around) else (BELOW, ABOVE)


def _row(known: Sequence[Point], words: Sequence[str], y: int) -> list[Text]:
    """Words under the line of zero, as many as fit side by side; first and last come before the rest."""
    ground = Ground([])
    found: dict[int, Text] = {}
    order = [number for number in dict.fromkeys([0, len(known) - 1, *range(len(known))]) if words and words[number]]
    for width, when in ((NARROW, "always"), (WIDE, "wide")):
        for number in (number for number in order if number not in found):
            x = _x(known[number].day, known)
            if not ground.has_room(words[number], x, y, width):
                continue
            ground.write(words[number], x, y, everywhere=when == "always")
            found[number] = Text(of_hundred(x, digits=1), y, words[number], when)
    return [found[number] for number in sorted(found)]


def _years(known: Sequence[Point]) -> list[str]:
    """A year under the first point of each, nothing under the others."""
    before = [None, *(point.day.year for point in known)]
    return [str(point.day.year) if point.day.year != year else "" for point, year in zip(known, before, strict=False)]


def _number(value: int, scale: int) -> str:
    """1,80 for 1.800.000 in millions; 850 for 850.000 in thousands."""
    if scale == MILLION:
        hundredths = (value + 5_000) // 10_000
        return f"{dotted(hundredths // 100)},{hundredths % 100:02}"
    return dotted((value + 500) // THOUSAND)


def _table(points: Sequence[Point], measure_label: str) -> Table:
    return Table(
        caption=f"{measure_label} per kunjungan, terbaru dulu",
        columns=("Kunjungan", f"{measure_label} (Rp)"),
        rows=tuple(
            (
                Cell(dates.short(point.day), point.day.isoformat(), point.url),
                Cell("tidak tahu", "") if point.value is None else Cell(dotted(point.value), point.value),
            )
            for point in reversed(points)
        ),
    )
