"""Who comes to a meeting, what people say there, and what became of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from monitoring.meetings.forms import InputForm, ParticipantForm, SettleForm
from monitoring.meetings.inviting import participant_for, regions_of
from monitoring.meetings.lists import inputs, said, with_speakers
from monitoring.meetings.models import Decision, Input, Participant
from monitoring.meetings.views import get_meeting, tell
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads


@form_page("meetings.lead")
def participant_list(request, pk):
    meeting = get_meeting(request, pk)
    form = ParticipantForm(request.POST or None, regions=regions_of(meeting, request.user))
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            with refusals():
                Participant(
                    meeting=meeting, name=found["name"], office=found["office"], region_id=found["region"] or None
                ).save()
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{found['name']} ditambahkan.")
            return redirect("participant_list", pk)
    rows = Participant.objects.visible_to(request.user).filter(meeting=meeting).select_related("region")
    context = {"form": form, "meeting": meeting, "participants": list(rows)}
    return render(request, "meetings/participant_list.html", context, status=422 if form.errors else 200)


@action("meetings.lead")
def participant_mark(request, pk, way):
    rows = Participant.objects.visible_to(request.user).select_related("meeting")
    participant = get_object_or_404(rows, pk=pk)
    if way not in {"hadir", "belum-hadir", "hapus"}:
        raise Http404
    try:
        with refusals():
            if way != "hapus":
                participant.attended = way == "hadir"
                participant.save(update_fields=["attended"])
            elif Input.objects.visible_to(request.user).filter(participant=participant).exists():
                raise ValidationError("Peserta ini sudah menyampaikan masukan, jadi tetap dalam daftar.")
            else:
                participant.delete()
    except ValidationError as error:
        tell(request, error)
    return redirect("participant_list", participant.meeting_id)


@form_page("meetings.give_input")
def input_add(request, pk):
    meeting = get_meeting(request, pk)
    if request.method != "POST" and not meeting.takes_inputs:
        messages.error(request, "Rapat ini tidak lagi menerima masukan.")
        return redirect("meeting_detail", pk)
    leads, regions = request.user.has_perm("meetings.lead"), regions_of(meeting, request.user)
    known = {str(region.pk): region for region in regions}
    present = list(Participant.objects.visible_to(request.user).filter(meeting=meeting)) if leads else None
    form = InputForm(request.POST or None, regions=regions, participants=present)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            with refusals():
                region = known.get(found["region"]) or (None if leads else regions[0])
                speaker = found.get("participant") or participant_for(meeting, request.user, region).pk
                fields = {"meeting": meeting, "participant_id": speaker, "region": region, "by": request.user}
                fields |= {name: found[name] for name in ("theme", "text")}
                Input.objects.visible_to(request.user).get_or_create(key=found["key"], defaults=fields)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Masukan dicatat. Tindak lanjutnya terlihat di halaman rapat ini.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting, "leads": leads, "nobody": leads and not present}
    return render(request, "meetings/input_add.html", context, status=422 if form.errors else 200)


@form_page("meetings.lead")
def input_settle(request, pk):
    one = get_object_or_404(Input.objects.visible_to(request.user).select_related("meeting", "participant"), pk=pk)
    decisions = Decision.objects.visible_to(request.user).filter(meeting=one.meeting_id).order_by("pk")
    initial = {"outcome": one.outcome, "decision": one.decision_id, "reason": one.outcome_reason}
    form = SettleForm(request.POST or None, decisions=list(decisions), initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        decided = found["outcome"] == Input.Outcome.DECIDED
        one.outcome, one.outcome_reason = found["outcome"], found["reason"]
        one.decision_id = int(found["decision"]) if decided else None
        try:
            with refusals():
                one.save(update_fields=["outcome", "decision", "outcome_reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Tindak lanjut dicatat.")
            return redirect("meeting_detail", one.meeting_id)
    context = {"form": form, "input": one, "meeting": one.meeting}
    return render(request, "meetings/input_settle.html", context, status=422 if form.errors else 200)


@page("meetings.view_meeting")
def input_list(request):
    listing = inputs(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": [(one, speaker, said(one)) for one, speaker in with_speakers(shown.rows, request.user)],
        "downloads": downloads(request.user, "masukan", listing),
    }
    return render(request, "meetings/input_list.html", context)
