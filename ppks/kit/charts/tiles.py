"""The tile map of the kab/kota: one tile each, in its place, and the same numbers as a list for a phone."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ppks.kit.charts.tables import Cell, Table, dotted, of_hundred

WIDTH, HEIGHT = 66, 60  # as `tile_map.html` draws a tile
PITCH_X, PITCH_Y = 70, 64
STRAIT_ROW, STRAIT_COL = 0, 5
STRAIT_NAME = ("Selat", "Madura")
FIRST_RANKS = 8
NONE = "belum ada"
# Which of the four fills to use when there are fewer steps, so that neighbours stay far apart.
FILLS = {0: (), 1: ("m3",), 2: ("m2", "m4"), 3: ("m1", "m3", "m4"), 4: ("m1", "m2", "m3", "m4")}


@dataclass(frozen=True, slots=True)
class Tile:
    """One kab/kota as the caller knows it; `value` is a count, None or 0 where there is none."""

    row: int
    col: int
    code: str
    abbreviation: str
    full_name: str
    kind: str
    value: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One tile as drawn; an empty `fill` means hatching."""

    x: int
    y: int
    abbreviation: str
    text: str
    fill: str
    name: str
    full_name: str
    is_city: bool
    url: str
    count: int | None  # None where it is hidden

    @property
    def place(self) -> str:
        """Where the template's one drawing of a tile is put."""
        return f"translate({self.x} {self.y})"


@dataclass(frozen=True, slots=True)
class Rank:
    name: str
    text: str
    width: str
    fill: str
    url: str
    count: int | None  # None where it is hidden


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the legend: the lowest and highest number it stands for."""

    fill: str
    low: int
    high: int
    unit: str = ""

    @property
    def text(self) -> str:
        numbers = dotted(self.low) if self.low == self.high else f"{dotted(self.low)}–{dotted(self.high)}"
        return f"{numbers} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class TileMap:
    width: int
    height: int
    tiles: tuple[Placed, ...]
    strait: tuple[tuple[int, int, str], ...]
    legend: tuple[Step, ...]
    has_none: bool
    has_city: bool
    ranks: tuple[Rank, ...]
    more_ranks: tuple[Rank, ...]
    without: str
    measure_label: str
    table: Table


def tile_map(tiles: Iterable[Tile], *, measure_label: str, unit: str, hide_below: int = 0) -> TileMap:
    """Place and colour the tiles: four steps by quartile of the positive values, hatching for none.

    `unit` is what is counted ("orang"). Positive values under `hide_below` are shown as "<5" (for 5), coloured and
    ranked as one group, in the table and the CSV too. Raises ValueError for a negative value.
    """
    tiles = sorted(tiles, key=lambda tile: (tile.row, tile.col))
    if any((tile.value or 0) < 0 for tile in tiles):
        raise ValueError("A measure on the map cannot be negative.")
    shown = [_Shown(tile, hide_below) for tile in tiles]
    legend = steps([each.drawn for each in shown if each.drawn], unit=unit)
    placed = tuple(_placed(each, legend, unit) for each in shown)
    taken = {(tile.row, tile.col) for tile in tiles}
    ranked = sorted((each for each in shown if each.drawn), key=lambda each: (-each.drawn, each.tile.full_name))
    ranks = [_rank(each, legend, ranked[0].drawn) for each in ranked]
    none = sorted((each for each in shown if not each.drawn), key=lambda each: each.tile.full_name)
    return TileMap(
        width=(max(tile.col for tile in tiles) + 1) * PITCH_X - (PITCH_X - WIDTH) + 2,
        height=(max(tile.row for tile in tiles) + 1) * PITCH_Y - (PITCH_Y - HEIGHT) + 2,
        tiles=placed,
        strait=() if (STRAIT_ROW, STRAIT_COL) in taken else _strait(),
        legend=legend,
        has_none=bool(none),
        has_city=any(tile.is_city for tile in placed),
        ranks=tuple(ranks[:FIRST_RANKS]),
        more_ranks=tuple(ranks[FIRST_RANKS:]),
        without=", ".join(short_name(each.tile.full_name) for each in none),
        measure_label=measure_label,
        table=Table(
            caption=f"{measure_label} per kab/kota",
            columns=("Kab/kota", measure_label),
            rows=tuple((Cell(each.tile.full_name), each.cell) for each in [*ranked, *none]),
        ),
    )


def steps(values: Sequence[int], *, unit: str = "") -> tuple[Step, ...]:
    """At most four steps over positive whole values: one for each value when there are so few, else quartiles.

    Where most values are equal the quartiles fall together; then those of the different values are taken.
    """
    if not values:
        return ()
    distinct = sorted(set(values))
    if len(distinct) <= 4:
        starts = ends = distinct
    else:
        cuts = _cuts(values) if len(_cuts(values)) == 3 else _cuts(distinct)
        starts, ends = [1, *cuts], [*(cut - 1 for cut in cuts), distinct[-1]]
    return tuple(
        Step(f"fill-{fill}", low, high, unit if number == 0 else "")
        for number, (fill, low, high) in enumerate(zip(FILLS[len(starts)], starts, ends, strict=True))
    )


def _cuts(values: Sequence[int]) -> list[int]:
    """Where the second, third and fourth quarter start, in whole numbers above the lowest value."""
    cuts = {math.ceil(cut) for cut in quantiles(values, n=4, method="inclusive")}
    return sorted(cut for cut in cuts if cut > min(values))


def short_name(full_name: str) -> str:
    """Kab. Pacitan, for Kabupaten Pacitan."""
    return full_name.replace("Kabupaten ", "Kab. ", 1)


class _Shown:
    """A tile with what may be shown of its value."""

    def __init__(self, tile: Tile, hide_below: int):
        value = tile.value or 0
        hidden = 0 < value < hide_below
        self.tile = tile
        self.drawn = hide_below - 1 if hidden else value
        self.count = None if hidden else value
        self.text = f"<{hide_below}" if hidden else dotted(value) if value else "–"
        self.cell = Cell(self.text, self.text if hidden else value, tile.url if value else "")


def _placed(each: _Shown, legend: tuple[Step, ...], unit: str) -> Placed:
    tile = each.tile
    x, y = tile.col * PITCH_X + 1, tile.row * PITCH_Y + 1
    return Placed(
        x=x,
        y=y,
        abbreviation=tile.abbreviation,
        text=each.text,
        fill=_fill(each.drawn, legend),
        name=f"{tile.full_name}, {tile.abbreviation} {each.text} {unit if each.drawn else NONE}",
        full_name=tile.full_name,
        is_city=tile.kind == "kota",
        url=tile.url,
        count=each.count,
    )


def _fill(value: int, legend: tuple[Step, ...]) -> str:
    return next((step.fill for step in reversed(legend) if value >= step.low), "")


def _rank(each: _Shown, legend: tuple[Step, ...], largest: int) -> Rank:
    width = of_hundred(100 * each.drawn / largest, digits=1)
    return Rank(short_name(each.tile.full_name), each.text, width, _fill(each.drawn, legend), each.tile.url, each.count)


def _strait() -> tuple[tuple[int, int, str], ...]:
    middle, top = STRAIT_COL * PITCH_X + 1 + WIDTH // 2, STRAIT_ROW * PITCH_Y + 1
    return tuple((middle, top + 27 + 14 * line, word) for line, word in enumerate(STRAIT_NAME))
