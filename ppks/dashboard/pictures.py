"""The pictures of the front pages beside the map: state of businesses, ages of visits, grant years, the funnel."""

from collections import Counter
from typing import Any

from django.db.models import Count

from monitoring.counts.reading import Kind, states_by
from monitoring.filters import NO_YEAR
from monitoring.models import Condition
from monitoring.progress import Category
from monitoring.schedule import AGES
from ppks.dashboard.figures import Figures
from ppks.dashboard.measures import LIST
from ppks.kit import charts, dates
from ppks.kit.charts.tables import count_cell, dotted, percent

AGE_FILLS = ("fill-m2", "fill-m3", "fill-stagnant", "fill-declining", "fill-declining")


def business_states(figures: Figures) -> dict[str, Any]:
    """Two dated bars on one scale: the office's own words on its list, and what visits say on the day."""
    (conditions, listed_on), states = figures.conditions, figures.states
    then = "hari ini" if figures.is_today else dates.long(figures.day)
    said = charts.stacked_bar(
        [
            charts.Part(code, label, conditions[code], figures.businesses_url(laporan=code))
            for code, label in Condition.choices
        ],
        title=f"Menurut daftar, {dates.long(listed_on)}" if listed_on else "Menurut daftar",
    )
    found = charts.stacked_bar(
        [
            charts.Part(code, label, states[code], figures.businesses_url(keadaan=code))
            for code, label in Category.choices
        ],
        title=f"Menurut kunjungan, per {dates.long(figures.day)}",
    )
    column = "Hari ini" if figures.is_today else dates.short(figures.day)
    columns = {f"Daftar {listed_on.year}" if listed_on else "Daftar": said, column: found}
    return {
        "business_count": states["all"],
        "listed_on": listed_on,
        "said": said,
        "found": found,
        "found_title": f"Menurut kunjungan, {then}",
        "state_table": charts.bars_table(
            columns, caption="Keadaan usaha menurut daftar dan menurut kunjungan", heading="Keadaan"
        ),
    }


def ages(figures: Figures) -> dict[str, Any]:
    """How far the visits are past their day, with what is late in a sentence."""
    waiting = figures.waiting
    parts = [
        charts.Part(age.code, age.label, waiting[age.code], figures.dues_url(jadwal=age.code), fill)
        for age, fill in zip(AGES, AGE_FILLS, strict=True)
    ]
    oldest = waiting[AGES[-1].code]
    late = f"{dotted(waiting['late'])} kunjungan terlambat" if waiting["late"] else "Tidak ada kunjungan yang terlambat"
    return {
        "ages": charts.ages_bars(parts),
        "ages_sentence": f"{late}, {dotted(oldest)} di antaranya lebih dari 90 hari" if oldest else late,
        "ages_links": [{"url": figures.dues_url(), "label": "Buka Pantau"}],
        "never": figures.business_figure(figures.states["never"], "usaha", kunjungan="belum"),
    }


def cohorts(figures: Figures) -> dict[str, Any]:
    """The state of businesses by the year of their owner's first grant: a bar of 100 % a year, the unknown shown."""
    counts = _states_by_year(figures)
    rows = [
        (label, year, charts.stacked_bar(_parts(figures, found, hibah=year), title=f"Hibah {label}"))
        for year, found in counts.items()
        for label in [year if year != NO_YEAR else "tahun tidak tercatat"]
    ]
    return {
        "cohorts": [{"label": label, "bar": bar, "figure": _all_of(figures, bar, year)} for label, year, bar in rows],
        "cohort_sentence": _cohort_sentence(counts),
        "cohort_table": charts.Table(
            caption="Keadaan usaha menurut tahun hibah pertama pemiliknya",
            columns=("Tahun hibah", *Category.labels, "Jumlah"),
            rows=tuple(
                (
                    charts.Cell(label.capitalize()),
                    *(count_cell(part.count, part.url) for part in bar.parts),
                    count_cell(bar.total, figures.businesses_url(hibah=year)),
                )
                for label, year, bar in rows
            ),
        ),
    }


def _states_by_year(figures: Figures) -> dict[str, Counter]:
    """Today as triggers keep them; on an earlier day by what was known of grants then. The unknown year stands last."""
    if figures.is_today:
        return dict(sorted(states_by(figures.kept(Kind.STATE)).items()))
    counts: dict[str, Counter] = {}
    grouped = figures.businesses().with_grant_year(figures.day).order_by("grant_year").values("grant_year", "state")
    for row in grouped.annotate(n=Count("pk")):
        year = str(row["grant_year"]) if row["grant_year"] else NO_YEAR
        counts.setdefault(year, Counter())[row["state"]] = row["n"]
    return counts


def _parts(figures: Figures, found: dict[str, int], **codes: str) -> list[charts.Part]:
    return [
        charts.Part(code, label, found.get(code, 0), figures.businesses_url(keadaan=code, **codes))
        for code, label in Category.choices
    ]


def _all_of(figures: Figures, bar: charts.StackedBar, year: str):
    return figures.business_figure(bar.total, "usaha", hibah=year)


def _cohort_sentence(counts: dict[str, Counter]) -> str:
    """The year whose known businesses grow most often, and how much is unknown."""
    total = sum(sum(found.values()) for found in counts.values())
    if not total:
        return "Belum ada usaha yang dicatat"
    unknown = sum(found.get(Category.UNKNOWN, 0) for found in counts.values())
    growing = sum(found.get(Category.GROWING, 0) for found in counts.values())
    if total == unknown:
        return f"Keadaan semua {dotted(total)} usaha belum diketahui"
    return (
        f"{dotted(growing)} dari {dotted(total - unknown)} usaha yang diketahui berkembang "
        f"({percent(growing, total - unknown)}); {percent(unknown, total)} belum diketahui"
    )


FUNNEL = (  # each stage is within the one before it, from the second on; the last stands apart
    ("Klien di UPT", {"tahap": "client"}),
    ("Eks klien", {"tahap": "former_client"}),
    ("Eks klien penerima hibah", {"tahap": "former_client", **LIST}),
    ("… yang dikunjungi 183 hari terakhir", {"tahap": "former_client", **LIST, "kunjungan": "baru"}),
    ("… di antaranya perlu bantuan", {"tahap": "former_client", **LIST, "kunjungan": "baru", "bantuan": "perlu"}),
    ("Mandiri, dalam pantauan", {"tahap": "independent"}),
)


def funnel(figures: Figures) -> dict[str, Any]:
    """Where people stop on the way from client to a business that stands: one scale, each stage with its share."""
    stages = figures.people_figures(*((label, "", codes) for label, codes in FUNNEL))
    former = stages[1].value
    bars = charts.ages_bars(
        [charts.Part("", stage.label, stage.value, stage.url, "fill-m3") for stage in stages],
        heading="Tahap",
        measure_label="Orang",
    )
    reached = stages[3].value
    return {
        "funnel": bars,
        "funnel_sentence": (
            f"{dotted(reached)} dari {dotted(stages[2].value)} eks klien penerima dikunjungi dalam 183 hari terakhir"
            if former
            else "Belum ada eks klien yang dicatat"
        ),
    }
