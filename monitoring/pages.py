"""What a business's page tells: the assessment that holds, the picture of its turnover, the visits beneath."""

from datetime import date
from typing import Any

from monitoring.assessing import assessment, observations_of
from monitoring.models import Business, Visit
from monitoring.progress import Category
from ppks.kit import charts, dates, rupiah
from ppks.regions.models import MinimumWage


def picture(business: Business, day: date) -> dict[str, Any]:
    """Assessment, sentence, line and table for `day`, all from the same observations."""
    observations = observations_of(business)
    today = assessment(business, observations, day)
    points = [charts.Point(day=seen.on, value=seen.turnover) for seen in observations if seen.turnover is not None]
    wage = MinimumWage.objects.filter(region=business.region_id, valid_from__lte=day).order_by("-valid_from").first()
    reference = charts.Reference(f"UMK {business.region} {wage.valid_from.year}", wage.amount) if wage else None
    return {
        "assessment": today,
        "headline": headline(business, today),
        "chart": charts.line_chart(points, reference=reference) if len(points) > 1 else None,
        "chart_sentence": chart_sentence(points, wage),
        "observations": [_line(business, observations, seen) for seen in reversed(observations)],
    }


def headline(business: Business, found) -> str:
    """One sentence: what is the case."""
    return f"{business}: {Category(found.category).label.lower()}. {found.reasons[0]}"


def chart_sentence(points: list[charts.Point], wage: MinimumWage | None) -> str:
    if len(points) < 2:
        return "Belum cukup angka omzet untuk digambar."
    first, last = points[0], points[-1]
    began, ended = (f"{rupiah.format(point.value)} ({dates.month(point.day)})" for point in (first, last))
    moved = f"Omzet sebulan dari {began} menjadi {ended}"
    if wage is None:
        return f"{moved}."
    beyond = "sudah di atas" if last.value >= wage.amount else "masih di bawah"
    return f"{moved}, {beyond} UMK {rupiah.format(wage.amount)}."


def _line(business: Business, observations: list, seen) -> dict[str, Any]:
    """One row of the table of visits, with the state that the rule saw on that day."""
    then = assessment(business, observations, seen.on)
    is_visit = isinstance(seen, Visit)
    return {
        "on": seen.on,
        "origin": "Kunjungan" if is_visit else "Daftar",
        "turnover": seen.turnover,
        "profit": seen.profit,
        "workers": seen.workers,
        "operating": seen.operating,
        "category": then.category,
        "label": Category(then.category).label,
    }
