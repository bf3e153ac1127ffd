"""Reports: the periods, a period's figures live or frozen, what changed since, the rows behind a figure, the workbook."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.pages import BY_NAME
from monitoring.reports.book import book
from monitoring.reports.differences import MOST, differences
from monitoring.reports.lists import NAME, asked_for, behind, lines, total_of
from monitoring.reports.models import Edition
from monitoring.reports.pages import Report, begun
from monitoring.reports.periods import FIRST_YEAR, Period, parse, periods_of
from monitoring.reports.values import frozen
from ppks.kit import dates
from ppks.kit.doors import page, seen
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, downloads, table_downloads
from ppks.regions.models import Region

SEE = "reports.view_report"
YEARS = 6  # that the list of periods offers


def get_period(code: str) -> Period:
    """The period of an address; 404 for what is none or lies ahead."""
    period = parse(code)
    if period is None or not period.has_begun(dates.today()):
        raise Http404
    return period


def get_edition(request: Any, code: str, number: int) -> Edition:
    """That edition with who closed it."""
    rows = Edition.objects.visible_to(request.user).of(get_period(code)).annotate(by_name=BY_NAME)
    return get_object_or_404(rows, number=number)


def asked_region(request: Any) -> Region | None:
    """The kab/kota that a report is narrowed to; 404 for one out of reach."""
    code = request.GET.get("kab", "")
    return get_object_or_404(Region.objects.current().visible_to(request.user), code=code) if code else None


@page(SEE)
def period_list(request):
    """The periods of a year, each with what became of its report."""
    day = dates.today()
    typed = request.GET.get("tahun", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else day.year
    if not FIRST_YEAR <= year <= day.year:
        raise Http404
    latest = (
        Edition.objects.visible_to(request.user).filter(first_on__year=year).latest_each().annotate(by_name=BY_NAME)
    )
    editions = {(one.first_on, one.last_on): one for one in latest}
    rows = begun(periods_of(year), editions, day)
    context = {
        "rows": rows,
        "year": year,
        "years": [
            {"label": str(each), "url": f"{reverse('period_list')}?tahun={each}", "current": each == year}
            for each in range(max(day.year - YEARS + 1, FIRST_YEAR), day.year + 1)
        ],
        "waiting": sum(row["has_ended"] and row["edition"] is None for row in rows),
        "may_close": request.user.has_perm("reports.close_report"),
    }
    return render(request, "reports/period_list.html", context)


@page(SEE)
def period_detail(request, code):
    """The figures of a period as they are now."""
    period = get_period(code)
    report = Report(request.user, period, dates.today())
    editions = list(Edition.objects.visible_to(request.user).of(period))
    return render(request, "reports/period_detail.html", picture(request, report) | {"editions": editions})


@page(SEE)
def edition_detail(request, code, number):
    """The figures as they were closed, with today's beside those that changed."""
    edition = get_edition(request, code, number)
    report = _frozen(request, edition)
    others = Edition.objects.visible_to(request.user).of(edition.period).exclude(pk=edition.pk)
    context = picture(request, report) | {"edition": edition, "changed": report.changed(), "others": list(others)}
    return render(request, "reports/edition_detail.html", context)


def _frozen(request, edition: Edition) -> Report:
    values = frozen(edition, request.user)
    return Report(request.user, edition.period, dates.today(), edition=edition, values=values)


def picture(request: Any, report: Report) -> dict[str, Any]:
    """What every page of one report needs."""
    region = asked_region(request)
    codes = [f"edisi={report.edition.number}"] if report.edition else []
    codes += [f"kab={region.code}"] if region else []
    query = f"?{'&'.join(codes)}" if codes else ""
    return {
        "period": report.period,
        "region": region,
        "place": str(region or (report.regions[0] if len(report.regions) == 1 else "Jawa Timur")),
        "regions": report.regions if len(report.regions) > 1 else [],
        "sections": report.sections(region),
        "here": request.path,
        "is_open": request.GET.get("rinci") == "1",
        "day": dates.today(),
        "has_ended": report.period.has_ended(dates.today()),
        "may_close": request.user.has_perm("reports.close_report"),
        "downloads": table_downloads(request.user, "period_file", report.period.code, query=query),
    }


@page(SEE)
def edition_differences(request, code, number):
    """Row by row, what is different by now."""
    edition = get_edition(request, code, number)
    found = differences(edition, _frozen(request, edition).changed(), request.user)
    people = [line.person for each in found for line in (*each.gone, *each.come) if line.person]
    seen(request, *{person.identity_id for person in people})
    context = {"edition": edition, "period": edition.period, "found": found, "most": MOST}
    return render(request, "reports/edition_differences.html", context)


@page(SEE)
def period_rows(request):
    """The rows behind one figure; without one, the way to all of them."""
    if "ukuran" not in request.GET:
        return redirect("period_list")
    asked = asked_for(request.GET, request.user, dates.today())
    listing = behind(request, dates.today())
    shown = listing.page()
    rows = lines(shown.rows, request.user, asked.source.words)
    seen(request, *(line.person.identity_id for line in rows if line.person))
    context = {
        "asked": asked,
        "list": shown,
        "rows": rows,
        "total": total_of(listing) if asked.measure.is_sum else None,
        "downloads": downloads(request.user, NAME, listing),
    }
    return render(request, "reports/period_rows.html", context)


@page("clients.export")
def period_file(request, code, form):
    """The whole report as a file, of the edition and the kab/kota that the address names."""
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm(SEE):
        raise PermissionDenied
    number = request.GET.get("edisi", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404
    period = get_period(code)
    report = (
        _frozen(request, get_edition(request, code, int(number)))
        if number
        else Report(request.user, period, dates.today())
    )
    return answer(book(report, request.user, asked_region(request)), form)
