"""Everything that lies with an application as one ZIP."""

import tempfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.shortcuts import redirect

from grants.applications.documents import ApplicationDocument
from grants.applications.frames import get_application
from grants.applications.lists import VIEW
from ppks.documents.dossier import Entry, write
from ppks.documents.files import Altered
from ppks.documents.models import Attachment
from ppks.documents.reach import VIEW as OPEN_FILES
from ppks.kit.doors import page, seen


@page(VIEW)
def application_dossier(request, pk):
    if not request.user.has_perm(OPEN_FILES):
        raise PermissionDenied
    application = get_application(request, pk)
    rows = ApplicationDocument.objects.visible_to(request.user).filter(application=application)
    rows = list(rows.current().select_related("type").order_by("type"))
    files = Attachment.objects.visible_to(request.user).in_bulk({row.attachment_id for row in rows})
    entries = [Entry(files[row.attachment_id], row.type.get_stage_display(), str(row.type)) for row in rows]
    target = tempfile.TemporaryFile()  # noqa: SIM115, FileResponse closes it
    try:
        seen(request, *write(entries, target))
    except Altered:
        messages.error(request, "Salah satu berkas bukan lagi berkas yang disimpan. Laporkan kepada admin.")
        return redirect("application_documents", pk)
    target.seek(0)
    name = f"usulan-{application.number}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
