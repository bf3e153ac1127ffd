"""What monitoring adds to a person's page and to the list of people."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse

from clients.models import Person
from clients.pages import BY_NAME, Column, Event, Tab, about_person
from monitoring.filters import CONDITION, HELP, STATE, VISITED
from monitoring.models import Business, Visit
from ppks.kit import dates, rupiah
from ppks.kit.contributions import contribute, contributor
from ppks.kit.listing import Filter
from ppks.kit.prepared import prepared


def _businesses(user: Any, day: date):
    return Business.objects.visible_to(user).as_of(day)


@about_person
def of_person(user, person):
    """The person's businesses as of today, the newest first."""
    return _businesses(user, dates.today()).filter(person=person).select_related("trade").order_by("-pk")


def _of_people(business_filter: Filter) -> Filter:
    """The same filter for the list of people: those with a business that matches; for whoever may see businesses."""

    def choices(user):
        return business_filter.choices(user) if user.has_perm("monitoring.view_business") else []

    def narrow(people, code, day):
        businesses = business_filter.narrow(Business.objects.as_of(day), code, day)
        return people.filter(pk__in=businesses.values("person"))

    return Filter(business_filter.name, business_filter.label, choices, narrow, business_filter.in_form)


contribute("person_filter", *map(_of_people, (STATE, HELP, VISITED, CONDITION)))


def _latest(people: list[Person], user: Any, day: date) -> dict[int, Business]:
    """One business a person, the newest."""
    return {business.person_id: business for business in _of_people_on(user, tuple(one.pk for one in people), day)}


@prepared
def _of_people_on(user, people, day):
    return _businesses(user, day).filter(person__in=people).select_related("trade").order_by("pk")


contribute(
    "person_column",
    Column("Usaha", "monitoring/cells/trade.html", _latest),
    Column("Kunjungan terakhir", "monitoring/cells/last_visit.html", _latest, css="c-wide nowrap"),
    Column("Keadaan usaha", "monitoring/cells/state.html", _latest, css="c-status"),
)
contribute(
    "person_tab",
    Tab(
        "Usaha",
        "person_businesses",
        "monitoring.view_business",
        40,
        lambda person, user: len(of_person(person, user)),
    ),
)


@contributor("person_now")
def now(person: Person, user: Any) -> tuple[str, dict[str, Any]] | None:
    if not user.has_perm("monitoring.view_business"):
        return None
    businesses = of_person(person, user)
    if not businesses:
        return None
    return "monitoring/person_now.html", {
        "businesses": businesses,
        "may_visit": user.has_perm("monitoring.record_visit"),
    }


@prepared
def _visits(user, businesses):
    return Visit.objects.visible_to(user).filter(business__in=businesses, replaced_by=None).annotate(by_name=BY_NAME)


@contributor("timeline")
def visits(person: Person, user: Any) -> Iterator[Event]:
    for visit in _visits(user, tuple(business.pk for business in of_person(person, user))):
        title = "Kunjungan: usaha berjalan" if visit.operating else "Kunjungan: usaha tutup"
        yield Event(
            visit.visited_on,
            title,
            visit_sentence(visit),
            visit.by_name,
            reverse("visit_detail", args=[visit.key]),
        )


@contributor("timeline")
def reports(person: Person, user: Any) -> Iterator[Event]:
    for business in filter(lambda one: one.reported_condition, of_person(person, user)):
        yield Event(
            on=business.reported_on,
            title=f"Menurut daftar: {business.get_reported_condition_display().lower()}",
            text="Pernyataan kantor, bukan hasil kunjungan.",
            url=reverse("business_detail", args=[business.pk]),
        )


def visit_sentence(visit: Visit) -> str:
    """What was found, in one line."""
    parts = [
        f"Omzet {rupiah.format(visit.turnover)} sebulan" if visit.turnover is not None else "Omzet tidak diketahui"
    ]
    if visit.workers is not None:
        parts.append(f"{visit.workers} tenaga kerja")
    return ". ".join(filter(None, [", ".join(parts), "" if visit.is_masked else visit.note]))
