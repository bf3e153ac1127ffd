"""A person's grants."""

from django.shortcuts import render

from clients.pages import frame, get_person
from grants.applications.skills import fit_of_newest
from grants.applications.told import of_person
from grants.models import OtherAid, PastGrant
from ppks.kit.doors import page


@page("clients.view_person")
def person_grants(request, pk):
    person = get_person(request, pk)
    grants = PastGrant.objects.visible_to(request.user).filter(person=person).select_related("source")
    others = OtherAid.objects.visible_to(request.user).filter(person=person).select_related("source")
    applications = of_person(person, request.user)
    context = frame(request, person, "person_grants") | {
        "grants": grants,
        "others": others,
        "applications": applications,
        "total": len(grants) + len(applications),
        "fit": fit_of_newest(person, applications),
    }
    return render(request, "grants/person_grants.html", context)
