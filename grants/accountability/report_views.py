"""The report (SPJ) of a tranche: its page, receipts, slips, moves and paper."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from grants.accountability import notices
from grants.accountability.forms import PurchaseForm, SlipForm
from grants.accountability.models import FundReturn, Purchase, Report
from grants.accountability.pages import get_report, may_write, report_context, reports_of, summary
from grants.accountability.receipts import change, give_back, record
from grants.accountability.reporting import approve
from grants.accountability.workflow import REPORT
from grants.applications.frames import frame, get_application
from grants.applications.lists import VIEW
from grants.applications.views import tell
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals

LOCKED = "SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya."
DONE = {"submit": "SPJ dilaporkan.", "return": "SPJ dikembalikan untuk diperbaiki.", "approve": "SPJ disahkan."}


@page(VIEW)
def application_reports(request, pk):
    application = get_application(request, pk)
    context = frame(request, application, "application_reports") | {"reports": reports_of(application, request.user)}
    return render(request, "grants/accountability/report_list.html", context)


@page(VIEW)
def report_detail(request, pk, report):
    context = report_context(request, get_report(request, pk, report))
    return render(request, "grants/accountability/report_detail.html", context)


@form_page("grants.report")
def purchase_add(request, pk, report):
    return _purchase(request, get_report(request, pk, report), None)


@form_page("grants.report")
def purchase_change(request, pk, report, purchase):
    found = get_report(request, pk, report)
    bought = get_object_or_404(Purchase.objects.visible_to(request.user).filter(report=found), pk=purchase)
    bought.report = found
    return _purchase(request, found, bought)


def _purchase(request, report: Report, purchase: Purchase | None):
    """Type one receipt, new or known."""
    if not may_write(report, request.user):
        return _locked(request, report)
    form = PurchaseForm(request.POST or None, request.FILES or None, report=report, purchase=purchase)
    if request.method == "POST" and form.is_valid():
        try:
            if purchase:
                change(purchase, form.typed, form.cleaned_data["file"], by=request.user)
            else:
                record(report, form.typed, form.cleaned_data["file"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Nota disimpan.")
            return _back(report)
    context = frame(request, report.application, "application_reports") | {
        "form": form,
        "report": report,
        "purchase": purchase,
    }
    return render(request, "grants/accountability/purchase_form.html", context, status=422 if form.errors else 200)


@action("grants.report")
def purchase_remove(request, pk, report, purchase):
    found = get_report(request, pk, report)
    bought = get_object_or_404(Purchase.objects.visible_to(request.user).filter(report=found), pk=purchase)
    return _removed(request, found, bought, "Nota dihapus.")


@form_page("grants.report")
def slip_add(request, pk, report):
    """Money of the tranche that was not spent and has gone back."""
    found = get_report(request, pk, report)
    if not may_write(found, request.user):
        return _locked(request, found)
    form = SlipForm(request.POST or None, since=found.disbursement.paid_on)
    if request.method == "POST" and form.is_valid():
        try:
            give_back(found, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Setoran dicatat.")
            return _back(found)
    context = frame(request, found.application, "application_reports") | {"form": form, "report": found}
    return render(request, "grants/accountability/slip_form.html", context, status=422 if form.errors else 200)


@action("grants.report")
def slip_remove(request, pk, report, slip):
    found = get_report(request, pk, report)
    paid = get_object_or_404(FundReturn.objects.visible_to(request.user).filter(report=found), pk=slip)
    return _removed(request, found, paid, "Setoran dihapus dari SPJ ini.")


@action(VIEW)
def report_move(request, pk, report, move):
    """Send, send back or approve."""
    if move not in REPORT.moves:
        raise Http404
    found = get_report(request, pk, report)
    if not request.user.has_perm(REPORT.moves[move].permission):
        raise PermissionDenied
    try:
        if move == "approve":
            approve(found, by=request.user)
        else:
            with refusals():
                REPORT.make(move, found, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        tell(request, error)
    else:
        notices.tell(found, move)
        messages.success(request, DONE[move])
    return _back(found)


@page("documents.view")
def report_paper(request, pk, report):
    """The account as PDF, with the same numbers as the page."""
    found = get_report(request, pk, report)
    content = BytesIO(summary(found, request.user))
    return FileResponse(content, content_type="application/pdf", filename=f"spj-{found.pk}.pdf")


def _removed(request, report: Report, row, done: str):
    try:
        with refusals():
            row.delete()
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, done)
    return _back(report)


def _locked(request, report: Report):
    messages.error(request, LOCKED)
    return _back(report)


def _back(report: Report):
    return redirect("report_detail", report.application_id, report.pk)
