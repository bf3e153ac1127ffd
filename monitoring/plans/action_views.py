"""The steps of a plan: adding one, changing an open one, saying how it ended."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from monitoring.plans.forms import ActionForm, FinishForm, ReasonForm
from monitoring.plans.lifecycle import ACTION, MAY
from monitoring.plans.making import add, change
from monitoring.plans.pages import get_action, get_plan, send_back, told
from monitoring.views import get_business
from ppks.kit.doors import form_page


def _page(request, template: str, plan, form, **more):
    business, person = get_business(request, plan.business_id)
    context = {"form": form, "plan": plan, "business": business, "person": person} | more
    return render(request, template, context, status=422 if form.errors else 200)


@form_page(MAY)
def action_add(request, pk):
    plan = get_plan(request, pk)
    if elsewhere := send_back(request, plan):
        return elsewhere
    form = ActionForm(request.POST or None, plan=plan)
    if request.method == "POST" and form.is_valid():
        told(request, lambda: add(plan, form.cleaned_data, by=request.user), "Langkah ditambahkan.")
        return redirect("plan_detail", pk)
    return _page(request, "plans/action_edit.html", plan, form, action=None)


@form_page(MAY)
def action_change(request, pk):
    """Another text, owner, office or day, as long as the step is open."""
    action = get_action(request, pk)
    plan = get_plan(request, action.plan_id)
    if elsewhere := send_back(request, plan, action):
        return elsewhere
    form = ActionForm(request.POST or None, plan=plan, action=action)
    if request.method == "POST" and form.is_valid():
        told(request, lambda: change(action, form.cleaned_data, by=request.user), "Langkah diubah.")
        return redirect("plan_detail", plan.pk)
    return _page(request, "plans/action_edit.html", plan, form, action=action)


@form_page(MAY)
def action_move(request, pk, move):
    """Done, given up or open again: each with its words."""
    if move not in ACTION.moves:
        raise Http404
    action = get_action(request, pk)
    plan = get_plan(request, action.plan_id)
    made = ACTION.moves[move]
    if request.method != "POST" and action.status not in made.sources:
        messages.info(request, f"Langkah ini sudah “{action.get_status_display().lower()}”.")
        return redirect("plan_detail", plan.pk)
    form = (
        FinishForm(request.POST or None, began_on=plan.began_on)
        if move == "finish"
        else ReasonForm(request.POST or None)
    )
    if request.method == "POST" and form.is_valid():
        given = {"note": form.cleaned_data["note"], "effective_on": form.cleaned_data.get("done_on")}
        told(request, lambda: ACTION.make(move, action, by=request.user, **given), f"{made.label}: tercatat.")
        return redirect("plan_detail", plan.pk)
    return _page(request, "plans/action_move.html", plan, form, action=action, move=made)
