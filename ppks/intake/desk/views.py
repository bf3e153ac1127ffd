"""The import desk: the form with the history beneath, an import's page, and the steps from there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from ppks.intake.desk import asking
from ppks.intake.desk.forms import AnswersForm, UndoForm, UploadForm
from ppks.intake.desk.pages import choices, detail_context, is_over, job_context
from ppks.intake.desk.sealing import report_of, unseal
from ppks.intake.lists import KIND
from ppks.intake.models import Import
from ppks.intake.stages import Stage
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen

MAY = "intake.import"
HISTORY = 25
USERS = ("by", "undone_by")  # never joined: a join would read columns of users that case roles may not
OVERTAKEN = "Impor ini sudah berubah sementara itu. Lihat keadaannya sekarang."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def get_import(request, pk: int) -> Import:
    """The import within the user's reach; 404 otherwise."""
    imports = (
        Import.objects.within_reach(request.user).light().select_related("office", "region").prefetch_related(*USERS)
    )
    return get_object_or_404(imports, pk=pk)


@form_page(MAY)
def import_list(request):
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("import_detail", asking.upload(form).pk)
    imports = (
        Import.objects.within_reach(request.user)
        .light()
        .select_related("office")
        .prefetch_related("by")
        .order_by("-pk")
    )
    before = request.GET.get("sebelum", "")
    if before.isascii() and before.isdigit() and len(before) < 18:
        imports = imports.filter(pk__lt=int(before))
    found = list(imports[: HISTORY + 1])
    context = {
        "form": form,
        "kinds": list(KIND.values()),
        "imports": found[:HISTORY],
        "older": found[HISTORY - 1].pk if len(found) > HISTORY else None,
        "is_first_page": not before,
    }
    return render(request, "intake/import_list.html", context, status=422 if form.errors else 200)


@page(MAY)
def import_detail(request, pk):
    listing = get_import(request, pk)
    context = job_context(listing) | detail_context(request, listing)
    return render(request, "intake/import_detail.html", context)


@page(MAY)
def import_progress(request, pk):
    context = job_context(get_import(request, pk))
    response = render(request, "intake/import_job.html", context)
    if is_over(context):
        response["HX-Refresh"] = "true"
    return response


@action(MAY)
def import_answer(request, pk):
    listing = get_import(request, pk)
    if listing.stage not in (Stage.PREVIEW, Stage.UNREADABLE) or not listing.has_upload:
        return _overtaken(request, pk)
    form = AnswersForm(request.POST, user=request.user, listing=listing, report=report_of(listing))
    if not form.is_valid():
        context = job_context(listing) | detail_context(request, listing) | {"form": form}
        return render(request, "intake/import_detail.html", context, status=422)
    return redirect("import_detail", pk) if asking.answer(listing, form, request.user) else _overtaken(request, pk)


@action(MAY)
def import_write(request, pk, choice):
    listing = get_import(request, pk)
    chosen = next((each for each in choices(listing) if each["code"] == choice), None)
    if chosen is None or listing.stage != Stage.PREVIEW:
        return _overtaken(request, pk)
    if chosen["open"] and not asking.go_on(listing, request.user, Stage.WRITING, was=Stage.PREVIEW, choice=choice):
        return _overtaken(request, pk)
    for reason in chosen["reasons"]:
        messages.error(request, reason)
    return redirect("import_detail", pk)


@action(MAY)
def import_leave(request, pk):
    listing = get_import(request, pk)
    if not (listing.may_be_dropped and asking.leave(listing)):
        return _overtaken(request, pk)
    messages.success(request, f"{listing.name} ditinggalkan; tidak ada yang tersimpan, berkasnya dihapus.")
    return redirect("import_list")


@action(MAY)
def import_retry(request, pk):
    listing = get_import(request, pk)
    if not (job_context(listing)["is_stuck"] and asking.go_on(listing, request.user, listing.stage, was=listing.stage)):
        return _overtaken(request, pk)
    return redirect("import_detail", pk)


@action(MAY)
def import_keep(request, pk):
    listing = get_import(request, pk)
    if not (job_context(listing)["is_stuck"] and asking.keep(listing)):
        return _overtaken(request, pk)
    messages.success(request, f"{listing.name} tetap tersimpan; tidak ada yang dibatalkan.")
    return redirect("import_detail", pk)


@page(MAY)
def import_rest(request, pk):
    listing = get_import(request, pk)
    if not listing.has_rest:
        raise Http404
    name = f"belum-masuk-{listing.pk}-{dates.today():%Y-%m-%d}.xlsx"
    return HttpResponse(
        unseal(listing.rest),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )


@form_page(MAY)
def import_undo(request, pk):
    listing = get_import(request, pk)
    if listing.stage != Stage.DONE:
        return _overtaken(request, pk)
    form = UndoForm(request.POST or None)
    found = asking.obstacles(listing, request.user)
    if request.method == "POST" and form.is_valid() and not found:
        is_asked = asking.undo(listing, request.user, form.cleaned_data["reason"])
        return redirect("import_detail", pk) if is_asked else _overtaken(request, pk)
    seen(request, *(one.identity for one in found if one.identity))
    context = {"listing": listing, "form": form, "obstacles": found, "most": asking.MOST_SHOWN}
    return render(request, "intake/import_undo.html", context, status=422 if form.errors else 200)


def _overtaken(request, pk):
    messages.info(request, OVERTAKEN)
    return redirect("import_detail", pk)
