"""Writing an agenda: adding a subject, leaving one out with a reason, putting it elsewhere, and what was said of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from monitoring.meetings.agenda import Line, agenda, move_by, store
from monitoring.meetings.forms import DiscussForm, DropForm, ItemForm
from monitoring.meetings.inviting import regions_of
from monitoring.meetings.models import MANUAL, AgendaItem, Meeting
from monitoring.meetings.views import get_meeting, tell
from ppks.kit import dates
from ppks.kit.doors import action, form_page
from ppks.kit.refusals import refusals

WAYS = {"naik": -1, "turun": 1, "atas": -1_000}
FROZEN = "Rapat sudah dimulai; agendanya tidak dapat diubah lagi."


def _line(request, meeting: Meeting, handle: str) -> tuple[list[Line], Line]:
    lines = agenda(meeting, request.user, dates.today())
    line = next((line for line in lines if line.handle == handle), None)
    if line is None:
        raise Http404
    return lines, line


@form_page("meetings.lead")
def item_add(request, pk):
    meeting = get_meeting(request, pk)
    form = ItemForm(request.POST or None, regions=regions_of(meeting, request.user))
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            with refusals():
                AgendaItem(
                    meeting=meeting,
                    kind=MANUAL,
                    title=found["title"],
                    text=found["text"],
                    region_id=found["region"] or None,
                ).save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Ditambahkan ke agenda.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/item_add.html", context, status=422 if form.errors else 200)


@form_page("meetings.lead")
def item_drop(request, pk, handle):
    meeting = get_meeting(request, pk)
    _, line = _line(request, meeting, handle)
    form = DropForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                item = store(meeting, line)
                item.is_dropped, item.dropped_reason = True, form.cleaned_data["reason"].strip()
                item.save(update_fields=["is_dropped", "dropped_reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Dilepas dari agenda; dapat dipulihkan selama rapat disiapkan.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting, "line": line}
    return render(request, "meetings/item_drop.html", context, status=422 if form.errors else 200)


@action("meetings.lead")
def item_move(request, pk, handle, way):
    if way not in {*WAYS, "pulihkan"}:
        raise Http404
    meeting = get_meeting(request, pk)
    lines, line = _line(request, meeting, handle)
    try:
        with refusals():
            if not meeting.is_prepared:
                raise ValidationError(FROZEN)
            if way == "pulihkan" and line.item:
                line.item.is_dropped, line.item.dropped_reason = False, ""
                line.item.save(update_fields=["is_dropped", "dropped_reason"])
            elif way in WAYS and not line.is_dropped:
                move_by(meeting, lines, handle, WAYS[way])
    except ValidationError as error:
        tell(request, error)
    return redirect("meeting_detail", pk)


@form_page("meetings.lead")
def item_discuss(request, pk):
    items = AgendaItem.objects.visible_to(request.user).select_related("meeting")
    item = get_object_or_404(items, pk=pk, is_dropped=False)
    form = DiscussForm(request.POST or None, initial={"discussion": item.discussion})
    if request.method == "POST" and form.is_valid():
        item.discussion = form.cleaned_data["discussion"]
        try:
            with refusals():
                item.save(update_fields=["discussion"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Hasil pembahasan dicatat.")
            return redirect("meeting_detail", item.meeting_id)
    context = {"form": form, "item": item, "meeting": item.meeting}
    return render(request, "meetings/item_discuss.html", context, status=422 if form.errors else 200)
