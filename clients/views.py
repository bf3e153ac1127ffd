"""The list of people, a person's page, the search, and the moves of a person's way."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.forms import RevealForm, SearchForm
from clients.lifecycle import LIFECYCLE
from clients.lists import people
from clients.models import Person
from clients.pages import disabilities_of, frame, get_person, households_of, kinds_of, timeline
from clients.search import find_people
from ppks.kit import dates
from ppks.kit.contributions import contributed
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.sheets import downloads

RECENT = 6  # events on the summary; the tab beside it shows all


@page("clients.view_person")
def person_list(request):
    listing = people(request, dates.today())
    shown = listing.page()
    columns = contributed("person_column")
    found = {each: each(shown.rows, request.user, listing.day) for each in {column.cells for column in columns}}
    rows = [(person, [(column, found[column.cells].get(person.pk)) for column in columns]) for person in shown.rows]
    context = {"list": shown, "rows": rows, "columns": columns, "downloads": downloads(request.user, "klien", listing)}
    return render(request, "clients/person_list.html", context)


@page("clients.view_person")
def person_detail(request, pk):
    person = get_person(request, pk)
    events = timeline(person, request.user)
    now = [found for tell in contributed("person_now") if (found := tell(person, request.user))]
    context = frame(request, person, "person_detail") | {
        "now_panels": now,
        "events": events[:RECENT],
        "event_count": len(events),
        "categories": [kind for kind in kinds_of(person, request.user) if kind.until_on is None],
        "household": next(iter(households_of(person, request.user)), None),
        "disabilities": disabilities_of(person, request.user),
        "moves": [_button(person, offer) for offer in LIFECYCLE.offers(request.user, person)],
    }
    return render(request, "clients/person_detail.html", context)


def _button(person, offer):
    return {
        "label": offer.move.label,
        "url": reverse("person_move", args=[person.pk, offer.move.name]),
        "open": offer.open,
        "reasons": offer.reasons,
        "needs_note": offer.move.needs_note,
    }


@page("clients.view_person")
def person_history(request, pk):
    person = get_person(request, pk)
    events = timeline(person, request.user)
    return render(request, "clients/person_history.html", frame(request, person, "person_history") | {"events": events})


@action("clients.change_status")
def person_move(request, pk, move):
    if move not in LIFECYCLE.moves:
        raise Http404
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    try:
        LIFECYCLE.make(move, person, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"{person.shown_name}: {person.get_status_display().lower()}.")
    return redirect("person_detail", pk)


@form_page("clients.reveal")
def person_reveal(request, pk):
    person = get_person(request, pk)
    form = RevealForm(request.POST or None)
    context = frame(request, person, "person_reveal") | {"form": form}
    if request.method == "POST" and form.is_valid():
        seen(request, person.identity_id, reason=form.cleaned_data["reason"])
        context |= {"nik": person.nik and person.nik.reveal(), "kk": person.kk and person.kk.reveal()}
        return render(request, "clients/person_revealed.html", context)
    return render(request, "clients/person_reveal.html", context, status=422 if form.errors else 200)


@form_page("clients.search")
def person_search(request):
    form = SearchForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = list(find_people(form.cleaned_data["q"], request.user))
    context = {"form": form, "people": found}
    return render(request, "clients/person_search.html", context, status=422 if form.errors else 200)
