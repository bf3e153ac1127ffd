"""Sending applications to the province: one or several of a kab/kota with one cover letter, checked before they go."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse

from clients.models import Person
from grants.applications.forms import LetterForm
from grants.applications.frames import get_application
from grants.applications.models import Application
from grants.applications.proposing import submit_together
from grants.applications.queues import BY_CODE
from grants.applications.workflow import APPLICATION
from ppks.kit import dates
from ppks.kit.doors import form_page, seen


@form_page("grants.submit")
def application_submit(request, pk):
    """This one, with its letter."""
    application = get_application(request, pk)
    return _send(request, {str(pk): application}, reverse("application_detail", args=[pk]))


@form_page("grants.submit")
def application_submit_many(request):
    """Those that are filled in, with one letter."""
    ready = Application.objects.visible_to(request.user).filter(BY_CODE["ajukan"].condition(dates.today()))
    ready = list(ready.select_related("call__rule_set", "call__line__programme", "balance", "region").order_by("pk"))
    people = Person.objects.visible_to(request.user).in_bulk({one.person_id for one in ready})
    ready = [
        one for one in ready if one.person_id in people
    ]  # who has moved away is no longer this office's to propose
    for one in ready:
        one.person = people[one.person_id]
    seen(request, *(one.identity_id for one in ready))
    return _send(request, {str(one.pk): one for one in ready}, reverse("application_list"))


def _send(request, waiting: dict[str, Application], back_url: str):
    """Ask for letter and choice, show everything once more, then send all of them or none."""
    initial = {"dated_on": dates.today(), "applications": list(waiting)}
    form = LetterForm(request.POST or None, waiting=waiting, initial=initial)
    step = request.POST.get("step", "check")
    context = {"form": form, "back_url": back_url, "waiting": waiting}
    if request.method != "POST" or not form.is_valid() or step == "edit":
        status = 422 if form.errors else 200
        return render(request, "grants/applications/application_send.html", context, status=status)
    chosen = form.cleaned_data["applications"]
    if step == "store":
        try:
            letter = submit_together(
                chosen, number=form.cleaned_data["number"], dated_on=form.cleaned_data["dated_on"], by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
            return render(request, "grants/applications/application_send.html", context, status=422)
        messages.success(request, f"{len(chosen)} usulan diajukan ke provinsi dengan {str(letter).lower()}.")
        return redirect(back_url)
    context |= {
        "lines": [{"application": one, "problems": _problems(one, request.user)} for one in chosen],
        "total": sum(one.requested for one in chosen),
    }
    context["is_clear"] = not any(line["problems"] for line in context["lines"])
    return render(request, "grants/applications/application_send_check.html", context)


def _problems(application: Application, user) -> list[str]:
    move = APPLICATION.moves["submit"]
    if application.status not in move.sources:
        return [f"{application} sudah {application.get_status_display().lower()}."]
    return move.problems(application, user)
