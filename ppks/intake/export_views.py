"""Lists out: the file behind "Unduh" at once, or in the background when it is large; NIK and KK in plain digits for a reason."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from clients.forms import RevealForm
from ppks.audit.models import Export
from ppks.intake import exports
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.exporting import FORMS
from ppks.kit.listing import Listing
from ppks.kit.printing import printed
from ppks.kit.sheets import EXPORT, EXPORT_FULL, Sheet, answer, downloads, no_subjects, said_of, sheets

SMALL = 2_000  # rows that are written while the reader waits


def _sheet(request, name: str, form: str = "xlsx") -> Sheet:
    sheet = sheets().get(name)
    if sheet is None or form not in FORMS:
        raise Http404
    if not request.user.has_perm(sheet.permission):
        raise PermissionDenied
    return sheet


def _is_small(listing: Listing) -> bool:
    return listing.rows.order_by()[: SMALL + 1].count() <= SMALL


def _file(request, sheet: Sheet, listing: Listing, form: str, *, full: bool = False, reason: str = "") -> FileResponse:
    subjects = no_subjects()
    response = answer(sheet.book(listing, subjects, full=full), form)
    seen(request, *subjects, reason=reason)
    return response


@page(EXPORT)
def sheet_file(request, name, form):
    sheet = _sheet(request, name, form)
    listing = sheet.listing(request, dates.today())
    if _is_small(listing):
        return _file(request, sheet, listing, form)
    query = urlencode(listing.codes)
    context = {
        "sheet": sheet,
        "form": FORMS[form],
        "count": listing.rows.count(),
        "said": said_of(request.user, listing)[0],
        "order_url": f"{reverse('sheet_order', args=[name, form])}?{query}",
        "back_url": f"{reverse(sheet.page)}?{query}",
    }
    return render(request, "intake/sheet_file.html", context)


@page(EXPORT)
def sheet_print(request, name):
    sheet = _sheet(request, name)
    listing = sheet.listing(request, dates.today())
    subjects, is_small = no_subjects(), _is_small(listing)
    context = {
        "sheet": sheet,
        "printed": printed(sheet.book(listing, subjects)) if is_small else None,
        "count": listing.rows.count(),
        "most": SMALL,
        "said": said_of(request.user, listing),
        "downloads": downloads(request.user, name, listing),
        "back_url": f"{reverse(sheet.page)}?{urlencode(listing.codes)}",
    }
    seen(request, *subjects)
    return render(request, "intake/sheet_print.html", context)


@action(EXPORT)
def sheet_order(request, name, form):
    sheet = _sheet(request, name, form)
    listing = sheet.listing(request, dates.today())
    export = exports.order(request.user, sheet=name, form=form, filters=urlencode(listing.codes))
    return redirect("export_detail", export.pk)


@form_page(EXPORT_FULL)
def sheet_full(request, name):
    sheet = _sheet(request, name)
    if not sheet.has_full:
        raise Http404
    listing = sheet.listing(request, dates.today())
    form = RevealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if _is_small(listing):
            return _file(request, sheet, listing, "xlsx", full=True, reason=reason)
        asked = {"sheet": name, "form": "xlsx", "filters": urlencode(listing.codes)}
        return redirect("export_detail", exports.order(request.user, **asked, is_full=True, reason=reason).pk)
    context = {
        "sheet": sheet,
        "form": form,
        "count": listing.rows.count(),
        "said": said_of(request.user, listing)[0],
        "back_url": f"{reverse(sheet.page)}?{urlencode(listing.codes)}",
    }
    return render(request, "intake/sheet_full.html", context, status=422 if form.errors else 200)


def _told(export: Export) -> dict:
    found = exports.progress(export)
    return {
        "export": export,
        "label": f"{sheets()[export.sheet].label} ({FORMS[export.form].label})",
        "progress": found,
        "is_open": found.state in {exports.WAITING, exports.RUNNING},
        "back_url": f"{reverse(sheets()[export.sheet].page)}?{export.filters}",
    }


@page(EXPORT)
def export_list(request):
    exports.forget_old()
    rows = Export.objects.visible_to(request.user).order_by("-pk")[:25]
    return render(request, "intake/export_list.html", {"rows": [_told(export) for export in rows]})


@page(EXPORT)
def export_detail(request, pk):
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    return render(request, "intake/export_detail.html", _told(export))


@page(EXPORT)
def export_file(request, pk):
    export = get_object_or_404(Export.objects.visible_to(request.user), pk=pk)
    _sheet(request, export.sheet)
    if export.is_full and not request.user.has_perm(EXPORT_FULL):
        raise PermissionDenied
    if exports.progress(export).state != exports.READY:
        return redirect("export_detail", pk)
    subjects = exports.subjects_of(export)
    if not exports.all_in_reach(subjects, request.user):
        exports.forget(export)
        messages.error(request, "Jangkauan Anda sudah berubah sejak berkas ini dibuat; berkasnya dihapus. Minta lagi.")
        return redirect("export_detail", pk)
    seen(request, *subjects, reason=export.reason)
    name = f"{export.sheet}-{dates.today():%Y-%m-%d}.{export.form}"
    content_type = FORMS[export.form].content_type
    return FileResponse(
        exports.path_of(export).open("rb"), as_attachment=True, filename=name, content_type=content_type
    )
