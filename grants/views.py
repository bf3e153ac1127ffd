"""A person's grants."""

from django.shortcuts import render

from clients.pages import frame, get_person
from grants.models import PastGrant
from ppks.kit.doors import page


@page("clients.view_person")
def person_grants(request, pk):
    person = get_person(request, pk)
    grants = PastGrant.objects.visible_to(request.user).filter(person=person).select_related("source")
    return render(request, "grants/person_grants.html", frame(request, person, "person_grants") | {"grants": grants})
