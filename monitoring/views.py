"""The list of businesses, a business's page, a person's businesses, and the form of a visit."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render

from clients.models import Person
from clients.pages import frame, get_person
from monitoring.assessing import assess_from
from monitoring.forms import VisitForm
from monitoring.lists import businesses
from monitoring.models import Business, Visit
from monitoring.pages import picture
from ppks.kit import dates
from ppks.kit.doors import form_page, page
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
    context = frame(request, person, "person_businesses") | picture(business, dates.today())
    return render(request, "monitoring/business_detail.html", context | {"business": business})


@page("monitoring.view_business")
def person_businesses(request, pk):
    person = get_person(request, pk)
    own = Business.objects.visible_to(request.user).as_of(dates.today()).filter(person=person).select_related("trade")
    context = frame(request, person, "person_businesses") | {"businesses": own.order_by("-pk")}
    return render(request, "monitoring/person_businesses.html", context)


@form_page("monitoring.record_visit")
def visit_add(request, pk):
    business, person = get_business(request, pk)
    last = business.visits.order_by("-visited_on", "-pk").first()
    form = VisitForm(request.POST or None, business=business, last=last)
    if request.method == "POST" and form.is_valid():
        visit = form.visit(request.user)
        if _record(visit):
            messages.success(request, f"Kunjungan {dates.long(visit.visited_on)} tersimpan.")
        else:
            messages.info(request, "Kunjungan ini sudah tersimpan sebelumnya; tidak dicatat dua kali.")
        return redirect("business_detail", business.pk)
    context = {"form": form, "business": business, "person": person}
    return render(request, "monitoring/visit_add.html", context, status=422 if form.errors else 200)


def _record(visit: Visit) -> bool:
    """Store the visit and assess anew; False when the same form was already stored."""
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name == "monitoring_visit_key_key":
            return False
        raise
    assess_from(visit.business, visit.visited_on)
    return True
