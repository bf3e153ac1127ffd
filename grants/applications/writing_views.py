"""Writing an application: proposing somebody, the answers, the plan, the budget and the papers."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render

from clients.pages import frame as person_frame
from clients.pages import get_person
from grants.applications.documents import add_document
from grants.applications.facts import why_not_eligible, why_not_proposable
from grants.applications.forms import AnswersForm, CallForm, DocumentForm, PlanForm
from grants.applications.frames import frame, get_application
from grants.applications.lists import VIEW
from grants.applications.models import Application
from grants.applications.papers import stages
from grants.applications.plan import BusinessPlan
from grants.applications.proposing import propose
from grants.applications.rab import ItemsForm, room, save, stored
from grants.applications.skills import fit_of
from grants.applications.views import tell
from grants.programmes.models import Call
from ppks.kit import dates
from ppks.kit.doors import form_page
from ppks.kit.refusals import refusals

LOCKED = "Usulan ini sudah diajukan. Minta dikembalikan dulu untuk mengubah isinya."


@form_page("grants.propose")
def application_add(request, pk):
    """Choose an open call, with all that stands against the person in each."""
    person = get_person(request, pk)
    today = dates.today()
    calls = Call.objects.visible_to(request.user).open_on(today).select_related("line__programme", "rule_set")
    calls = {str(call.pk): call for call in calls}
    form = CallForm(request.POST or None, calls=calls)
    if request.method == "POST" and form.is_valid():
        call = calls[form.cleaned_data["call"]]
        try:
            application = propose(person, call, by=request.user)
        except ValidationError as error:
            mine = Application.objects.visible_to(request.user).alive().filter(person=person, call=call).first()
            if mine:
                messages.info(request, f"{mine} sudah dibuat untuk pembukaan ini; tidak dibuat dua kali.")
                return redirect("application_detail", mine.pk)
            form.add_error(None, error)
        else:
            messages.success(request, f"{application} dibuat sebagai draf. Lengkapi bagian yang masih kurang.")
            return redirect("application_detail", application.pk)
    choices = [{"call": call, "reasons": why_not_proposable(person, call, today)} for call in calls.values()]
    context = person_frame(request, person, "person_grants") | {"form": form, "choices": choices}
    return render(request, "grants/applications/application_add.html", context, status=422 if form.errors else 200)


def _may_write(request, application) -> bool:
    """Whether a form of the application is answered; a POST of who may not is refused, of who is late explained."""
    if request.method != "POST":
        return False
    if not request.user.has_perm("grants.propose"):
        raise PermissionDenied
    if not application.is_editable:
        messages.error(request, LOCKED)
    return application.is_editable


def _stored(request, write: Callable[[], Any]) -> bool:
    """Whether the database took it; why not is told on the next page."""
    try:
        with refusals():
            write()
    except ValidationError as error:
        tell(request, error)
        return False
    return True


@form_page(VIEW)
def application_eligibility(request, pk):
    application = get_application(request, pk)
    writes = _may_write(request, application)
    form = AnswersForm(request.POST if writes else None, application=application)
    if writes and form.is_valid():
        rows = Application.objects.visible_to(request.user).filter(pk=pk)
        if _stored(request, lambda: rows.update(**form.cleaned_data)):
            messages.success(request, "Jawaban disimpan.")
        return redirect("application_eligibility", pk)
    if request.method == "POST" and not writes:
        return redirect("application_eligibility", pk)
    masked = application.person.is_masked
    context = frame(request, application, "application_detail") | {
        "form": form,
        "rule": application.call.rule_set,
        "reasons": [] if masked else why_not_eligible(application, dates.today()),
        "check": application.checks.first(),
        "fit": fit_of(application),
        "masked": masked,
    }
    status = 422 if form.errors else 200
    return render(request, "grants/applications/application_eligibility.html", context, status=status)


@form_page(VIEW)
def application_plan(request, pk):
    application = get_application(request, pk)
    writes = _may_write(request, application)
    plan = BusinessPlan.objects.visible_to(request.user).filter(application=application).first()
    form = None  # an auditor may not read all of the plan, so nothing is filled in for him
    if request.user.has_perm("grants.propose"):
        form = PlanForm(request.POST if writes else None, instance=plan or BusinessPlan(application=application))
    if writes and form.is_valid():
        if _stored(request, form.save):
            messages.success(request, "Rencana usaha disimpan.")
        return redirect("application_detail", pk)
    if request.method == "POST" and not writes:
        return redirect("application_plan", pk)
    context = frame(request, application, "application_plan") | {
        "form": form,
        "pairs": plan.told() if plan else [],
        "fit": fit_of(application),
    }
    status = 422 if form and form.errors else 200
    return render(request, "grants/applications/application_plan.html", context, status=status)


@form_page(VIEW)
def application_items(request, pk):
    application = get_application(request, pk)
    writes = _may_write(request, application)
    step = request.POST.get("step", "save")
    rows = stored(application)
    form = ItemsForm(request.POST if writes else None, rows=rows, more=step == "more")
    if writes and form.is_valid() and step == "save":
        try:
            save(application, form, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "RAB disimpan; nilai yang diusulkan sama dengan jumlahnya.")
            return redirect("application_items", pk)
    if request.method == "POST" and not writes:
        return redirect("application_items", pk)
    context = frame(request, application, "application_items") | {
        "form": form,
        "rows": form.rows(),
        "items": rows,
        **room(form.total, application),
    }
    status = 422 if form.errors else 200
    return render(request, "grants/applications/application_items.html", context, status=status)


@form_page(VIEW)
def application_documents(request, pk):
    """Every paper by stage; whoever brings one of a stage that is open now uploads it here."""
    application = get_application(request, pk)
    form = DocumentForm(request.POST or None, request.FILES or None, application=application, user=request.user)
    if request.method == "POST" and not form.types:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        about = {"number": given["number"], "issued_on": given["issued_on"]}
        kind = form.types[given["type"]]
        try:
            added = add_document(application, kind, given["file"], by=request.user, **about)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{kind} disimpan." if added else f"{kind}: berkas ini sudah ada.")
            return redirect("application_documents", pk)
    context = frame(request, application, "application_documents") | {
        "form": form,
        "stages": stages(application, request.user),
    }
    status = 422 if form.errors else 200
    return render(request, "grants/applications/application_documents.html", context, status=status)
