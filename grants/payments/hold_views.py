"""Holding an application's money, and letting it go again; both with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from grants.payments.forms import HoldForm, LiftForm
from grants.payments.holding import hold, lift
from grants.payments.models import Hold
from grants.payments.paying_views import get_applicant
from ppks.kit.doors import form_page

HOLD = "grants.hold"


@form_page(HOLD)
def hold_add(request, pk):
    application, person = get_applicant(request, pk)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            hold(application, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Uang usulan ini ditahan.")
            return redirect("hold_add", pk)
    found = Hold.objects.visible_to(request.user).filter(application=application).prefetch_related("by", "lifted_by")
    context = {
        "form": form,
        "application": application,
        "person": person,
        "holds": found,
        "open": next((one for one in found if one.lifted_at is None), None),
    }
    return render(request, "grants/payments/hold_add.html", context, status=422 if form.errors else 200)


@form_page(HOLD)
def hold_lift(request, pk):
    found = get_object_or_404(Hold.objects.visible_to(request.user).select_related("application"), pk=pk)
    _, person = get_applicant(request, found.application_id)
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lift(found, reason=form.cleaned_data["reason"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Penahanan dilepas.")
            return redirect("hold_add", found.application_id)
    context = {"form": form, "hold": found, "person": person}
    return render(request, "grants/payments/hold_lift.html", context, status=422 if form.errors else 200)
