"""A person's grants."""

from django.shortcuts import render

from clients.pages import frame, get_person
from grants.models import OtherAid, PastGrant
from ppks.kit.doors import page


@page("clients.view_person")
def person_grants(request, pk):
    person = get_person(request, pk)
    grants = PastGrant.objects.visible_to(request.user).filter(person=person).select_related("source")
    others = OtherAid.objects.visible_to(request.user).filter(person=person).select_related("source")
    context = frame(request, person, "person_grants") | {"grants": grants, "others": others}
    return render(request, "grants/person_grants.html", context)
