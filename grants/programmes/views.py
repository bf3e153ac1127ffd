"""Programmes: their rules by version, their calls, and opening and closing these."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render

from clients.models import PpksKind
from grants.applications.models import Application
from grants.budget.models import BudgetLine
from grants.programmes.forms import RULES, CallForm, NewCallForm, RuleSetForm
from grants.programmes.models import Call, Programme, RuleSet
from grants.programmes.telling import rules_in_words
from ppks.kit import dates
from ppks.kit.doors import form_page, page
from ppks.kit.refusals import refusals

VIEW, MANAGE = "grants.view_application", "grants.manage_programme"


@page(VIEW)
def programme_list(request):
    calls = Call.objects.visible_to(request.user).open_on(dates.today()).select_related("line")
    open_calls: dict[int, list[Call]] = {}
    for call in calls:
        open_calls.setdefault(call.line.programme_id, []).append(call)
    rows = [(programme, open_calls.get(programme.pk, [])) for programme in Programme.objects.current()]
    return render(request, "grants/programmes/programme_list.html", {"rows": rows})


@page(VIEW)
def programme_detail(request, pk):
    programme = get_object_or_404(Programme.objects.all(), pk=pk)
    calls = Call.objects.visible_to(request.user).filter(line__programme=programme).select_related("line", "rule_set")
    applications = Application.objects.visible_to(request.user).filter(call__in=calls).order_by()
    numbers = dict(applications.values_list("call").annotate(n=Count("pk")))
    rule_sets = RuleSet.objects.visible_to(request.user).filter(programme=programme)
    context = {
        "programme": programme,
        "calls": [(call, numbers.get(call.pk, 0), call.is_open()) for call in calls],
        "versions": [(rule_set, rules_in_words(rule_set)) for rule_set in rule_sets],
    }
    return render(request, "grants/programmes/programme_detail.html", context)


@form_page(MANAGE)
def rule_set_add(request, pk):
    """A new version beside the old ones, which keep what was judged by them."""
    programme = get_object_or_404(Programme.objects.all(), pk=pk)
    newest = RuleSet.objects.visible_to(request.user).filter(programme=programme).first()
    known = {"kinds": set(PpksKind.objects.values_list("code", flat=True))}
    form = RuleSetForm(request.POST or None, newest=newest, known=known)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in RULES}
        rule_set = RuleSet(programme=programme, version=form.cleaned_data["version"], by=request.user, **values)
        if _stored(form, rule_set):
            messages.success(request, f"{rule_set} dibuat. Pembukaan lama tetap memakai aturan lamanya.")
            return redirect("programme_detail", pk)
    context = {"form": form, "programme": programme}
    return render(request, "grants/programmes/rule_set_add.html", context, status=422 if form.errors else 200)


def _stored(form, row) -> bool:
    try:
        with refusals():
            row.save()
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors


@form_page(MANAGE)
def call_add(request, pk):
    programme = get_object_or_404(Programme.objects.all(), pk=pk)
    lines = list(BudgetLine.objects.visible_to(request.user).filter(programme=programme).select_related("programme"))
    rule_sets = list(RuleSet.objects.visible_to(request.user).filter(programme=programme))
    form = NewCallForm(request.POST or None, lines=lines, rule_sets=rule_sets)
    if request.method == "POST" and form.is_valid() and _stored(form, call := form.made()):
        messages.success(request, f"{call}: dibuka {dates.long(call.opens_on)} sampai {dates.long(call.closes_on)}.")
        return redirect("programme_detail", pk)
    context = {"form": form, "programme": programme, "lines": lines, "rule_sets": rule_sets}
    return render(request, "grants/programmes/call_add.html", context, status=422 if form.errors else 200)


@form_page(MANAGE)
def call_change(request, pk):
    """Its name and its days; the money and the rules stay."""
    call = get_object_or_404(Call.objects.visible_to(request.user).select_related("line__programme"), pk=pk)
    fields = ("name", "opens_on", "closes_on")
    form = CallForm(request.POST or None, initial={name: getattr(call, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        rows = Call.objects.visible_to(request.user).filter(pk=pk)
        try:
            with refusals():
                rows.update(**{name: form.cleaned_data[name] for name in fields})
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Pembukaan diubah.")
            return redirect("programme_detail", call.line.programme_id)
    context = {"form": form, "call": call, "programme": call.line.programme}
    return render(request, "grants/programmes/call_change.html", context, status=422 if form.errors else 200)
