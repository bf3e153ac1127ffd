"""Asking money back after a finding, writing down what came, closing when all is there; and letting somebody apply anew."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from clients.pages import BY_NAME
from grants.accountability.forms import NoteForm, RecoveryForm, SlipForm
from grants.accountability.models import FundReturn, Recovery, Waiver
from grants.accountability.recovering import demand, settle, take, waive
from grants.applications.facts import overdue_reports
from grants.applications.frames import frame, get_application
from grants.applications.statuses import Status
from grants.applications.views import tell
from grants.applications.workflow import APPLICATION
from ppks.kit import dates
from ppks.kit.doors import form_page


@form_page("grants.recover")
def application_recover(request, pk):
    """Ask for money back; the application is in recovery from now on."""
    application = get_application(request, pk)
    if application.status not in APPLICATION.moves["recover"].sources:
        return _late(request, application)
    form = RecoveryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            demand(application, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Pengembalian diminta. Bendahara mencatat setorannya.")
            return redirect("application_detail", pk)
    context = frame(request, application, "application_detail") | {"form": form, "balance": application.balance}
    return render(request, "grants/accountability/recover.html", context, status=422 if form.errors else 200)


@form_page("grants.settle")
def application_settle(request, pk):
    """Write down a part that was paid back, or close when nothing is left."""
    application = get_application(request, pk)
    if application.status != Status.RECOVERY:
        return _late(request, application)
    asked = list(Recovery.objects.visible_to(request.user).filter(application=application))
    closes = request.POST.get("step") == "settle"
    sent = request.POST if request.method == "POST" else None
    slip = SlipForm(None if closes else sent, since=dates.local(asked[-1].made_at))
    note = NoteForm(sent if closes else None)
    form = note if closes else slip
    if sent is not None and form.is_valid():
        try:
            if closes:
                settle(application, note=note.cleaned_data["note"], by=request.user)
            else:
                take(application, **slip.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Dinyatakan lunas." if closes else "Setoran dicatat.")
            return redirect("application_detail" if closes else "application_settle", pk)
    balance = application.balance
    context = frame(request, application, "application_detail") | {
        "slip": slip,
        "note": note,
        "asked": asked,
        "paid": FundReturn.objects.visible_to(request.user).filter(application=pk).annotate(by_name=BY_NAME),
        "left": balance.disbursed - balance.accounted - balance.returned,
        "today": dates.today(),
    }
    return render(request, "grants/accountability/settle.html", context, status=422 if form.errors else 200)


@form_page("grants.waive")
def application_waive(request, pk):
    """Let this person be proposed this year although an earlier report is overdue."""
    application = get_application(request, pk)
    waived = Waiver.objects.visible_to(request.user).filter(identity=application.identity_id, year=application.year)
    owed = overdue_reports(application.identity_id, dates.today())
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            waive(application, owed, reason=form.cleaned_data["note"], by=request.user)
        except ValidationError as error:
            tell(request, error)
        else:
            messages.success(request, "Pengecualian dicatat; SPJ lama tetap harus diselesaikan.")
        return redirect("application_detail", pk)
    context = frame(request, application, "application_detail") | {
        "form": form,
        "owed": owed,
        "waived": waived.annotate(by_name=BY_NAME).first(),
    }
    return render(request, "grants/accountability/waive.html", context, status=422 if form.errors else 200)


def _late(request, application):
    messages.error(request, f"{application} sudah {application.get_status_display().lower()}. Muat ulang halaman.")
    return redirect("application_detail", application.pk)
