"""One kab/kota beside the province: the same figures with their shares; small groups of others stay hidden from regions."""

from typing import Any

from django.db import connection

from monitoring.progress import Category
from ppks.dashboard.figures import Figures
from ppks.kit import charts
from ppks.kit.charts.tables import Cell, count_cell, dotted, percent
from ppks.regions.models import Region

HIDDEN = "<5"
DRAWN = 4  # businesses that a hidden group is drawn as
PROVINCE = "Jawa Timur"
ROWS = (
    *((code, label, {"keadaan": code}) for code, label in Category.choices),
    ("help", "Perlu bantuan", {"bantuan": "perlu"}),
    ("never", "Belum pernah dikunjungi", {"kunjungan": "belum"}),
    ("late", "Kunjungan terlambat", {"jadwal": "terlambat"}),
    ("all", "Semua usaha", {}),
)


def comparison(figures: Figures, region: Region) -> dict[str, Any]:
    """Bars, sentence and table of the region that `figures` is narrowed to, and of the province."""
    links = _links(figures)
    own, whole = _counts(figures), _counts(links) if links else _whole(figures)
    return {
        "own_bar": _bar(own, f"{region}"),
        "whole_bar": _bar(whole, PROVINCE),
        "compare_sentence": _sentence(own, whole, region),
        "compare_table": charts.Table(
            caption=f"{region} dibandingkan dengan {PROVINCE}",
            columns=("Usaha", str(region), "Bagian", PROVINCE, "Bagian di provinsi"),
            rows=tuple(
                (
                    Cell(label, fill=f"fill-{code}" if code in Category.values else ""),
                    *_cells(own, code, _link(figures, code, codes)),
                    *_cells(whole, code, links and _link(links, code, codes)),
                )
                for code, label, codes in ROWS
            ),
        ),
    }


def _counts(figures: Figures) -> dict[str, int | None]:
    return figures.states | {"late": figures.waiting["late"]}


def _links(figures: Figures) -> Figures | None:
    """The province's figures, for whom its lists are open."""
    return None if figures.user.role_entry.posted_to else figures.of_all_in_reach()


def _whole(figures: Figures) -> dict[str, int | None]:
    """The province's figures as a region reads them: through a function that hides groups of one to four."""
    with connection.cursor() as cursor:
        cursor.execute("select figure, n from province_figures(%s)", [figures.day])
        found = dict(cursor.fetchall())
    return {code: found.get(code, 0) for code, *_ in ROWS}


def _link(figures: Figures, code: str, codes: dict[str, str]) -> str:
    return figures.dues_url(**codes) if code == "late" else figures.businesses_url(**codes)


def _cells(counts: dict[str, int | None], code: str, url: str | None) -> tuple[Cell, Cell]:
    count, whole = counts[code], counts["all"]
    if count is None:
        return Cell(HIDDEN, HIDDEN), Cell("–")
    share = percent(count, whole) if whole else "–"
    return count_cell(count, url or ""), Cell(share)


def _bar(counts: dict[str, int | None], title: str) -> charts.StackedBar:
    return charts.stacked_bar(
        [
            charts.Part(code, label, DRAWN, shown=HIDDEN)
            if counts[code] is None
            else charts.Part(code, label, counts[code])
            for code, label in Category.choices
        ],
        title=title,
    )


def _sentence(own: dict[str, int | None], whole: dict[str, int | None], region: Region) -> str:
    """How many of the businesses whose state is known grow, here and in the province."""
    here, there = _growing(own), _growing(whole)
    if here is None:
        return f"Keadaan usaha di {region} belum diketahui"
    said = f"{here} usaha yang diketahui di {region} berkembang"
    return f"{said}; di {PROVINCE} {there}" if there else said


def _growing(counts: dict[str, int | None]) -> str | None:
    if None in (counts["growing"], counts["unknown"], counts["all"]):
        return None
    known = counts["all"] - counts["unknown"]
    return f"{percent(counts['growing'], known)} dari {dotted(known)}" if known else None
