"""Recording a visit, checking it before it is saved, correcting it, and looking at it with its photos."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from clients.pages import frame, get_person
from monitoring import photos
from monitoring.desk import Desk, Outcome
from monitoring.found import found_on, photos_of
from monitoring.models import Upload, Visit, VisitPhoto
from monitoring.telling import chapters, doubts
from monitoring.views import get_business
from ppks.kit import dates
from ppks.kit.doors import form_page, page, seen
from ppks.kit.kept import FIELD, forget, kept_for, pass_for, typed


@form_page("monitoring.record_visit")
def visit_add(request, pk):
    business, person = get_business(request, pk)
    return _record(request, Desk(request.user, business, person))


@form_page("monitoring.record_visit")
def visit_correct(request, key):
    visit = get_object_or_404(Visit.objects.visible_to(request.user), key=key)
    business, person = get_business(request, visit.business_id)
    replaced = Visit.objects.visible_to(request.user).filter(replaces=visit).exists()
    if replaced and request.method != "POST":
        messages.info(request, "Kunjungan ini sudah diganti. Perbaiki penggantinya.")
        return redirect("visit_detail", key)
    return _record(request, Desk(request.user, business, person, replaces=visit))


def _record(request, desk: Desk):
    """One address for all that the form can do: `step` says which button was pressed, none means "store"."""
    if request.method != "POST":
        return _begin(request, desk)
    forget(request)
    step = request.POST.get("step", "store")
    if step == "discard":
        desk.discard(request.POST.get("key"))
        messages.info(request, "Draf dibuang.")
        return redirect(request.path)
    form = desk.form(request.POST, request.FILES)
    is_valid = form.is_valid()
    desk.take_photos(form)
    if step == "store" and is_valid:
        return _store(request, desk, form)
    desk.save_draft(typed(request))
    if step == "draft":
        messages.success(request, "Draf disimpan; hanya Anda yang melihatnya. Lanjutkan dari “Catat kunjungan”.")
        return redirect("business_detail", desk.business.pk)
    if step == "check" and is_valid:
        return _check(request, desk, form)
    return _ask(request, desk, form, status=200 if is_valid else 422)


def _begin(request, desk: Desk):
    """An empty form, or the one that was left: by a session that ended, else by a draft."""
    if answers := kept_for(request):
        return _ask(request, desk, desk.restored(answers), restored="Isian dari sesi yang berakhir")
    if draft := desk.draft():
        saved = dates.moment(draft.saved_at)
        return _ask(request, desk, desk.restored(draft.answers), restored=f"Draf {saved}")
    return _ask(request, desk, desk.form())


def _ask(request, desk: Desk, form, *, status: int = 200, restored: str = ""):
    context = _context(request, desk, form) | {"groups": form.groups(), "restored": restored}
    return render(request, "monitoring/visit_add.html", context, status=status)


def _context(request, desk: Desk, form):
    return {
        "form": form,
        "business": desk.business,
        "person": desk.person,
        "replaces": desk.replaces,
        "pass_field": FIELD,
        "form_pass": pass_for(request),
    }


def _check(request, desk: Desk, form):
    found = form.found(request.user)
    left_out = form.cleaned_data["drop_photos"]
    context = _context(request, desk, form) | {
        "chapters": chapters(found),
        "doubts": doubts(found),
        "photos": [one for one in form.held if one.name not in left_out],
        "answers": [(name, value) for name, values in typed(request).items() for value in values],
    }
    return render(request, "monitoring/visit_check.html", context)


def _store(request, desk: Desk, form):
    day = dates.long(form.cleaned_data["visited_on"])
    match desk.store(form):
        case Outcome.STORED:
            messages.success(request, f"Kunjungan {day} tersimpan.")
        case Outcome.ALREADY:
            messages.info(request, "Kunjungan ini sudah tersimpan sebelumnya; tidak dicatat dua kali.")
        case Outcome.REPLACED:
            messages.error(
                request, "Kunjungan itu sudah diganti orang lain. Perbaiki penggantinya; isian Anda menjadi draf."
            )
            desk.save_draft(typed(request))
    return redirect("business_detail", desk.business.pk)


@page("monitoring.view_business")
def visit_detail(request, key):
    visit = get_object_or_404(Visit.objects.visible_to(request.user), key=key)
    business, person = get_business(request, visit.business_id)
    others = Visit.objects.visible_to(request.user)
    context = frame(request, person, "person_businesses") | {
        "visit": visit,
        "business": business,
        "chapters": chapters(found_on([visit], request.user)[0]),
        "photos": photos_of(visit, request.user),
        "replaces": others.filter(pk=visit.replaces_id).first(),
        "replaced_by": others.filter(replaces=visit).first(),
    }
    return render(request, "monitoring/visit_detail.html", context)


@page("monitoring.view_business")
def visit_photo(request, name):
    """A photo of a visit, or one that still waits for it: reach is asked every time, and the look is written down."""
    photo = VisitPhoto.objects.visible_to(request.user).filter(name=name).select_related("visit__business").first()
    waiting = Upload.objects.visible_to(request.user).filter(name=name).select_related("business").first()
    if not (photo or waiting):
        raise Http404
    seen(request, get_person(request, (photo.visit if photo else waiting).business.person_id).identity_id)
    try:
        file = photos.FILES.opened(name)
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        file,
        content_type="image/jpeg",
        filename=f"foto-{name[:8]}.jpg",
        headers={"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"},
    )
