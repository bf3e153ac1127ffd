"""The programme as a whole and by kab/kota: the dashboard, one region against the province, the table, the files."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from ppks.dashboard.comparing import comparison
from ppks.dashboard.costs import costs
from ppks.dashboard.curves import fits, growth_curves, independence_curves
from ppks.dashboard.figures import Figures
from ppks.dashboard.measures import measure_asked, region_map, region_table, sum_row
from ppks.dashboard.pictures import ages, business_states, cohorts, funnel
from ppks.dashboard.views import frame
from ppks.kit.asof import asked_day
from ppks.kit.doors import page
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, table_book, table_downloads
from ppks.regions.models import Region

TABLES = {
    "peta": lambda figures, request: region_map(figures, measure_asked(request))["map"].table,
    "keadaan": lambda figures, request: business_states(figures)["state_table"],
    "umur": lambda figures, request: ages(figures)["ages"].table,
    "hibah": lambda figures, request: cohorts(figures)["cohort_table"],
    "alur": lambda figures, request: funnel(figures)["funnel"].table,
    "kurva": lambda figures, request: growth_curves(figures)["growth_table"],
    "kurva-mandiri": lambda figures, request: independence_curves(figures)["mandiri_table"],
    "keterampilan": lambda figures, request: fits(figures)["fit_table"],
    "biaya": lambda figures, request: costs(figures)["cost_table"],
    "banding": lambda figures, request: comparison(figures, _region(request))["compare_table"],
}


@page("monitoring.view_business")
def dashboard(request):
    """Is the programme working: from client to a business that stands, and how the businesses of each grant year do."""
    figures = Figures(request.user, asked_day(request.GET))
    context = {
        "regions": [
            {"label": str(region), "url": figures.url("region_detail", region.code)}
            for region in Region.objects.current().visible_to(request.user)
        ],
        "outcome_url": figures.url("outcome_overview"),
    }
    everything = frame(request, figures) | cohorts(figures) | funnel(figures) | context
    return render(request, "dashboard/dashboard.html", everything)


@page("monitoring.view_business")
def region_detail(request, code):
    """One kab/kota against the province."""
    region = get_object_or_404(Region.objects.current().visible_to(request.user), code=code)
    figures = Figures(request.user, asked_day(request.GET), kab=region.code)
    context = {"region": region, "crumbs": _crumbs(figures, region)} | comparison(figures, region)
    shown = ages(figures) | cohorts(figures) | funnel(figures)
    return render(request, "dashboard/region_detail.html", frame(request, figures) | shown | context)


def _crumbs(figures: Figures, region: Region) -> list[dict]:
    return [{"label": "Dasbor", "url": Figures(figures.user, figures.day).url("dashboard")}, {"label": str(region)}]


@page("clients.view_person")
def region_list(request):
    """The kab/kota behind the front page's number: those with recipients on the list, and the rest beneath."""
    figures = Figures(request.user, asked_day(request.GET))
    table = region_table(figures)
    present = tuple(row for row in table.rows if row[1].value)
    query = figures.url("front").partition("?")[2]
    context = {
        "table": replace(table, rows=present).with_row(*sum_row(table, figures)),
        "count": len(present),
        "without": [row[0].text for row in table.rows if not row[1].value],
        "day": figures.day,
        "is_today": figures.is_today,
        "here": request.path,
        "downloads": table_downloads(request.user, "region_list_file", query=f"?{query}" if query else ""),
    }
    return render(request, "dashboard/region_list.html", context)


@page("clients.export")
def region_list_file(request, form):
    """The table of kab/kota as a file."""
    if form not in FORMS:
        raise Http404
    table = region_table(Figures(request.user, asked_day(request.GET)))
    return answer(table_book(table, request.user, "kab-kota"), form)


@page("clients.export")
def picture_file(request, name, form):
    """The table beneath a picture as a file, of the same kab/kota and day."""
    if name not in TABLES or form not in FORMS:
        raise Http404
    if not request.user.has_perm("monitoring.view_business"):
        raise PermissionDenied
    scope = {"kab": _region(request).code} if request.GET.get("kab") else {}
    figures = Figures(request.user, asked_day(request.GET), **scope)
    return answer(table_book(TABLES[name](figures, request), request.user, name), form)


def _region(request) -> Region:
    """The kab/kota that the address names; 404 for one out of reach."""
    regions = Region.objects.current().visible_to(request.user)
    return get_object_or_404(regions, code=request.GET.get("kab", ""))
