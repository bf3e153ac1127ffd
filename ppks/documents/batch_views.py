"""A package of papers: how far it is, its one PDF, another try after the job died."""

from itertools import chain

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from ppks.documents import batches
from ppks.documents.models import Batch, Paper
from ppks.documents.reach import VIEW
from ppks.documents.views import kept
from ppks.kit.alive import Life
from ppks.kit.doors import action, page

STUCK = {Life.DEAD, Life.UNTAKEN}


def _told(batch: Batch) -> dict:
    life = batches.life_of(batch)
    return {
        "batch": batch,
        "life": life.value,
        "is_open": life in {Life.WAITING, Life.RUNNING},
        "percent": 100 * batch.done // batch.count,
    }


@page(VIEW)
def batch_list(request):
    found = Batch.objects.visible_to(request.user).filter(by=request.user)[:25]
    return render(request, "documents/batch_list.html", {"rows": [_told(batch) for batch in found]})


@page(VIEW)
def batch_detail(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    context = _told(batch) | {"may_retry": batch.by_id == request.user.pk and batch.entries is not None}
    return render(request, "documents/batch_detail.html", context)


@page(VIEW)
def batch_file(request, pk):
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    if not batch.finished_at:
        return redirect("batch_detail", pk)
    shown = Paper.objects.visible_to(request.user).filter(batch=batch).values_list("subjects", flat=True)
    return kept(request, batch, batch.file_name, subjects=sorted(set(chain.from_iterable(shown))))


@action(VIEW)
def batch_retry(request, pk):
    """For who asked for the package; one that still waits, runs or has ended stays as it is."""
    mine = Batch.objects.visible_to(request.user).filter(by=request.user)
    batch = get_object_or_404(mine.select_for_update(of=("self",), no_key=True), pk=pk)
    if batches.life_of(batch) in STUCK and batch.entries is not None:
        batches.again(batch)
        messages.success(request, "Paket diminta sekali lagi.")
    return redirect("batch_detail", pk)
