"""What the tile map and the table of kab/kota can show, each measure with the rows it counts and the list it opens."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from grants.models import FIRST_LIST_YEAR
from monitoring.counts.dues import late_by_region
from monitoring.progress import Category
from monitoring.schedule import LATE
from monitoring.tallies import HELP
from ppks.dashboard.figures import Figures
from ppks.kit import charts
from ppks.kit.charts.tables import count_cell
from ppks.kit.prepared import prepared
from ppks.regions.models import Region

LIST = {"daftar": str(FIRST_LIST_YEAR)}


@dataclass(frozen=True, slots=True)
class Measure:
    """The rows to count, the words for them, and where a number leads; `kept` tells of today without counting them."""

    code: str
    label: str
    unit: str
    rows: Callable[[Figures], QuerySet]
    url: Callable[..., str]
    kept: Callable[[Figures], Counter] | None = None

    def counts(self, figures: Figures) -> Counter:
        """How many rows each region has, by region id."""
        if self.kept and figures.tallies:
            return self.kept(figures)
        return figures.by_region(self.rows(figures))


def _of_people(code: str, label: str, unit: str, **codes: str) -> Measure:
    return Measure(code, label, unit, lambda f: f.people(**codes), lambda f, **more: f.people_url(**codes | more))


def _of_businesses(code: str, label: str, unit: str, tally: str, **codes: str) -> Measure:
    return Measure(
        code,
        label,
        unit,
        lambda f: f.businesses(**codes),
        lambda f, **more: f.businesses_url(**codes | more),
        lambda f: f.tallies.by_region(tally),
    )


def _of_late_visits(code: str, label: str, unit: str) -> Measure:
    codes = {"jadwal": LATE.code}
    return Measure(
        code,
        label,
        unit,
        lambda f: f.dues(**codes),
        lambda f, **more: f.dues_url(**codes | more),
        lambda f: late_by_region(f.user, f.day),
    )


MEASURES = {
    measure.code: measure
    for measure in (
        _of_people("penerima", "Penerima", "penerima", **LIST),
        _of_businesses("bantuan", "Perlu bantuan", "usaha perlu bantuan", HELP, bantuan="perlu"),
        _of_late_visits("terlambat", "Kunjungan terlambat", "kunjungan terlambat"),
        _of_businesses(
            "keadaan", "Belum diketahui", "usaha belum diketahui keadaannya", Category.UNKNOWN, keadaan="unknown"
        ),
    )
}


def measure_asked(request) -> Measure:
    """What the map shows; the recipients unless the address says otherwise."""
    return MEASURES.get(request.GET.get("ukuran", ""), MEASURES["penerima"])


def region_map(figures: Figures, measure: Measure, counts: Any = None) -> dict[str, Any]:
    """The tile map of one measure, with its sentence and the segments to choose another; `counts` if already known."""
    regions = _regions(figures.user)
    counts = measure.counts(figures) if counts is None else counts
    tiles = [
        charts.Tile(
            row=region.tile_row,
            col=region.tile_column,
            code=region.code,
            abbreviation=region.abbreviation,
            full_name=region.full_name,
            kind=region.kind,
            value=counts[region.pk] or None,
            url=measure.url(figures, kab=region.code),
        )
        for region in regions
    ]
    return {
        "map": charts.tile_map(tiles, measure_label=measure.label, unit=measure.unit),
        "map_sentence": _map_sentence(regions, counts, measure),
        "measures": [
            {"label": m.label, "url": f"{figures.url('front', ukuran=m.code)}#peta", "current": m is measure}
            for m in MEASURES.values()
        ],
        "all_regions": len(regions),
    }


@prepared
def _regions(user):
    return Region.objects.current()


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


def region_table(figures: Figures) -> charts.Table:
    """Every measure of the map side by side, for each kab/kota in reach."""
    counts = {measure.code: measure.counts(figures) for measure in MEASURES.values()}
    return charts.Table(
        caption="Penerima dan usaha per kab/kota",
        columns=("Kab/kota", *(measure.label for measure in MEASURES.values())),
        rows=tuple(
            (
                charts.Cell(str(region), url=figures.url("region_detail", region.code)),
                *(count_cell(counts[m.code][region.pk], m.url(figures, kab=region.code)) for m in MEASURES.values()),
            )
            for region in Region.objects.current().visible_to(figures.user)
        ),
    )


def sum_row(table: charts.Table, figures: Figures) -> list[charts.Cell]:
    """The sum beneath that table, each number opening all its rows."""
    sums = [sum(row[number].value for row in table.rows) for number in range(1, len(table.columns))]
    return [
        charts.Cell("Jumlah"),
        *(count_cell(found, m.url(figures)) for found, m in zip(sums, MEASURES.values(), strict=True)),
    ]
