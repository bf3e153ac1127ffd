"""Papers around a meeting: the briefing of each kab/kota before it, and the guidance report after many."""

from django.http import Http404
from django.shortcuts import render

from monitoring.meetings.briefing import briefing, overview
from monitoring.meetings.guidance import SHOWN, chapters, counted, sentence, table
from monitoring.meetings.lists import OF_MEETING, OF_YEAR, REGION, inputs
from monitoring.meetings.models import Input
from monitoring.meetings.views import get_meeting
from ppks.kit import dates
from ppks.kit.doors import page
from ppks.kit.listing import Listing
from ppks.kit.sheets import downloads


@page("meetings.view_meeting")
def briefing_list(request, pk):
    meeting = get_meeting(request, pk)
    context = {"meeting": meeting, "table": overview(meeting, request.user, dates.today()), "day": dates.today()}
    return render(request, "meetings/briefing_list.html", context)


@page("meetings.view_meeting")
def briefing_print(request, pk):
    meeting, code = get_meeting(request, pk), request.GET.get("kab", "")
    sheets = briefing(meeting, request.user, dates.today(), only=code)
    if code and not sheets:
        raise Http404
    context = {"meeting": meeting, "sheets": sheets, "day": dates.today()}
    return render(request, "meetings/briefing_print.html", context)


@page("meetings.view_meeting")
def guidance_report(request):
    """What people said, by theme, and what became of it; narrowed by year, kab/kota or meeting."""
    rows = Input.objects.visible_to(request.user).select_related("meeting", "region", "decision")
    filters = (REGION, OF_YEAR, OF_MEETING)
    listing = Listing(request, rows, filters=filters, keys=("theme", "pk"), day=dates.today())
    counts = counted(listing)
    total = sum(sum(found.values()) for found in counts.values())
    context = {
        "total": total,
        "sentence": sentence(counts),
        "table": table(listing, counts),
        "chapters": chapters(listing, request.user),
        "is_cut": total > SHOWN,
        "day": listing.day,
        "filter_form": listing.form(),
        "chips": listing.chips(),
        "clear_url": request.path,
        "downloads": downloads(request.user, "masukan", inputs(request, dates.today())),
    }
    return render(request, "meetings/guidance_report.html", context)
