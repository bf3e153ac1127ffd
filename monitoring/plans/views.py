"""Plans: who has none, which run, making one, looking at one, and what helped similar businesses."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from clients.pages import frame
from monitoring.plans import lists, need_lists
from monitoring.plans.forms import GoalForm, PlanForm
from monitoring.plans.helped import CAUTION, GROUP, by_group, sees_only_a_part, sentence, table, what_helped
from monitoring.plans.lifecycle import MAY, PLAN
from monitoring.plans.making import aim, begin
from monitoring.plans.models import Plan
from monitoring.plans.pages import found_obstacles, get_plan, plan_context, send_back, similar, told, waiting
from monitoring.reference import Obstacle
from monitoring.views import get_business
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page
from ppks.kit.exporting import FORMS
from ppks.kit.sheets import answer, downloads, table_book, table_downloads


@page("monitoring.view_business")
def help_list(request):
    """Who needs help and has no plan."""
    day = dates.today()
    listing = need_lists.needs(request, day)
    shown = listing.page()
    context = {
        "list": shown,
        "rows": need_lists.lines(shown.rows, request.user, day),
        "tabs": need_lists.tabs(request.user, day, _region(listing), "lewat" if listing.chosen["umur"] else "perlu"),
        "day": day,
        "downloads": downloads(request.user, "perlu_rencana", listing),
    }
    return render(request, "plans/help_list.html", context)


@page("monitoring.view_business")
def plan_list(request):
    """The plans by stage."""
    day = dates.today()
    listing = lists.plans(request, day)
    shown = listing.page()
    stage = listing.chosen["tahap"]
    context = {
        "list": shown,
        "rows": lists.lines(shown.rows, request.user, day),
        "tabs": need_lists.tabs(request.user, day, _region(listing), stage[0] if stage else ""),
        "day": day,
        "downloads": downloads(request.user, "rencana", listing),
    }
    return render(request, "plans/plan_list.html", context)


def _region(listing) -> str:
    chosen = listing.chosen[lists.REGION.name]
    return chosen[0] if chosen else ""


@form_page(MAY)
def plan_make(request, pk):
    """The usual steps against what the last visit found, beside what helped similar businesses."""
    business, person = get_business(request, pk)
    running = Plan.objects.visible_to(request.user).open().filter(business=business).first()
    if running and request.method != "POST":
        messages.info(request, "Usaha ini sudah punya rencana yang berjalan.")
        return redirect("plan_detail", running.pk)
    obstacles, found = list(Obstacle.objects.current()), found_obstacles(business, request.user)
    about = [*found, *(one for one in obstacles if one.code in request.GET.getlist("sebab") and one not in found)]
    given = {"region": business.region_id, "obstacles": obstacles, "found": {one.code for one in about}}
    form = PlanForm(request.POST or None, **given, by=request.user)
    if request.method == "POST" and form.is_valid():
        return _begin(request, business, form)
    context = {
        "form": form,
        "business": business,
        "person": person,
        "waiting": waiting([business], request.user, dates.today()).get(business.pk),
        "obstacles": [(one, one in about) for one in obstacles],
        "found": found,
        "helped": similar(business, about, request.user),
        "caution": CAUTION,
    }
    return render(request, "plans/plan_make.html", context, status=422 if form.errors else 200)


def _begin(request, business, form):
    given = {"goal": form.cleaned_data["goal"], "causes": form.chosen(), "actions": form.actions()}
    try:
        plan = begin(business, **given, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        plan = Plan.objects.visible_to(request.user).open().filter(business=business).first()
        return redirect("plan_detail", plan.pk) if plan else redirect("plan_make", business.pk)
    messages.success(request, f"Rencana dibuat dengan {len(given['actions'])} langkah.")
    return redirect("plan_detail", plan.pk)


@page("monitoring.view_business")
def plan_detail(request, pk):
    plan = get_plan(request, pk)
    business, person = get_business(request, plan.business_id)
    context = frame(request, person, "person_businesses") | {"business": business, "caution": CAUTION}
    return render(request, "plans/plan_detail.html", context | plan_context(plan, request.user))


@form_page(MAY)
def plan_change(request, pk):
    """Another goal; the history keeps the old one."""
    plan = get_plan(request, pk)
    business, person = get_business(request, plan.business_id)
    if elsewhere := send_back(request, plan):
        return elsewhere
    form = GoalForm(request.POST or None, initial={"goal": plan.goal})
    if request.method == "POST" and form.is_valid():
        told(request, lambda: aim(plan, form.cleaned_data["goal"], by=request.user), "Tujuan diubah.")
        return redirect("plan_detail", pk)
    context = {"form": form, "plan": plan, "business": business, "person": person}
    return render(request, "plans/plan_change.html", context, status=422 if form.errors else 200)


@action(MAY)
def plan_move(request, pk, move):
    if move not in PLAN.moves:
        raise Http404
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=pk)
    note = request.POST.get("note", "")
    told(request, lambda: PLAN.make(move, plan, by=request.user, note=note), f"{PLAN.moves[move].label}: tercatat.")
    return redirect("plan_detail", pk)


@page("monitoring.view_business")
def plan_helped(request):
    """What went together with recovery, by cause and step, for one group of trades; the file has them all."""
    found = what_helped(request.user)
    shown, segments = by_group(found, request.GET.get(GROUP, ""))
    is_part = sees_only_a_part(request.user)
    context = {
        "sentence": sentence(shown),
        "table": table(shown, is_part=is_part),
        "segments": segments,
        "is_part": is_part,
        "caution": CAUTION,
        "day": dates.today(),
        "downloads": table_downloads(request.user, "plan_helped_file"),
    }
    return render(request, "plans/plan_helped.html", context)


@page("clients.export")
def plan_helped_file(request, form):
    if form not in FORMS:
        raise Http404
    if not request.user.has_perm("monitoring.view_business"):
        raise PermissionDenied
    found = table(what_helped(request.user), is_part=sees_only_a_part(request.user))
    return answer(table_book(found, request.user, "yang-membantu"), form)
