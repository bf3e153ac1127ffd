"""The list of businesses, a business's page, and a person's businesses."""

from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render

from clients.models import Person
from clients.pages import frame, get_person
from monitoring.lists import businesses
from monitoring.models import Business
from monitoring.pages import told
from ppks.kit import asof, dates
from ppks.kit.contributions import contributed
from ppks.kit.doors import page
from ppks.kit.prepared import prepared
from ppks.kit.sheets import downloads


def get_business(request, pk: int, day: date | None = None) -> tuple[Business, Person]:
    """The business as it stood on `day`, today when none is given, and its person, within the user's reach; 404 otherwise."""
    found = _business(request.user, pk, day or dates.today())
    if not found:
        raise Http404
    return found[0], get_person(request, found[0].person_id)


@prepared
def _business(user, pk, day):
    return Business.objects.visible_to(user).as_of(day).filter(pk=pk).select_related("trade", "region")


@page("monitoring.view_business")
def business_list(request):
    listing = businesses(request, dates.today())
    shown = listing.page()
    people = Person.objects.visible_to(request.user).in_bulk({business.person_id for business in shown.rows})
    rows = [(business, people[business.person_id]) for business in shown.rows]
    context = {"list": shown, "rows": rows, "downloads": downloads(request.user, "usaha", listing)}
    context["query"] = f"?{urlencode(asof.codes_of(listing.day))}" if asof.codes_of(listing.day) else ""
    return render(request, "monitoring/business_list.html", context)


@page("monitoring.view_business")
def business_detail(request, pk):
    day, user = asof.asked_day(request.GET), request.user
    business, person = get_business(request, pk, day)
    is_today = not asof.codes_of(day)
    context = frame(request, person, "person_businesses") | {"business": business}
    context |= {"day": day, "is_today": is_today, "here": request.path}
    context |= told(business, user, day)
    panels = contributed("business_panel") if is_today else ()  # they tell of now
    context["panels"] = [found for tell in panels if (found := tell(business, user))]
    return render(request, "monitoring/business_detail.html", context)


@page("monitoring.view_business")
def person_businesses(request, pk):
    person = get_person(request, pk)
    own = Business.objects.visible_to(request.user).as_of(dates.today()).filter(person=person).select_related("trade")
    context = frame(request, person, "person_businesses") | {"businesses": own.order_by("-pk")}
    return render(request, "monitoring/person_businesses.html", context)
