"""Decrees: the list, the annexes, one decree, and the forms that prepare, check, enact, amend or discard it."""

from io import BytesIO

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from grants.decrees import lists
from grants.decrees.annex import files_of, preview
from grants.decrees.drafting import draft, fingerprint, nominees, pick
from grants.decrees.enacting import enact
from grants.decrees.forms import DraftForm, PaperForm
from grants.decrees.models import Decree, DecreeStep
from grants.decrees.picking import groups, sent
from grants.decrees.readiness import total, why_not_ready
from grants.decrees.workflow import DECREE
from ppks.documents.attachments import keep
from ppks.kit import dates
from ppks.kit.doors import action, form_page, page, seen
from ppks.kit.refusals import refusals
from ppks.kit.sheets import downloads

VIEW, PREPARE, ENACT = "grants.view_application", "grants.prepare_decree", "grants.decree"
ONLY_DRAFTS = "SK ini bukan konsep lagi. Yang sudah ditetapkan diubah dengan SK perubahan."


def get_decree(request, pk: int) -> Decree:
    """The decree within reach; 404 otherwise."""
    decrees = Decree.objects.visible_to(request.user).select_related("amends")
    return get_object_or_404(decrees, pk=pk)


def crumbs(decree: Decree, last: str = "") -> list[dict[str, str]]:
    found = [{"label": "SK", "url": reverse("decree_list")}, {"label": "Konsep" if decree.is_draft else "SK"}]
    if last:
        found[1]["url"] = reverse("decree_detail", args=[decree.pk])
        found.append({"label": last})
    return found


def closed(request, decree: Decree):
    """The way back from a form about a draft that is none any more."""
    messages.error(request, ONLY_DRAFTS)
    return redirect("decree_detail", decree.pk)


@page(VIEW)
def decree_list(request):
    listing = lists.decrees(request, dates.today())
    shown = listing.page()
    context = {
        "list": shown,
        "rows": lists.with_sums(shown.rows, request.user),
        "tabs": lists.tabs(listing),
        "downloads": downloads(request.user, "sk", listing),
    }
    return render(request, "grants/decrees/decree_list.html", context)


@page(VIEW)
def decree_line_list(request):
    listing = lists.annexes(request, dates.today())
    shown = listing.page()
    rows = list(lists.with_people(shown.rows, request.user))
    seen(request, *{person.identity_id for _, person in rows})
    context = {
        "list": shown,
        "rows": rows,
        "total": lists.line_total(listing),
        "downloads": downloads(request.user, "lampiran", listing),
    }
    return render(request, "grants/decrees/decree_line_list.html", context)


@page(VIEW)
def decree_detail(request, pk):
    decree = get_decree(request, pk)
    offers = {offer.move.name: offer for offer in DECREE.offers(request.user, decree)}
    steps = DecreeStep.objects.visible_to(request.user).filter(decree=decree).prefetch_related("by")
    context = {
        "decree": decree,
        "crumbs": crumbs(decree),
        "files": files_of(decree, request.user),
        "table": lists.by_region(decree, request.user),
        "lines_url": f"{reverse('decree_line_list')}?sk={pk}",
        "total": total(decree),
        "reasons": why_not_ready(decree) if decree.is_draft else [],
        "enact": offers.get("enact"),
        "discard": offers.get("discard"),
        "steps": [(step, Decree.Status(step.target).label) for step in steps],
        "amendments": Decree.objects.visible_to(request.user).filter(amends=decree),
        "may_amend": decree.status == "enacted" and request.user.has_perm(PREPARE),
    }
    return render(request, "grants/decrees/decree_detail.html", context)


@form_page(PREPARE)
def decree_add(request):
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        decree = draft([], by=request.user, **form.cleaned_data)
        return redirect("decree_pick", decree.pk)
    year = dates.today().year
    context = {"form": form, "year": year, "waiting": nominees(request.user, year).count()}
    return render(request, "grants/decrees/decree_add.html", context, status=422 if form.errors else 200)


@form_page(PREPARE)
def decree_pick(request, pk):
    """Tick who stands in the annex; counting stores nothing."""
    decree = get_decree(request, pk)
    if not decree.is_draft or decree.amends_id:
        return closed(request, decree)
    picked = sent(request.POST.getlist("usulan")) if request.method == "POST" else None
    if request.method == "POST" and request.POST.get("step") != "count":
        try:
            added, removed = pick(decree, picked, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Lampiran disimpan: {added} ditambahkan, {removed} dikeluarkan.")
            return redirect("decree_detail", pk)
    found = groups(decree, request.user, picked)
    seen(request, *{one.person.identity_id for group in found for one in group.candidates})
    context = {
        "decree": decree,
        "crumbs": crumbs(decree, "Pilih penerima"),
        "groups": found,
        "people": sum(len(group.picked) for group in found),
        "total": sum(group.total for group in found),
        "over": any(group.left < 0 for group in found),
    }
    return render(request, "grants/decrees/decree_pick.html", context)


@form_page(PREPARE)
def decree_change(request, pk):
    """Number, day, sum and scan, as they stand on the signed paper."""
    decree = get_decree(request, pk)
    if not decree.is_draft:
        return closed(request, decree)
    fields = ("subject", "number", "signed_on", "stated_total")
    form = PaperForm(
        request.POST or None, request.FILES or None, initial={name: getattr(decree, name) for name in fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                for name in fields:
                    setattr(decree, name, form.cleaned_data[name])
                if form.cleaned_data["scan"]:
                    decree.scan = keep(form.cleaned_data["scan"], region_id=None, by=request.user)
                decree.save(update_fields=[*fields, "scan"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Isi SK disimpan.")
            return redirect("decree_detail", pk)
    context = {"form": form, "decree": decree, "crumbs": crumbs(decree, "Isi SK"), "total": total(decree)}
    return render(request, "grants/decrees/decree_change.html", context, status=422 if form.errors else 200)


@page("documents.view")
def decree_preview(request, pk):
    """The annex as PDF, to be signed on paper."""
    decree = get_decree(request, pk)
    content, subjects = preview(decree, request.user)
    seen(request, *subjects)
    return FileResponse(BytesIO(content), content_type="application/pdf", filename=f"lampiran-sk-{pk}.pdf")


@form_page(ENACT)
def decree_enact(request, pk):
    """All that is about to be enacted, then the act itself; a draft that changed meanwhile is shown again."""
    decree = get_decree(request, pk)
    if not decree.is_draft:
        messages.info(request, f"{decree}: {decree.get_status_display().lower()}.")
        return redirect("decree_detail", pk)
    if request.method == "POST":
        try:
            enact(decree, by=request.user, seen=request.POST.get("seen", ""))
        except ValidationError as error:
            for sentence in error.messages:
                messages.error(request, sentence)
        else:
            messages.success(request, f"{decree} ditetapkan. Uangnya siap disalurkan.")
            return redirect("decree_detail", pk)
    context = {
        "decree": decree,
        "crumbs": crumbs(decree, "Tetapkan"),
        "files": files_of(decree, request.user),
        "table": lists.by_region(decree, request.user),
        "lines_url": f"{reverse('decree_line_list')}?sk={pk}",
        "total": total(decree),
        "reasons": why_not_ready(decree),
        "seen": fingerprint(decree),
    }
    return render(request, "grants/decrees/decree_enact.html", context)


@action(PREPARE)
def decree_discard(request, pk):
    decree = get_decree(request, pk)
    try:
        with refusals():
            DECREE.make("discard", decree, by=request.user, note=request.POST.get("note", ""))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Konsep SK dibuang; orang-orangnya kembali dapat dipilih untuk SK lain.")
    return redirect("decree_detail", pk)
