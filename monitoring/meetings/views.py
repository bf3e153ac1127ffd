"""The list of meetings, a meeting's page, announcing one and moving it from station to station."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monitoring.meetings.agenda import hold
from monitoring.meetings.forms import MeetingForm
from monitoring.meetings.inviting import invite, regions_of
from monitoring.meetings.lists import meeting_tabs, meetings
from monitoring.meetings.minutes import close
from monitoring.meetings.models import Meeting
from monitoring.meetings.moves import MEETING
from monitoring.meetings.pages import picture
from monitoring.meetings.reminders import tell_invited
from monitoring.meetings.turns import take_turn
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads


def get_meeting(request, pk: int) -> Meeting:
    """The meeting within reach; 404 otherwise."""
    return get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)


def tell(request, error: ValidationError) -> None:
    """Why something was refused, as messages on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)


@page("meetings.view_meeting")
def meeting_list(request):
    listing = meetings(request, dates.today())
    context = {
        "list": listing.page(),
        "tabs": meeting_tabs(listing),
        "day": listing.day,
        "downloads": downloads(request.user, "rapat", listing),
    }
    return render(request, "meetings/meeting_list.html", context)


@page("meetings.view_meeting")
def meeting_detail(request, pk):
    meeting = get_meeting(request, pk)
    context = picture(meeting, request.user, dates.today())
    context["moves"] = [_button(meeting, offer) for offer in MEETING.offers(request.user, meeting)]
    context["may_settle"] = meeting.is_held and request.user.has_perm("meetings.lead")
    return render(request, "meetings/meeting_detail.html", context)


def _button(meeting, offer):
    hints = {
        "hold": "Agenda lalu tetap seperti saat rapat dimulai.",
        "minute": "Notulen diperiksa dahulu; sesudah ditutup tidak dapat diubah.",
    }
    url = reverse("meeting_close", args=[meeting.pk]) if offer.move.name == "minute" else None
    return {
        "label": offer.move.label,
        "url": url or reverse("meeting_move", args=[meeting.pk, offer.move.name]),
        "open": offer.open,
        "reasons": offer.reasons,
        "needs_note": offer.move.needs_note,
        "hint": hints.get(offer.move.name, ""),
        "tone": "danger" if offer.move.name == "cancel" else "",
    }


@form_page("meetings.lead")
def meeting_add(request):
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        fields = {name: found[name] for name in ("title", "held_on", "begins_at", "place", "scope")}
        meetings_known = Meeting.objects.visible_to(request.user)
        meeting, is_new = meetings_known.get_or_create(key=found["key"], defaults=fields | {"by": request.user})
        if is_new:
            invite(meeting, form.invited)
            tell_invited(meeting, form.invited)
        messages.success(request, f"{meeting} disiapkan. Agendanya tersusun sendiri dari yang menunggu.")
        return redirect("meeting_detail", meeting.pk)
    context = {"form": form, "back_url": reverse("meeting_list")}
    return render(request, "meetings/meeting_form.html", context, status=422 if form.errors else 200)


@form_page("meetings.lead")
def meeting_change(request, pk):
    meeting = get_meeting(request, pk)
    if not meeting.is_prepared:
        messages.error(request, "Rapat ini tidak lagi disiapkan, sehingga tidak dapat diubah.")
        return redirect("meeting_detail", pk)
    fields = ("title", "held_on", "begins_at", "place", "scope")
    initial = {name: getattr(meeting, name) for name in fields}
    initial["regions"] = [] if meeting.is_for_all else [region.pk for region in regions_of(meeting, request.user)]
    form = MeetingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                take_turn(meeting)
                for name in fields:
                    setattr(meeting, name, form.cleaned_data[name])
                meeting.save(update_fields=fields)
                invite(meeting, form.invited)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Perubahan disimpan.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting, "back_url": reverse("meeting_detail", args=[pk])}
    return render(request, "meetings/meeting_form.html", context, status=422 if form.errors else 200)


@action("meetings.lead")
def meeting_move(request, pk, move):
    if move not in MEETING.moves or move == "minute":
        raise Http404
    meeting = get_meeting(request, pk)
    try:
        with refusals():
            if move == "hold":
                hold(meeting, request.user, dates.today())
            else:
                take_turn(meeting)
                MEETING.make(move, meeting, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, f"{meeting}: {meeting.get_status_display().lower()}.")
    return redirect("meeting_detail", pk)


@form_page("meetings.lead")
def meeting_close(request, pk):
    """Everything that the minutes will say, before they are closed for good."""
    meeting = get_meeting(request, pk)
    if not meeting.is_held:
        messages.error(request, "Notulen hanya dapat ditutup selama rapat berlangsung. Muat ulang halaman.")
        return redirect("meeting_detail", pk)
    if request.method == "POST" and request.POST.get("step") == "close":
        try:
            with refusals():
                close(meeting, request.user, dates.today())
        except ValidationError as error:
            tell(request, error)
            return redirect("meeting_detail", pk)
        messages.success(request, "Notulen ditutup. Keputusan yang terbuka dibawa ke agenda rapat berikutnya.")
        return redirect("meeting_minutes", pk)
    problems = MEETING.moves["minute"].problems(meeting, request.user)
    context = picture(meeting, request.user, dates.today()) | {"problems": problems}
    return render(request, "meetings/meeting_close.html", context)


@page("meetings.view_meeting")
def meeting_minutes(request, pk):
    meeting = get_meeting(request, pk)
    return render(request, "meetings/meeting_minutes.html", picture(meeting, request.user, dates.today()))
