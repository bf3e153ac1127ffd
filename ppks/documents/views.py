"""Kept files on their way out: reach is asked every time, the look is written down, an altered file stays here."""

import logging
from collections.abc import Iterable
from io import BytesIO

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render

from ppks.documents.files import Altered
from ppks.documents.models import Attachment, Paper
from ppks.documents.reach import VIEW
from ppks.kit.doors import page, seen

log = logging.getLogger(__name__)
PDF = Attachment.MediaType.PDF.value
BOX = {"Content-Security-Policy": "default-src 'none'; sandbox"}  # a PDF would not be shown in it


@page(VIEW)
def attachment_file(request, pk):
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return kept(request, attachment, attachment.name, attachment.media_type)


@page(VIEW)
def paper_file(request, pk):
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    return kept(request, paper, paper.file_name)


def kept(request, row, name: str, media_type: str = PDF, subjects: Iterable[int] | None = None):
    """The file as it was once stored, or a page that says that it is no more. `subjects`: whom it shows, if not the row's."""
    try:
        content = row.FILES.content(row.file, digest=row.sha256)
    except Altered:
        log.error("%s %s: the file is not the one that was stored.", row._meta.label, row.pk)
        return render(request, "documents/altered.html", {"row": row}, status=409)
    seen(request, *(row.subjects if subjects is None else subjects))
    headers = {"X-Content-Type-Options": "nosniff"} | ({} if media_type == PDF else BOX)
    return FileResponse(BytesIO(content), content_type=media_type, filename=name, headers=headers)
