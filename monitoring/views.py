"""The list of businesses, a business's page, and a person's businesses."""

from django.shortcuts import get_object_or_404, render

from clients.models import Person
from clients.pages import frame, get_person
from monitoring.lists import businesses
from monitoring.models import Business
from monitoring.pages import picture, since_then
from ppks.kit import dates
from ppks.kit.contributions import contributed
from ppks.kit.doors import page
from ppks.kit.sheets import downloads


def get_business(request, pk: int) -> tuple[Business, Person]:
    """The business and its person within the user's reach; 404 otherwise."""
    rows = Business.objects.visible_to(request.user).as_of(dates.today()).select_related("trade", "region")
    business = get_object_or_404(rows, pk=pk)
    return business, get_person(request, business.person_id)


@page("monitoring.view_business")
def business_list(request):
    listing = businesses(request, dates.today())
    shown = listing.page()
    people = Person.objects.visible_to(request.user).in_bulk({business.person_id for business in shown.rows})
    rows = [(business, people[business.person_id]) for business in shown.rows]
    context = {"list": shown, "rows": rows, "downloads": downloads(request.user, "usaha", listing)}
    return render(request, "monitoring/business_list.html", context)


@page("monitoring.view_business")
def business_detail(request, pk):
    business, person = get_business(request, pk)
    day, user = dates.today(), request.user
    context = frame(request, person, "person_businesses") | {"business": business}
    context |= picture(business, user, day) | since_then(business, user, day)
    context["panels"] = [found for tell in contributed("business_panel") if (found := tell(business, user))]
    return render(request, "monitoring/business_detail.html", context)


@page("monitoring.view_business")
def person_businesses(request, pk):
    person = get_person(request, pk)
    own = Business.objects.visible_to(request.user).as_of(dates.today()).filter(person=person).select_related("trade")
    context = frame(request, person, "person_businesses") | {"businesses": own.order_by("-pk")}
    return render(request, "monitoring/person_businesses.html", context)
