"""Cohort curves: by the year of the first grant, who grows and who is independent so many months after it."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from monitoring.counts.reading import Kind, states_by
from monitoring.fitting import Fit
from monitoring.independence.since_grant import INDEPENDENT
from monitoring.progress import Category
from ppks.dashboard.cohorts import ALL, independence_since_grant, states_since_grant
from ppks.dashboard.figures import Figures
from ppks.kit import charts
from ppks.kit.charts.tables import Cell, count_cell, dotted, percent

LEAST = 5  # below that many no share is said and no point drawn
HIDDEN = "n < 5"
SHORT = {Fit.FITS: "Sesuai", Fit.OTHER: "Tidak sesuai", Fit.UNKNOWN: "Belum dinilai"}


@dataclass(frozen=True, slots=True)
class Point:
    """One cohort so many months after its grants: how many got there, of how many something is known, how many did well."""

    year: str
    months: int
    reached: int
    known: int
    well: int

    @property
    def share(self) -> int | None:
        """In percent; None for too few."""
        return round(100 * self.well / self.known) if self.known >= LEAST else None


@dataclass(frozen=True, slots=True)
class Cohort:
    label: str
    curve: charts.Curve
    last: str


def growth_curves(figures: Figures) -> dict[str, Any]:
    """Businesses: of those whose state was known at the month, how many grew."""
    counts = states_since_grant(figures)
    points = [
        Point(year, months, found.total(), found.total() - found[Category.UNKNOWN], found[Category.GROWING])
        for (year, months), found in sorted(counts.items(), key=_newest_last)
    ]
    told = [point for point in points if point.known]
    return {
        "growth_cohorts": _cohorts(told, "berkembang"),
        "growth_sentence": _sentence(told, "usaha yang diketahui berkembang", "usaha yang keadaannya diketahui"),
        "growth_table": charts.Table(
            caption="Usaha berkembang menurut tahun hibah dan bulan sesudahnya",
            columns=("Hibah, bulan sesudahnya", "Sampai bulan itu", "Keadaannya diketahui", "Berkembang", "Bagian"),
            rows=tuple(_growth_rows(told, figures.businesses_url)),
        ),
    }


def _growth_rows(points: list[Point], url: Callable[..., str]) -> Iterator[tuple[Cell, ...]]:
    for point in points:
        year = {} if point.year == ALL else {"hibah": point.year}
        after = f"{point.months}"
        yield (
            Cell(_name(point)),
            count_cell(point.reached, url(**year, sesudah=after)),
            count_cell(point.known, url(**year, sesudah=f"{after}-known")),
            count_cell(point.well, url(**year, sesudah=f"{after}-{Category.GROWING}")),
            _share(point),
        )


def independence_curves(figures: Figures) -> dict[str, Any]:
    """People: how many of those who received a grant were independent at the month."""
    counts = independence_since_grant(figures)
    points = [
        Point(year, months, found.total(), found.total(), found[True])
        for (year, months), found in sorted(counts.items(), key=_newest_last)
    ]
    some = {point.year for point in points if point.well}
    told = [point for point in points if point.year in some]
    return {
        "mandiri_cohorts": _cohorts(told, "mandiri"),
        "mandiri_sentence": _sentence(told, "penerima hibah mandiri", "penerima hibah", by=lambda point: point.well),
        "mandiri_table": charts.Table(
            caption="Penerima hibah yang mandiri menurut tahun hibah dan bulan sesudahnya",
            columns=("Hibah, bulan sesudahnya", "Sampai bulan itu", "Mandiri pada bulan itu", "Bagian"),
            rows=tuple(_people_rows(told, figures.people_url)),
        ),
    }


def _people_rows(points: list[Point], url: Callable[..., str]) -> Iterator[tuple[Cell, ...]]:
    for point in points:
        year = {} if point.year == ALL else {"hibah": point.year}
        yield (
            Cell(_name(point)),
            count_cell(point.reached, url(**year, sesudah=f"{point.months}")),
            count_cell(point.well, url(**year, sesudah=f"{point.months}-{INDEPENDENT}")),
            _share(point),
        )


def _newest_last(item: tuple[tuple[str, int], Counter]) -> tuple[bool, str, int]:
    (year, months), _ = item
    return (year != ALL, year, months)


def _name(point: Point) -> str:
    return f"{'Semua tahun' if point.year == ALL else point.year}, {point.months} bulan"


def _share(point: Point) -> Cell:
    return Cell(percent(point.well, point.known) if point.share is not None else HIDDEN)


def _cohorts(points: list[Point], word: str) -> tuple[Cohort, ...]:
    """A curve for every year with enough, on one axis."""
    longest = max((point.months for point in points), default=0)
    years = dict.fromkeys(point.year for point in points)
    found = []
    for year in years:
        own = [point for point in points if point.year == year and point.share is not None]
        label = "Semua" if year == ALL else year
        said = "; ".join(f"{point.months} bulan {percent(point.well, point.known)}" for point in own)
        words = f"Hibah {label.lower()}, {word}: {said or 'kurang dari lima'}"
        drawn = charts.curve([(point.months, point.share) for point in own], months=longest, label=words)
        found.append(Cohort(label, drawn, percent(own[-1].well, own[-1].known) if own else HIDDEN))
    return tuple(found)


def _sentence(points: list[Point], well: str, whom: str, by: Callable[[Point], int] = lambda point: point.known) -> str:
    """The month of which most is known, over all years, or another best one; and the one at which that curve ends."""
    enough = [point for point in points if point.year == ALL and point.share is not None]
    if not enough:
        return f"Belum ada lima {whom} pada bulan yang sama sesudah hibah"
    best = max(enough, key=lambda point: (by(point), point.months))
    last = enough[-1]
    said = f"{best.months} bulan sesudah hibah, {_of_known(best, f' {well}')}"
    return said if last is best else f"{said}; pada bulan ke-{last.months}, {_of_known(last)}"


def _of_known(point: Point, words: str = "") -> str:
    return f"{dotted(point.well)} dari {dotted(point.known)}{words} ({percent(point.well, point.known)})"


def fits(figures: Figures) -> dict[str, Any]:
    """The state of businesses by whether they fit what their owner has learned."""
    counts = {fit: Counter() for fit in Fit.values} | states_by(figures.kept(Kind.FIT))
    bars = {fit: charts.stacked_bar(_parts(figures, fit, found), title=Fit(fit).label) for fit, found in counts.items()}
    return {
        "fits": [
            {"label": SHORT[fit], "bar": bar, "figure": figures.business_figure(bar.total, "usaha", sesuai=fit)}
            for fit, bar in bars.items()
        ],
        "fit_sentence": _fit_sentence(counts),
        "fit_table": charts.Table(
            caption="Keadaan usaha menurut kesesuaian dengan keterampilan pemiliknya",
            columns=("Keterampilan", *Category.labels, "Jumlah", "Berkembang dari yang diketahui"),
            rows=tuple(
                (
                    Cell(Fit(fit).label),
                    *(count_cell(part.count, part.url) for part in bar.parts),
                    count_cell(bar.total, figures.businesses_url(sesuai=fit)),
                    _fit_share(counts[fit]),
                )
                for fit, bar in bars.items()
            ),
        ),
    }


def _parts(figures: Figures, fit: str, found: Counter) -> list[charts.Part]:
    return [
        charts.Part(code, label, found[code], figures.businesses_url(keadaan=code, sesuai=fit))
        for code, label in Category.choices
    ]


def _known(found: Counter) -> int:
    return found.total() - found[Category.UNKNOWN]


def _fit_share(found: Counter) -> Cell:
    known = _known(found)
    return Cell(percent(found[Category.GROWING], known) if known >= LEAST else HIDDEN)


def _fit_sentence(counts: dict[str, Counter]) -> str:
    one, other = counts["fits"], counts["other"]
    if min(_known(one), _known(other)) < LEAST:
        return "Belum ada lima usaha yang diketahui keadaannya di kedua kelompok, sehingga belum dapat dibandingkan"
    said = [f"{percent(found[Category.GROWING], _known(found))} dari {dotted(_known(found))}" for found in (one, other)]
    return f"{said[0]} usaha yang sesuai keterampilan berkembang, dan {said[1]} yang tidak sesuai"
