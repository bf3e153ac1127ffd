"""Pictures as plain values: geometry and words for inline SVG, drawn by `templates/parts/charts/`, without script or style.

Every picture gets one sentence from its caller (heading and accessible name) and brings the table for beneath it.
"""

from ppks.kit.charts.bars import Bar, Bullet, Part, StackedBar, ages_bars, bars_table, bullet_bar, stacked_bar
from ppks.kit.charts.curves import Curve, curve
from ppks.kit.charts.lines import LineChart, Point, Reference, line_chart
from ppks.kit.charts.tables import Cell, Table
from ppks.kit.charts.tiles import Tile, TileMap, tile_map

__all__ = [
    "Bar",
    "Bullet",
    "Cell",
    "Curve",
    "LineChart",
    "Part",
    "Point",
    "Reference",
    "StackedBar",
    "Table",
    "Tile",
    "TileMap",
    "ages_bars",
    "bars_table",
    "bullet_bar",
    "curve",
    "line_chart",
    "stacked_bar",
    "tile_map",
]
