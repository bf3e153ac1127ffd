"""What a business's page tells: the assessment that holds, the picture of its turnover, what stands after the last visit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from monitoring import standing
from monitoring.assessing import assessment, in_order
from monitoring.changes import changes
from monitoring.found import found_on, visits_to
from monitoring.models import Business, Draft, ListedFigure, Override, Visit
from monitoring.overriding import in_force
from monitoring.progress import Category
from ppks.kit import charts, dates, rupiah
from ppks.kit.prepared import prepared
from ppks.regions.models import MinimumWage

LOOKED_BACK = 12  # visits in which permits and items of the aid are looked for


def told(business: Business, user: Any, day: date) -> dict[str, Any]:
    """What is known of the business on `day`, all from the same visits."""
    visits = [visit for visit in visits_to(user, business.pk) if visit.visited_on <= day]
    return _picture(business, user, day, visits) | _since_then(business, user, day, visits[:LOOKED_BACK])


def _picture(business: Business, user: Any, day: date, visits: list[Visit]) -> dict[str, Any]:
    """Assessment, sentence, line and table, all from the same observations."""
    observations = in_order(_listed(user, business.pk, day), visits)
    then = assessment(business, observations, day)
    points = [
        charts.Point(day=seen.on, value=seen.turnover, url=_url(seen))
        for seen in observations
        if seen.turnover is not None
    ]
    wages = _wages(user, business.region_id, day)
    references = [charts.Reference(f"UMK {business.region} {w.valid_from.year}", w.amount, w.valid_from) for w in wages]
    override = in_force(business, user, day)
    return {
        "assessment": then,
        "override": override,
        "headline": headline(business, then, override),
        "chart": charts.line_chart(points, references=references) if len(points) > 1 else None,
        "chart_sentence": chart_sentence(points, wages),
        "observations": [_line(business, observations, seen) for seen in reversed(observations)],
    }


def _since_then(business: Business, user: Any, day: date, last: list[Visit]) -> dict[str, Any]:
    """What the last visits found beside figures, and what is different since the one before."""
    visits = found_on(last, user)
    before = visits[1] if len(visits) > 1 else None
    return {
        "last": visits[0].visit if visits else None,
        "before": before.visit if before else None,
        "changes": changes(before, visits[0]) if before else [],
        "obstacles": standing.obstacles(visits),
        "permits": standing.permits(visits, day),
        "aids": standing.aids(visits),
        "draft": next(iter(_drafts(user, business.pk)), None),
    }


@prepared
def _listed(user, business, day):
    return ListedFigure.objects.visible_to(user).filter(business=business, observed_on__lte=day).order_by("pk")


@prepared
def _wages(user, region, day):
    return MinimumWage.objects.filter(region=region, valid_from__lte=day).order_by("valid_from")


@prepared
def _drafts(user, business):
    return Draft.objects.visible_to(user).filter(business=business, replaces=None)[:1]


def headline(business: Business, found: Any, override: Override | None) -> str:
    """One sentence: what is the case."""
    if override:
        return f"{business}: {override.get_category_display().lower()}, ditetapkan petugas."
    return f"{business}: {Category(found.category).label.lower()}. {found.reasons[0]}"


def chart_sentence(points: list[charts.Point], wages: Sequence[MinimumWage]) -> str:
    """From where to where, and how often above the UMK that held at that time."""
    if len(points) < 2:
        return "Belum cukup angka omzet untuk digambar."
    first, last = points[0], points[-1]
    began, ended = (f"{rupiah.format(point.value)} ({dates.month(point.day)})" for point in (first, last))
    moved = f"Omzet sebulan dari {began} menjadi {ended}"
    compared = [(point, wage) for point in points if (wage := _wage_on(wages, point.day))]
    if not compared:
        return f"{moved}."
    above = sum(point.value >= wage for point, wage in compared)
    if above == len(compared):
        return f"{moved}, selalu di atas UMK tahunnya."
    return f"{moved}, {f'{above} dari {len(compared)} kali' if above else 'belum pernah'} mencapai UMK tahunnya."


def _wage_on(wages: Sequence[MinimumWage], day: date) -> int | None:
    """The minimum wage that held on the day; None before the first one known."""
    return next((wage.amount for wage in reversed(wages) if wage.valid_from <= day), None)


def _url(seen: Any) -> str:
    return reverse("visit_detail", args=[seen.key]) if isinstance(seen, Visit) else ""


def _line(business: Business, observations: list, seen) -> dict[str, Any]:
    """One row of the table of visits, with the state that the rule saw on that day."""
    then = assessment(business, observations, seen.on)
    return {
        "on": seen.on,
        "origin": "Kunjungan" if isinstance(seen, Visit) else "Daftar",
        "url": _url(seen),
        "turnover": seen.turnover,
        "profit": seen.profit,
        "workers": seen.workers,
        "operating": seen.operating,
        "category": then.category,
        "label": Category(then.category).label,
    }
