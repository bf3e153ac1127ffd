"""What a meeting decides: recording it with owner and day, the list of all, and carrying one to its end."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monitoring.meetings.agenda import agenda, kept
from monitoring.meetings.forms import DecisionForm
from monitoring.meetings.inviting import regions_of
from monitoring.meetings.lists import decision_tabs, decisions, with_speakers
from monitoring.meetings.models import Decision, DecisionStep, Input
from monitoring.meetings.moves import DECISION
from monitoring.meetings.reminders import tell_owner
from monitoring.meetings.views import get_meeting, tell
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads


@form_page("meetings.lead")
def decision_add(request, pk):
    meeting = get_meeting(request, pk)
    if request.method != "POST" and not meeting.is_held:
        messages.error(request, "Keputusan dicatat selama rapat berlangsung, sebelum notulen ditutup.")
        return redirect("meeting_detail", pk)
    lines = {str(line.item.pk): line for line in kept(agenda(meeting, request.user, dates.today())) if line.item}
    asked = lines.get(request.GET.get("agenda", ""))
    initial = {"item": asked.item.pk, "region": asked.point.region} if asked else {}
    form = DecisionForm(
        request.POST or None,
        meeting=meeting,
        regions=regions_of(meeting, request.user),
        items=[(pk, line.point.title[:90]) for pk, line in lines.items()],
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                _record(meeting, form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Keputusan dicatat.")
            return redirect("meeting_detail", pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "meetings/decision_add.html", context, status=422 if form.errors else 200)


def _record(meeting, found, user) -> None:
    """Once, however often the same form arrives."""
    fields = {name: found[name] for name in ("what", "owner_office", "due_on")}
    fields |= {f"{name}_id": found[name] or None for name in ("item", "region", "owner")}
    fields |= {"meeting": meeting, "by": user}
    decision, is_new = Decision.objects.visible_to(user).get_or_create(key=found["key"], defaults=fields)
    if is_new:
        tell_owner(decision)


@page("meetings.view_meeting")
def decision_list(request):
    listing = decisions(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": [(decision, decision.is_overdue(listing.day)) for decision in shown.rows],
        "tabs": decision_tabs(listing),
        "downloads": downloads(request.user, "keputusan", listing),
    }
    return render(request, "meetings/decision_list.html", context)


def _get(request, pk: int) -> Decision:
    rows = Decision.objects.visible_to(request.user).select_related("meeting", "region").prefetch_related("owner")
    return get_object_or_404(rows, pk=pk)


def _is_theirs(user, decision: Decision) -> bool:
    """A kab/kota settles what was decided for it; what was decided for all is the province's to settle."""
    return user.role_entry.posted_to != "region" or decision.region_id is not None


@page("meetings.view_meeting")
def decision_detail(request, pk):
    decision = _get(request, pk)
    said = Input.objects.visible_to(request.user).filter(decision=decision)
    offers = DECISION.offers(request.user, decision) if _is_theirs(request.user, decision) else []
    context = {
        "decision": decision,
        "is_overdue": decision.is_overdue(dates.today()),
        "steps": list(DecisionStep.objects.visible_to(request.user).filter(decision=decision).prefetch_related("by")),
        "inputs": list(with_speakers(said, request.user)),
        "moves": [
            {
                "label": offer.move.label,
                "url": reverse("decision_move", args=[pk, offer.move.name]),
                "open": offer.open,
                "reasons": offer.reasons,
                "needs_note": True,
                "tone": "danger" if offer.move.name == "drop" else "",
            }
            for offer in offers
        ],
    }
    return render(request, "meetings/decision_detail.html", context)


@action("meetings.settle_decision")
def decision_move(request, pk, move):
    if move not in DECISION.moves:
        raise Http404
    decision = _get(request, pk)
    if not _is_theirs(request.user, decision):
        raise PermissionDenied
    try:
        with refusals():
            DECISION.make(move, decision, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, f"Keputusan: {decision.get_status_display().lower()}.")
    return redirect("decision_detail", pk)
