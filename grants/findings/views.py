"""The board of findings and the list behind each number."""

from django.shortcuts import render

from grants.applications.lists import lines
from grants.findings.lists import SEE, counted, found
from ppks.kit import dates
from ppks.kit.doors import page
from ppks.kit.sheets import downloads


@page(SEE)
def finding_board(request):
    findings = counted(request.user, dates.today())
    return render(
        request,
        "grants/findings/finding_board.html",
        {
            "findings": sorted(findings, key=lambda one: -one[1]),
            "number": sum(1 for _, count in findings if count),
        },
    )


@page(SEE)
def finding_list(request):
    listing = found(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": lines(shown.rows, request.user),
        "downloads": downloads(request.user, "temuan", listing),
    }
    return render(request, "grants/findings/finding_list.html", context)
