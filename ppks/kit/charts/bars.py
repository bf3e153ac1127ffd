"""Bars: one divided by state, several by age, one against its limit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ppks.kit.charts.tables import Cell, Table, count_cell, dotted, of_hundred, percent

GAP = 0.35  # percent between two segments
THINNEST = 0.8  # percent: a count of one must still be seen
NARROW, WIDE = 254, 600  # px a bar has on the smallest phone and at a desk
DIGIT, MARGIN = 8, 10  # px


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole; `fill` defaults to the class of its key, e.g. `fill-growing`."""

    key: str
    label: str
    count: int
    url: str = ""
    fill: str = ""
    shown: str = ""  # instead of the count, where a small group is hidden

    @property
    def text(self) -> str:
        return self.shown or dotted(self.count)

    @property
    def colour(self) -> str:
        return self.fill or f"fill-{self.key}"


@dataclass(frozen=True, slots=True)
class Segment:
    x: str
    width: str
    middle: str
    fill: str
    text: str
    fits: str  # "always", "wide" (not on a phone) or ""
    plate_x: str
    plate_width: str

    @property
    def is_hatched(self) -> bool:
        return self.fill == "fill-unknown"


@dataclass(frozen=True, slots=True)
class StackedBar:
    label: str
    total: int
    parts: tuple[Part, ...]
    segments: tuple[Segment, ...]


def stacked_bar(parts: Iterable[Part], *, title: str = "") -> StackedBar:
    """A bar of 100 %: widths in percent, a number in its segment only where it fits.

    `title` opens the accessible name: "Menurut daftar, 26 Agustus 2020: berkembang 136, biasa saja 112".
    """
    parts = tuple(parts)
    total = sum(part.count for part in parts)
    counted = [part for part in parts if part.count]
    room = 100 - GAP * (len(counted) - 1)
    wished = [max(room * part.count / total, THINNEST) for part in counted]
    segments, x = [], 0.0
    for part, wish in zip(counted, wished, strict=True):
        width = wish * room / sum(wished)
        segments.append(_segment(part, x, width))
        x += width + GAP
    words = ", ".join(f"{part.label[:1].lower()}{part.label[1:]} {part.text}" for part in counted) or "belum ada"
    return StackedBar(f"{title}: {words}" if title else words[:1].upper() + words[1:], total, parts, tuple(segments))


def _segment(part: Part, x: float, width: float) -> Segment:
    text = part.text
    needed = len(text) * DIGIT + MARGIN
    fits = "always" if width * NARROW / 100 >= needed else "wide" if width * WIDE / 100 >= needed else ""
    middle, plate = x + width / 2, 100 * needed / NARROW / 2
    return Segment(
        x=of_hundred(x),
        width=of_hundred(width),
        middle=of_hundred(middle),
        fill=part.colour,
        text=text if fits else "",
        fits=fits,
        plate_x=of_hundred(middle - plate / 2),
        plate_width=of_hundred(plate),
    )


def bars_table(bars: Mapping[str, StackedBar], *, caption: str, heading: str) -> Table:
    """Several bars as one table: a row for each key, a column for each bar, every number with its share and its link."""
    labels = {part.key: part for bar in bars.values() for part in bar.parts}
    found = [({part.key: part for part in bar.parts}, bar.total) for bar in bars.values()]
    rows = tuple(
        (
            Cell(first.label, fill=first.colour),
            *(
                count_cell(parts[key].count, parts[key].url, f"({percent(parts[key].count, total)})")
                if key in parts
                else Cell("–", 0)
                for parts, total in found
            ),
        )
        for key, first in labels.items()
    )
    return Table(caption, (heading, *bars), rows)


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    count: int
    text: str
    width: str
    fill: str
    url: str


@dataclass(frozen=True, slots=True)
class Bars:
    bars: tuple[Bar, ...]
    table: Table


def ages_bars(parts: Iterable[Part], *, heading: str = "Umur", measure_label: str = "Kunjungan") -> Bars:
    """A row of bars on one scale, the longest filling it, in the order given; each row links to what it counts."""
    parts = tuple(parts)
    most = max((part.count for part in parts), default=0) or 1
    return Bars(
        bars=tuple(
            Bar(
                part.label,
                part.count,
                dotted(part.count),
                of_hundred(100 * part.count / most, digits=1),
                part.colour,
                part.url,
            )
            for part in parts
        ),
        table=Table(
            caption=f"{measure_label} menurut {heading.lower()}",
            columns=(heading, measure_label),
            rows=tuple((Cell(part.label), count_cell(part.count, part.url)) for part in parts),
        ),
    )


@dataclass(frozen=True, slots=True)
class Bullet:
    width: str
    mark: str
    fill: str


def bullet_bar(value: int, limit: int, *, mark: float | None = None) -> Bullet:
    """A sum against its limit, both in one unit; `mark` is a share from 0 to 1, such as the part of the year gone."""
    share = 100 * value / limit if limit > 0 else 0.0
    return Bullet(
        width=of_hundred(min(share, 100.0), digits=1),
        mark="" if mark is None else of_hundred(100 * mark, digits=1),
        fill="fill-declining" if value > limit else "fill-brand",
    )
