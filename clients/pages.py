"""A person's page: one frame whose tabs are URL names, filled by every app that knows something of the person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import Http404
from django.urls import reverse

from clients.models import Category, Consent, Decile, Disability, HouseholdFact, Person
from ppks.kit import dates
from ppks.kit.contributions import contribute, contributed
from ppks.kit.doors import seen
from ppks.kit.prepared import prepared

T = TypeVar("T")

# Whose `by` it is, in the same query.
BY_NAME = Coalesce(NullIf(F("by__full_name"), Value("")), F("by__username"), output_field=TextField())


@dataclass(frozen=True, slots=True)
class Tab:
    """`count(person, user)` is shown beside the label; None shows nothing."""

    label: str
    url_name: str
    permission: str
    order: int
    count: Callable[[Person, Any], int | None] = lambda person, user: None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    on: date
    title: str
    text: str = ""
    by: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list of people. `cells(people, user, day)` answers with the cells of one page by person id.

    Columns that share it share its query.
    """

    heading: str
    template: str
    cells: Callable[[list[Person], Any, date], dict[int, Any]]
    css: str = "c-wide"


def get_person(request, pk: int) -> Person:
    """The person within the user's reach, written down as seen; 404 otherwise."""
    found = _person(request.user, pk)
    if not found:
        raise Http404
    seen(request, found[0].identity_id)
    return found[0]


@prepared
def _person(user, pk):
    return Person.objects.visible_to(user).filter(pk=pk).select_related("region", "district", "village")


def frame(request, person: Person, current: str) -> dict[str, Any]:
    """What every tab's template needs for the identity bar; `current` is the open tab's URL name."""
    user = request.user
    tabs = sorted(
        (tab for tab in contributed("person_tab") if user.has_perm(tab.permission)), key=lambda tab: tab.order
    )
    return {
        "person": person,
        "crumbs": [{"label": "Klien", "url": reverse("person_list")}, {"label": person.shown_name}],
        "tags": [{"label": person.get_status_display()}],
        "facts": [*facts(person), *standing(person, user)],
        "tabs": [
            {
                "label": tab.label,
                "url": reverse(tab.url_name, args=[person.pk]),
                "count": tab.count(person, user),
                "current": tab.url_name == current,
            }
            for tab in tabs
        ],
    }


def once(ask: Callable[[Person, Any], T]) -> Callable[[Person, Any], T]:
    """`ask(person, user)` asked but once of one person: tabs, panels and timeline of a page share their queries."""

    @wraps(ask)
    def asked(person: Person, user: Any) -> T:
        answers = person.__dict__.setdefault("_answers", {})
        if ask not in answers:
            answers[ask] = ask(person, user)
        return answers[ask]

    return asked


def about_person(ask: Callable[[Any, int], QuerySet[T]]) -> Callable[[Person, Any], list[T]]:
    """Decorator for a prepared question `(reader, key of the person)`: asked of `(person, user)`, and but once of one person."""
    rows = prepared(ask)

    @wraps(ask)
    def asked(person: Person, user: Any) -> list[T]:
        return rows(user, person.pk)

    return once(asked)


@about_person
def deciles_of(user, person):
    """What the social registry said of the person, newest first."""
    return Decile.objects.visible_to(user).filter(person=person).select_related("source")


@about_person
def households_of(user, person):
    """What is known of the household, newest first."""
    return HouseholdFact.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME)


@about_person
def kinds_of(user, person):
    """Because of what the person is or was in need of services."""
    return Category.objects.visible_to(user).filter(person=person).select_related("kind")


@about_person
def disabilities_of(user, person):
    """Lasting facts, by kind."""
    return Disability.objects.visible_to(user).filter(person=person).select_related("kind")


@about_person
def consents_of(user, person):
    """What the person agreed to, newest first, each with when it was taken back."""
    withdrawn_on = F("withdrawal__withdrawn_on")
    return Consent.objects.visible_to(user).filter(person=person).annotate(by_name=BY_NAME, withdrawn_on=withdrawn_on)


def has_consent(person: Person, user: Any, purpose: str, on: date) -> bool:
    """As `Consent.in_force` finds it, from what the page knows of the person already."""
    said = next((one for one in consents_of(person, user) if one.purpose == purpose and one.given_on <= on), None)
    return said is not None and (said.withdrawn_on is None or said.withdrawn_on > on)


def facts(person: Person) -> Iterable[dict[str, str]]:
    """The identity bar's facts; a masked role sees only where the person lives."""
    if not person.is_masked:
        yield {"label": "NIK", "value": person.nik.masked if person.nik else person.get_nik_status_display().lower()}
        yield {"label": "Lahir", "value": born(person)}
    home = f"{person.district}, {person.region}" if person.district else str(person.region)
    yield {"label": "Tinggal", "value": home}


def standing(person: Person, user: Any) -> Iterable[dict[str, str]]:
    """The newest word of the social registry, with its day."""
    for told in deciles_of(person, user)[:1]:
        yield {"label": "Desil", "value": f"{told.decile} ({told.dataset}, {dates.short(told.as_of)})"}


def born(person: Person) -> str:
    if person.birth_date is None:
        return "tanggal belum dicatat"
    return f"{dates.long(person.birth_date)} ({dates.full_years(person.birth_date, dates.today())} tahun)"


def timeline(person: Person, user: Any) -> list[Event]:
    """Everything that any app tells of the person, newest first."""
    events = [event for tell in contributed("timeline") for event in tell(person, user)]
    return sorted(events, key=lambda event: event.on, reverse=True)


contribute(
    "person_tab",
    Tab("Ringkasan", "person_detail", "clients.view_person", 10),
    Tab("Riwayat", "person_history", "clients.view_person", 20),
    Tab("Persetujuan", "person_consents", "clients.view_person", 70),
)
