"""Pantau: the visits that wait, who has how many of them, putting one off and giving it to somebody else."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.pages import get_person
from monitoring.due import DueVisit
from monitoring.models import Business
from monitoring.worklist import lines, worklist
from monitoring.worklist_forms import AssignForm, SnoozeForm
from monitoring.worklist_tabs import numbers, shown_page, tabs
from monitoring.workload import sentence, sum_row, table, workload
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, downloads, table_book, table_downloads


@page("monitoring.view_business")
def due_list(request):
    listing = worklist(request, dates.today())
    counts = numbers(listing)
    shown = shown_page(listing, counts)
    context = {
        "list": shown,
        "rows": lines(shown.rows, request.user, listing.day),
        "tabs": tabs(listing, counts),
        "day": listing.day,
        "is_today": listing.day == dates.today(),
        "officers_url": reverse("officer_list") + listing.query,
        "downloads": downloads(request.user, "pantau", listing),
    }
    return render(request, "monitoring/due_list.html", context)


@page("monitoring.view_business")
def officer_list(request):
    """Who has how many visits to make, and how late they are."""
    listing = worklist(request, dates.today())
    rows = workload(listing)
    context = {
        "sentence": sentence(rows),
        "table": table(rows, listing).with_row(*sum_row(rows, listing)),
        "day": listing.day,
        "filter_form": listing.form(),
        "chips": listing.chips(),
        "downloads": table_downloads(request.user, "officer_list_file", query=listing.query),
    }
    return render(request, "monitoring/officer_list.html", context)


@page("clients.export")
def officer_list_file(request, form):
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm("monitoring.view_business"):
        raise PermissionDenied
    listing = worklist(request, dates.today())
    return answer(table_book(table(workload(listing), listing), request.user, "petugas"), form)


def _waiting(request, pk: int) -> tuple[DueVisit, dict]:
    """The open visit within reach and what its pages show; 404 otherwise."""
    dues = DueVisit.objects.visible_to(request.user).open_on(dates.today()).select_related("region")
    due = get_object_or_404(dues, pk=pk)
    business = get_object_or_404(Business.objects.visible_to(request.user).select_related("trade"), pk=due.business_id)
    person = get_person(request, business.person_id)
    return due, {"due": due, "business": business, "person": person}


@form_page("monitoring.plan_visit")
def due_snooze(request, pk):
    due, context = _waiting(request, pk)
    form = SnoozeForm(request.POST or None, due=due)
    if request.method == "POST" and form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        rows = DueVisit.objects.visible_to(request.user).filter(pk=pk, closed_on=None)
        rows.update(snoozed_on=dates.today(), snoozed_until=until, snooze_reason=reason)
        messages.success(request, f"Kunjungan ke {context['person']} ditunda sampai {dates.long(until)}.")
        return redirect("due_list")
    return render(request, "monitoring/due_snooze.html", context | {"form": form}, status=422 if form.errors else 200)


@action("monitoring.plan_visit")
def due_unsnooze(request, pk):
    due, context = _waiting(request, pk)
    rows = DueVisit.objects.visible_to(request.user).filter(pk=pk, closed_on=None)
    rows.update(snoozed_on=None, snoozed_until=None, snooze_reason="")
    messages.success(request, f"Penundaan dibatalkan: {context['person']} jatuh tempo {dates.long(due.due_on)}.")
    return redirect("due_list")


@form_page("monitoring.assign_visit")
def due_assign(request, pk):
    due, context = _waiting(request, pk)
    form = AssignForm(request.POST or None, due=due)
    if request.method == "POST" and form.is_valid():
        officer = form.cleaned_data["officer"]
        DueVisit.objects.visible_to(request.user).filter(pk=pk, closed_on=None).update(officer=officer)
        who = f"kini tugas {officer}" if officer else "kini tanpa petugas"
        messages.success(request, f"Kunjungan ke {context['person']} {who}.")
        return redirect("due_list")
    return render(request, "monitoring/due_assign.html", context | {"form": form}, status=422 if form.errors else 200)
