"""The office's side: the list of reports, one report with its way, its answer, notes, and the contact for a reason."""

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from monitoring.feedback.forms import AnswerForm, EntrustForm, ReasonForm, WordsForm
from monitoring.feedback.lists import PATIENCE, days_waiting, reports, tabs
from monitoring.feedback.models import ContactLook, Feedback, FeedbackAnswer, FeedbackNote, FeedbackStep
from monitoring.feedback.moves import FEEDBACK, HANDLE
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads
from ppks.regions.models import Region


def _get(request, pk: int) -> Feedback:
    rows = Feedback.objects.visible_to(request.user).select_related("region").prefetch_related("entrusted_to")
    return get_object_or_404(rows, pk=pk)


def _tell(request, error: ValidationError) -> None:
    for sentence in error.messages:
        messages.error(request, sentence)


@page("feedback.view")
def feedback_list(request):
    listing = reports(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": [(report, days_waiting(report, listing.day), _is_late(report, listing.day)) for report in shown.rows],
        "tabs": tabs(listing),
        "downloads": downloads(request.user, "pengaduan", listing),
    }
    return render(request, "feedback/feedback_list.html", context)


def _is_late(report: Feedback, day) -> bool:
    return report.is_waiting and days_waiting(report, day) > PATIENCE


@page("feedback.view")
def feedback_detail(request, pk):
    report, user = _get(request, pk), request.user
    told = {
        name: list(model.objects.visible_to(user).filter(feedback=report).prefetch_related("by"))
        for name, model in (
            ("answers", FeedbackAnswer),
            ("notes", FeedbackNote),
            ("steps", FeedbackStep),
            ("looks", ContactLook),
        )
    }
    context = told | {
        "feedback": report,
        "words": "" if report.is_masked else report.text.reveal(),
        "has_contact": not report.is_masked and bool(report.name or report.contact),
        "is_late": _is_late(report, dates.today()),
        "days": days_waiting(report, dates.today()),
        "moves": [_button(report, offer) for offer in FEEDBACK.offers(user, report) if offer.move.name != "answer"],
    }
    return render(request, "feedback/feedback_detail.html", context)


def _button(report, offer):
    return {
        "label": offer.move.label,
        "url": reverse("feedback_move", args=[report.pk, offer.move.name]),
        "open": offer.open,
        "reasons": offer.reasons,
        "needs_note": offer.move.needs_note,
        "tone": "danger" if offer.move.name == "dismiss" else "",
    }


@action(HANDLE)
def feedback_move(request, pk, move):
    if move not in FEEDBACK.moves or move == "answer":
        raise Http404
    report = _get(request, pk)
    try:
        with refusals():
            FEEDBACK.make(move, report, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        _tell(request, error)
    else:
        messages.success(request, f"{report}: {report.get_status_display().lower()}.")
    return redirect("feedback_detail", pk)


@form_page(HANDLE)
def feedback_answer(request, pk):
    report = _get(request, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                _answer(report, form.cleaned_data, request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Jawaban disimpan. Pelapor membacanya dengan nomor tiket dan kata rahasianya.")
            return redirect("feedback_detail", pk)
    context = {"form": form, "feedback": report}
    return render(request, "feedback/feedback_answer.html", context, status=422 if form.errors else 200)


def _answer(report: Feedback, found: dict, user) -> None:
    """Store the answer once, and carry the report to where an answer leads."""
    if report.status == Feedback.Status.CLOSED:
        raise ValidationError("Laporan ini sudah selesai. Buka kembali sebelum menjawab lagi.")
    fields = {"feedback": report, "text": found["text"], "by": user}
    _, is_new = FeedbackAnswer.objects.visible_to(user).get_or_create(key=found["key"], defaults=fields)
    if is_new and report.status == Feedback.Status.NEW:
        FEEDBACK.make("take", report, by=user)
    if is_new and report.status == Feedback.Status.HANDLING:
        FEEDBACK.make("answer", report, by=user)


@form_page(HANDLE)
def feedback_note(request, pk):
    report = _get(request, pk)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        fields = {"feedback": report, "text": form.cleaned_data["text"], "by": request.user}
        known = FeedbackNote.objects.visible_to(request.user)
        known.get_or_create(key=form.cleaned_data["key"], defaults=fields)
        messages.success(request, "Catatan disimpan; pelapor tidak melihatnya.")
        return redirect("feedback_detail", pk)
    context = {"form": form, "feedback": report}
    return render(request, "feedback/feedback_note.html", context, status=422 if form.errors else 200)


@form_page(HANDLE)
def feedback_contact(request, pk):
    """Name and contact of whoever sent it, for a reason that is written down with who asked."""
    report = _get(request, pk)
    form = ReasonForm(request.POST or None)
    context = {"form": form, "feedback": report}
    if request.method == "POST" and form.is_valid():
        ContactLook(feedback=report, reason=form.cleaned_data["reason"], by=request.user).save()
        shown = {"name": report.name, "contact": report.contact}
        context |= {name: sealed.reveal() if sealed else "" for name, sealed in shown.items()}
        return render(request, "feedback/feedback_contact_shown.html", context)
    return render(request, "feedback/feedback_contact.html", context, status=422 if form.errors else 200)


@form_page("feedback.entrust")
def feedback_entrust(request, pk):
    """The head names one of the province's staff who may read and handle a sensitive report."""
    report = _get(request, pk)
    form = EntrustForm(request.POST or None, initial={"handler": str(report.entrusted_to_id or "")})
    if request.method == "POST" and form.is_valid():
        handler = form.cleaned_data["handler"]
        try:
            with refusals():
                Feedback.objects.visible_to(request.user).filter(pk=pk).update(entrusted_to=handler)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Ditangani {handler}." if handler else "Hanya kepala dinas yang membacanya.")
            return redirect("feedback_detail", pk)
    context = {"form": form, "feedback": report}
    return render(request, "feedback/feedback_entrust.html", context, status=422 if form.errors else 200)


@page("feedback.view")
def feedback_poster(request):
    """A sheet for the wall: where to say what, with a code that telephones read."""
    regions = list(Region.objects.visible_to(request.user).current())
    chosen = next((region for region in regions if region.code == request.GET.get("kab", "")), None)
    query = f"?kab={chosen.code}" if chosen else ""
    address = request.build_absolute_uri(reverse("feedback_send"))
    context = {
        "regions": regions,
        "chosen": chosen,
        "address": address.partition("://")[2],
        "qr_svg": segno.make(address + query, error="m").svg_inline(
            border=2, omitsize=True, svgclass=None, lineclass=None
        ),
    }
    return render(request, "feedback/feedback_poster.html", context)
