"""The list of applications, an application's page with what is missing, its history, and its moves."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render

from grants.applications.forms import RefusalForm
from grants.applications.frames import frame, get_application, money
from grants.applications.histories import told
from grants.applications.lists import VIEW, applications, lines, tabs
from grants.applications.moves import buttons, is_click
from grants.applications.notices import tell_the_region
from grants.applications.sections import grouped, headline
from grants.applications.skills import fit_of
from grants.applications.workflow import APPLICATION
from ppks.kit import dates
from ppks.kit.contributions import contributed
from ppks.kit.doors import action, form_page, page
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads


def tell(request, error: ValidationError) -> None:
    """Why something was refused, as messages on the next page."""
    for sentence in error.messages:
        messages.error(request, sentence)


@page(VIEW)
def application_list(request):
    listing = applications(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": lines(shown.rows, request.user),
        "tabs": tabs(listing),
        "downloads": downloads(request.user, "hibah", listing),
    }
    return render(request, "grants/applications/application_list.html", context)


@page(VIEW)
def application_detail(request, pk):
    application = get_application(request, pk)
    parts = grouped(application)
    panels = [
        found for tell_more in contributed("application_panel") if (found := tell_more(application, request.user))
    ]
    context = (
        frame(request, application, "application_detail")
        | parts
        | {
            "headline": headline(application, parts),
            "stations": money(application),
            "moves": buttons(application, request.user),
            "panels": panels,
            "fit": fit_of(application),
        }
    )
    return render(request, "grants/applications/application_detail.html", context)


@page(VIEW)
def application_history(request, pk):
    application = get_application(request, pk)
    context = frame(request, application, "application_history") | {"events": told(application, request.user)}
    return render(request, "grants/applications/application_history.html", context)


@action(VIEW)
def application_move(request, pk, move):
    if not is_click(move):
        raise Http404
    application = get_application(request, pk)
    try:
        with refusals():
            APPLICATION.make(move, application, by=request.user, note=request.POST.get("note", ""))
            tell_the_region(application, move)
    except ValidationError as error:
        tell(request, error)
    else:
        messages.success(request, f"{application}: {application.get_status_display().lower()}.")
    return redirect("application_detail", pk)


@form_page("grants.reject")
def application_reject(request, pk):
    return _refuse(request, pk, "reject")


@form_page("grants.cancel")
def application_cancel(request, pk):
    return _refuse(request, pk, "cancel")


def _refuse(request, pk, move):
    """Ask for the reason that ends an application, and end it."""
    application = get_application(request, pk)
    if application.status not in APPLICATION.moves[move].sources:
        messages.error(request, f"{application} sudah {application.get_status_display().lower()}. Muat ulang halaman.")
        return redirect("application_detail", pk)
    form = RefusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                APPLICATION.make(move, application, by=request.user, **form.cleaned_data)
                tell_the_region(application, move)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{application}: {application.get_status_display().lower()}.")
            return redirect("application_detail", pk)
    context = frame(request, application, "application_detail") | {"form": form, "move": APPLICATION.moves[move]}
    status = 422 if form.errors else 200
    return render(request, "grants/applications/application_refuse.html", context, status=status)
