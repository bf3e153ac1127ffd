"""The budget of a year, one line of it, the ledger, and the forms that change ceilings and allocations."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from grants.budget import figures, lists
from grants.budget.changing import allocated, open_line, set_allocations, set_ceiling
from grants.budget.forms import AllocationsForm, CeilingForm, LineForm
from grants.budget.models import AllocationChange, CeilingChange, LedgerCheck
from ppks.kit import dates, rupiah
from ppks.kit.doors import form_page, page, seen
from ppks.kit.sheets import downloads
from ppks.regions.models import Region

VIEW, CHANGE = "grants.view_application", "grants.manage_budget"
LATEST = 50  # changes of allocations on a line's page


def get_line(request, pk: int):
    """The line within reach; 404 otherwise, for a kab/kota also where nothing is allocated to it."""
    return get_object_or_404(figures.lines_of(request.user), pk=pk)


@page(VIEW)
def budget_front(request):
    return redirect("budget_year", dates.today().year)


@page(VIEW)
def budget_year(request, year):
    known = figures.years(request.user)
    if year not in {*known, dates.today().year}:
        raise Http404
    lines = figures.line_figures(request.user, list(figures.lines_of(request.user).filter(year=year)))
    table = figures.year_table(lines, year)
    day = dates.today()
    unmet = figures.unmet(request.user, year)
    context = {
        "year": year,
        "years": [
            {"label": one, "url": reverse("budget_year", args=[one]), "current": one == year}
            for one in sorted({*known, day.year}, reverse=True)
        ],
        "lines": [(one, one.bars(day)) for one in lines],
        "table": figures.with_sums(table) if len(lines) > 1 else table,
        "has_sum": len(lines) > 1,
        "gone": round(100 * figures.gone(year, day)),
        "unmet": unmet,
        "unmet_people": sum(row["people"] for row in unmet),
        "unmet_url": f"{reverse('application_list')}?status=waitlisted&tahun={year}",
        "checked": LedgerCheck.objects.visible_to(request.user).first(),
        "ledger_url": figures.ledger_url(tahun=year) if year in known else reverse("ledger_list"),
    }
    return render(request, "grants/budget/budget_year.html", context)


@page(VIEW)
def budget_line_detail(request, pk):
    line = get_line(request, pk)
    (sums,) = figures.line_figures(request.user, [line])
    table = figures.region_table(line, request.user)
    changes = AllocationChange.objects.visible_to(request.user).filter(allocation__line=line)
    context = {
        "line": line,
        "crumbs": crumbs(line),
        "bars": sums.bars(dates.today()),
        "sums": sums,
        "table": figures.with_sums(table),
        "has_allocations": bool(table.rows),
        "ceilings": CeilingChange.objects.visible_to(request.user).filter(line=line).prefetch_related("by"),
        "changes": changes.select_related("allocation__region").prefetch_related("by")[:LATEST],
        "count": changes.count(),
        "latest": LATEST,
    }
    return render(request, "grants/budget/budget_line_detail.html", context)


def crumbs(line):
    """The way to a line of the budget."""
    return [
        {"label": f"Anggaran {line.year}", "url": reverse("budget_year", args=[line.year])},
        {"label": f"{line.programme}, {line.get_source_display()}"},
    ]


@page(VIEW)
def ledger_list(request):
    listing = lists.ledger(request, dates.today())
    shown = listing.page()
    rows = [(entry, person, lists.document(entry)) for entry, person in lists.with_people(shown.rows, request.user)]
    seen(request, *{person.identity_id for _, person, _ in rows})
    context = {
        "list": shown,
        "rows": rows,
        "total": lists.total(listing),
        "downloads": downloads(request.user, "buku", listing),
    }
    return render(request, "grants/budget/ledger_list.html", context)


@form_page(CHANGE)
def budget_line_add(request):
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            line = open_line(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{line} dibuat dengan pagu {rupiah.format(form.cleaned_data['ceiling'])}.")
            return redirect("budget_line_detail", line.pk)
    return render(request, "grants/budget/budget_line_add.html", {"form": form}, status=422 if form.errors else 200)


@form_page(CHANGE)
def ceiling_change(request, pk):
    line = get_line(request, pk)
    now = line.balance.ceiling
    form = CeilingForm(request.POST or None, initial={"seen": now, "ceiling": now})
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        found = form.cleaned_data
        if request.POST.get("step") == "check":
            rows = [{"label": str(line), "before": now, "after": found["ceiling"]}]
            return _check(request, line, "pagu", rows, found, answers=_typed(form))
        why = {name: found[name] for name in ("seen", "document", "reason")}
        try:
            changed = set_ceiling(line, found["ceiling"], by=request.user, **why)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _told(request, "Pagu", [changed] if changed else [])
            return redirect("budget_line_detail", pk)
    context = {"form": form, "line": line, "crumbs": crumbs(line)}
    return render(request, "grants/budget/ceiling_change.html", context, status=422 if form.errors else 200)


@form_page(CHANGE)
def allocation_change(request, pk):
    line, regions = get_line(request, pk), list(Region.objects.current().visible_to(request.user))
    now = allocated(line)
    form = AllocationsForm(request.POST or None, regions=regions, now=now)
    if request.method == "POST" and form.is_valid() and request.POST.get("step") != "edit":
        found = form.cleaned_data
        if request.POST.get("step") == "check":
            return check_allocations(request, line, form, now)
        why = {name: found[name] for name in ("document", "reason")}
        try:
            changes = set_allocations(line, form.wanted, seen=form.seen, by=request.user, **why)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            _told(request, "Alokasi", list(changes.values()))
            return redirect("budget_line_detail", pk)
    context = {"form": form, "line": line, "crumbs": crumbs(line)}
    return render(request, "grants/budget/allocation_change.html", context, status=422 if form.errors else 200)


def _told(request, what: str, changes: list[int]) -> None:
    if not changes:
        messages.info(request, f"{what} sudah seperti itu; tidak ada yang diubah.")
        return
    messages.success(request, f"{what} diubah: {rupiah.format(sum(changes))} pada {len(changes)} baris.")


def check_allocations(request, line, form: AllocationsForm, now: dict[int, int], *, action: str = ""):
    """What the filled form would change; `action` is where it goes from here, the page itself unless another is named."""
    rows = [
        {"label": str(one), "before": now.get(one.pk, 0), "after": form.wanted[one.pk]}
        for one in form.regions
        if form.wanted[one.pk] != now.get(one.pk, 0)
    ]
    left = line.balance.ceiling - sum(now.values()) - sum(row["after"] - row["before"] for row in rows)
    return _check(request, line, "alokasi", rows, form.cleaned_data, left=left, answers=_typed(form), action=action)


def _typed(form) -> list[tuple[str, str]]:
    return [(name, form.data.get(name, "")) for name in form.fields]


def _check(request, line, what: str, rows: list[dict], found: dict, *, answers, left: int | None = None, action=""):
    """Before and after, and what stays free, before anything is stored."""
    for row in rows:
        row["change"] = row["after"] - row["before"]
    context = {
        "line": line,
        "what": what,
        "rows": rows,
        "total": sum(row["change"] for row in rows),
        "left": left,
        "over": left is not None and left < 0,
        "document": found["document"],
        "reason": found["reason"],
        "answers": answers,
        "action": action,
    }
    return render(request, "grants/budget/change_check.html", context)
