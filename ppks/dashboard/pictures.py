"""The pictures of the front pages: the tile map with its measure, the two bars of the state of businesses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from grants.models import FIRST_LIST_YEAR
from monitoring.models import Business, Condition
from monitoring.progress import Category
from ppks.dashboard.figures import Figures, businesses_url, people_url
from ppks.kit import charts, dates
from ppks.kit.charts.tables import count_cell
from ppks.regions.models import Region


@dataclass(frozen=True, slots=True)
class Measure:
    """What the map can show: the rows to count, the words for them, and where a tile leads."""

    code: str
    label: str
    unit: str
    rows: Callable[[Figures], QuerySet]
    url: Callable[[str], str]


LIST = {"daftar": str(FIRST_LIST_YEAR)}
MEASURES = {
    measure.code: measure
    for measure in (
        Measure(
            "penerima", "Penerima", "penerima", lambda f: f.people(**LIST), lambda kab: people_url(**LIST, kab=kab)
        ),
        Measure(
            "bantuan",
            "Perlu bantuan",
            "usaha perlu bantuan",
            lambda f: f.businesses(bantuan="perlu"),
            lambda kab: businesses_url(kab=kab, bantuan="perlu"),
        ),
        Measure(
            "kunjungan",
            "Belum dikunjungi",
            "usaha belum pernah dikunjungi",
            lambda f: f.businesses(kunjungan="belum"),
            lambda kab: businesses_url(kab=kab, kunjungan="belum"),
        ),
        Measure(
            "keadaan",
            "Belum diketahui",
            "usaha belum diketahui keadaannya",
            lambda f: f.businesses(keadaan="unknown"),
            lambda kab: businesses_url(kab=kab, keadaan="unknown"),
        ),
    )
}


def region_map(figures: Figures, measure: Measure) -> dict[str, Any]:
    """The tile map of one measure, with its sentence and the segments to choose another."""
    regions = list(Region.objects.current())
    counts = figures.by_region(measure.rows(figures))
    tiles = [
        charts.Tile(
            row=region.tile_row,
            col=region.tile_column,
            code=region.code,
            abbreviation=region.abbreviation,
            full_name=region.full_name,
            kind=region.kind,
            value=counts[region.pk] or None,
            url=measure.url(region.code),
        )
        for region in regions
    ]
    return {
        "map": charts.tile_map(tiles, measure_label=measure.label, unit=measure.unit),
        "map_sentence": _map_sentence(regions, counts, measure),
        "measures": [
            {"label": m.label, "url": f"?ukuran={m.code}#peta", "current": m is measure} for m in MEASURES.values()
        ],
        "region_count": len(+counts),
        "all_regions": len(regions),
    }


def _map_sentence(regions: list[Region], counts, measure: Measure) -> str:
    present = +counts
    if not present:
        return f"Belum ada {measure.unit} di {len(regions)} kab/kota"
    most = max(present.values())
    leaders = [region.name for region in regions if present[region.pk] == most]
    named = leaders[0] if len(leaders) == 1 else f"{', '.join(leaders[:-1])} dan {leaders[-1]}"
    shared = f"{named}, {most}" if len(leaders) == 1 else f"{named}, masing-masing {most}"
    ending = f"; terbanyak {shared}" if len(leaders) < 5 else ""
    return f"{len(present)} dari {len(regions)} kab/kota punya {measure.unit}{ending}"


def business_states(figures: Figures) -> dict[str, Any]:
    """Two dated bars on one scale: the office's own words on its list, and what visits say today."""
    conditions, states = figures.by_condition(), figures.by_state()
    listed_on = Business.objects.visible_to(figures.user).aggregate(day=Max("reported_on"))["day"]
    said = charts.stacked_bar(
        [charts.Part(code, label, conditions[code], businesses_url(laporan=code)) for code, label in Condition.choices],
        title=f"Menurut daftar, {dates.long(listed_on)}" if listed_on else "Menurut daftar",
    )
    found = charts.stacked_bar(
        [charts.Part(code, label, states[code], businesses_url(keadaan=code)) for code, label in Category.choices],
        title=f"Menurut kunjungan, per {dates.long(figures.day)}",
    )
    columns = {f"Daftar {listed_on.year}" if listed_on else "Daftar": said, "Hari ini": found}
    return {
        "business_count": sum(states.values()),
        "listed_on": listed_on,
        "said": said,
        "found": found,
        "state_table": charts.bars_table(
            columns, caption="Keadaan usaha menurut daftar dan menurut kunjungan", heading="Keadaan"
        ),
        "known": sum(n for code, n in states.items() if code != Category.UNKNOWN),
        "unknown": states[Category.UNKNOWN],
    }


def measure_asked(request) -> Measure:
    """What the map shows; the recipients unless the address says otherwise."""
    return MEASURES.get(request.GET.get("ukuran", ""), MEASURES["penerima"])


def region_table(figures: Figures) -> charts.Table:
    """Every measure of the map, side by side for each kab/kota in reach."""
    counts = {measure.code: figures.by_region(measure.rows(figures)) for measure in MEASURES.values()}
    return charts.Table(
        caption="Penerima dan usaha per kab/kota",
        columns=("Kab/kota", *(measure.label for measure in MEASURES.values())),
        rows=tuple(
            (
                charts.Cell(str(region)),
                *(count_cell(counts[m.code][region.pk], m.url(region.code)) for m in MEASURES.values()),
            )
            for region in Region.objects.current().visible_to(figures.user)
        ),
    )


PICTURES = {
    "peta": lambda figures, measure: region_map(figures, measure)["map"].table,
    "keadaan": lambda figures, measure: business_states(figures)["state_table"],
}
