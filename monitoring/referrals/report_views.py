"""Days and outcomes per partner office: the page, and its table as a file."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from monitoring.referrals.lists import referrals
from monitoring.referrals.report import by_office, median_of_all, sentence, sum_row, table
from ppks.kit import dates
from ppks.kit.doors import page
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, table_book, table_downloads


@page("referrals.view_referral")
def office_report(request):
    listing = referrals(request, dates.today())
    rows = by_office(listing)
    context = {
        "sentence": sentence(rows, median_of_all(listing)),
        "table": table(rows, listing).with_row(*sum_row(rows, listing)),
        "is_empty": not rows,
        "day": listing.day,
        "filter_form": listing.form(),
        "chips": listing.chips(),
        "downloads": table_downloads(request.user, "office_report_file", query=listing.query),
    }
    return render(request, "referrals/office_report.html", context)


@page("clients.export")
def office_report_file(request, form):
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm("referrals.view_referral"):
        raise PermissionDenied
    listing = referrals(request, dates.today())
    return answer(table_book(table(by_office(listing), listing), request.user, "kantor-mitra"), form)
