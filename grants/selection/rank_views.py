"""Choosing: the allocations of a year, the ranking of one with its cut line, and promotion from the waitlist."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from grants.applications.frames import frame, get_application
from grants.applications.lists import VIEW
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.budget.models import Allocation
from grants.selection import ranking
from grants.selection.forms import ReasonForm
from grants.selection.overview import table, total_sentence
from ppks.kit import dates
from ppks.kit.doors import form_page, page, seen
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, table_book, table_downloads


@page(VIEW)
def selection_now(request):
    return redirect("selection_list", dates.today().year)


@page(VIEW)
def selection_list(request, year):
    rows = table(request.user, year)
    years = Allocation.objects.visible_to(request.user).order_by("line__year").values_list("line__year", flat=True)
    context = {
        "year": year,
        "years": sorted(set(years)),
        "table": rows,
        "sentence": total_sentence(request.user, year),
        "downloads": table_downloads(request.user, "selection_list_file", year),
    }
    return render(request, "grants/selection/selection_list.html", context)


@page("clients.export")
def selection_list_file(request, year, form):
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    return answer(table_book(table(request.user, year), request.user, f"seleksi-{year}"), form)


@form_page(VIEW)
def selection_detail(request, year, pk):
    """The order within one allocation; a POST freezes the order that the page showed."""
    if request.method == "POST" and not request.user.has_perm("grants.rank"):
        raise PermissionDenied  # before the row is looked for, as at every door
    allocations = Allocation.objects.visible_to(request.user).select_related("line__programme", "region", "balance")
    allocation = get_object_or_404(allocations, pk=pk, line__year=year)
    if request.method == "POST":
        return _rank(request, allocation)
    places, waiting = ranking.order(allocation), ranking.waitlist(allocation.pk)
    promised = list(Application.objects.visible_to(request.user).filter(allocation=pk, status=Status.NOMINATED))
    people = ranking.people_of([*(place.application for place in places), *waiting, *promised], request.user)
    seen(request, *(person.identity_id for person in people.values()))
    context = {
        "year": year,
        "allocation": allocation,
        "room": ranking.room(allocation),
        "places": [(place, people.get(place.application.person_id)) for place in places],
        "waiting": [(one, people.get(one.person_id)) for one in waiting],
        "promised": [(one, people.get(one.person_id)) for one in promised],
        "rule": ranking.RULE,
        "fingerprint": ranking.fingerprint(places),
        "can_rank": request.user.has_perm("grants.rank") and any(place.number for place in places),
    }
    return render(request, "grants/selection/selection_detail.html", context)


def _rank(request, allocation):
    try:
        ranked = ranking.rank(allocation, seen=request.POST.get("seen", ""), by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        fits = sum(place.fits for place in ranked)
        messages.success(request, f"{fits} masuk daftar nominatif, {len(ranked) - fits} menjadi cadangan.")
    return redirect("selection_detail", allocation.line.year, allocation.pk)


@form_page("grants.rank")
def application_promote(request, pk):
    """Promote somebody from the waitlist out of turn, with those who are passed over in sight."""
    application = get_application(request, pk)
    if application.status != Status.WAITLISTED:
        messages.error(request, "Usulan ini tidak sedang menjadi cadangan. Muat ulang halaman.")
        return redirect("application_detail", pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            passed = ranking.promote_out_of_turn(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{application} masuk daftar nominatif; {len(passed)} usulan dilewati.")
            return redirect("application_detail", pk)
    passed = ranking.before_in_line(application)
    people = ranking.people_of(passed, request.user)
    context = frame(request, application, "application_detail") | {
        "form": form,
        "passed": [(one, people.get(one.person_id)) for one in passed],
        "back": reverse("application_detail", args=[pk]),
    }
    return render(request, "grants/selection/application_promote.html", context, status=422 if form.errors else 200)
