"""An amending decree: which grants of an enacted decree get another amount, and why."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from clients.models import Person
from grants.decrees.drafting import amend, in_force
from grants.decrees.forms import AmendForm
from grants.decrees.views import PREPARE, crumbs, get_decree
from ppks.kit.doors import form_page, seen


@form_page(PREPARE)
def decree_amend(request, pk):
    decree = get_decree(request, pk)
    if decree.status != "enacted":
        messages.error(request, "Hanya SK yang sudah ditetapkan yang diubah dengan SK perubahan.")
        return redirect("decree_detail", pk)
    applications = list(in_force(decree, request.user))
    initial = {"subject": f"Perubahan atas {decree}"}
    form = AmendForm(request.POST or None, applications=applications, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = amend(decree, form.changes, subject=form.cleaned_data["subject"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Konsep SK perubahan dibuat. Isi nomor dan tanggalnya sesudah ditandatangani.")
            return redirect("decree_detail", made.pk)
    people = Person.objects.visible_to(request.user).in_bulk({one.person_id for one in applications})
    seen(request, *{one.identity_id for one in people.values()})
    rows = [(one, people[one.person_id], form[f"a{one.pk}"], form[f"r{one.pk}"]) for one in applications]
    context = {"form": form, "decree": decree, "crumbs": crumbs(decree, "SK perubahan"), "rows": rows}
    return render(request, "grants/decrees/decree_amend.html", context, status=422 if form.errors else 200)
