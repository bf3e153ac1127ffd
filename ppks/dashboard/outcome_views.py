"""What the programme has achieved: cohort curves, fit of skills, what helped, cost, and who is still independent."""

from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from monitoring.independence.spells import sentence as spell_sentence
from monitoring.independence.spells import spells
from monitoring.independence.spells import table as spell_table
from monitoring.plans.helped import CAUTION, what_helped
from monitoring.plans.helped import sentence as helped_sentence
from ppks.dashboard.costs import cost_rows, costs, total_of
from ppks.dashboard.curves import fits, growth_curves, independence_curves
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from ppks.kit.asof import asked_day
from ppks.kit.doors import page, seen
from ppks.kit.listing import Asked
from ppks.kit.sheets import downloads, table_downloads
from ppks.regions.models import Region, regions_of

SEE = "monitoring.view_business"
PICTURES = ("kurva", "kurva-mandiri", "keterampilan", "biaya")


@page(SEE)
def outcome_overview(request):
    figures, region = _figures(request)
    query = figures.url("front").partition("?")[2]
    context = {
        "region": region,
        "regions": regions_of(request.user),
        "day": figures.day,
        "is_today": figures.is_today,
        "here": request.path,
        "caution": CAUTION,
        "helped_sentence": helped_sentence(what_helped(request.user)),
        "dashboard_url": Figures(request.user, figures.day).url("dashboard"),
        "downloads": {
            name.replace("-", "_"): table_downloads(
                request.user, "picture_file", name, query=f"?{query}" if query else ""
            )
            for name in PICTURES
        },
    }
    shown = growth_curves(figures) | independence_curves(figures) | fits(figures) | costs(figures)
    return render(request, "dashboard/outcome_overview.html", shown | _still(request, figures) | context)


def _figures(request) -> tuple[Figures, Region | None]:
    code = request.GET.get("kab", "")
    region = get_object_or_404(Region.objects.current().visible_to(request.user), code=code) if code else None
    return Figures(request.user, asked_day(request.GET), **({"kab": region.code} if region else {})), region


def _still(request, figures: Figures) -> dict[str, Any]:
    """Who is still independent after 12 and 24 months; of today alone."""
    if not figures.is_today:
        return {"spell_table": None}
    asked = QueryDict(mutable=True)
    asked.update(figures.scope)
    listing = spells(Asked(request.user, asked), dates.today())
    table = spell_table(listing)
    return {
        "spell_table": table,
        "spell_sentence": spell_sentence(table),
        "spell_url": f"{reverse('spell_list')}{listing.query}",
        "spell_downloads": table_downloads(request.user, "spell_table_file", query=listing.query),
    }


@page(SEE)
def cost_list(request):
    """The people behind the rupiah, each with what was received."""
    listing = cost_rows(request, dates.today())
    shown = listing.page()
    seen(request, *(person.identity_id for person in shown.rows))
    context = {
        "list": shown,
        "total": total_of(listing),
        "day": listing.day,
        "downloads": downloads(request.user, "biaya", listing),
    }
    return render(request, "dashboard/cost_list.html", context)
