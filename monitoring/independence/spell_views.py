"""Who is still independent after 12 and 24 months: the figures, their table as a file, and the decisions behind them."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from monitoring.independence.spells import sentence, spells, table, with_people
from ppks.kit import dates
from ppks.kit.doors import page
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, downloads, table_book, table_downloads


@page("monitoring.view_business")
def spell_list(request):
    listing = spells(request, dates.today())
    shown, figures = listing.page(), table(listing)
    context = {
        "list": shown,
        "rows": with_people(shown.rows, request.user),
        "table": figures,
        "sentence": sentence(figures),
        "day": listing.day,
        "downloads": downloads(request.user, "pantauan", listing),
        "table_downloads": table_downloads(request.user, "spell_table_file", query=listing.query),
    }
    return render(request, "independence/spell_list.html", context)


@page("clients.export")
def spell_table_file(request, form):
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm("monitoring.view_business"):
        raise PermissionDenied
    listing = spells(request, dates.today())
    return answer(table_book(table(listing), request.user, "masih-mandiri"), form)
