"""The reason of an unsuccessful application as a paper: looked at, and issued once with a code to check it by."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect

from grants.applications.frames import get_application
from grants.applications.lists import VIEW
from grants.selection.letters import is_unsuccessful, letter
from ppks.documents.papers import issue, render
from ppks.kit.doors import action, page


def _unsuccessful(request, pk):
    application = get_application(request, pk)
    if not is_unsuccessful(application) or application.person.is_masked:
        raise Http404
    return application


@page(VIEW)
def application_reason(request, pk):
    application = _unsuccessful(request, pk)
    kind, data = letter(application)
    content = BytesIO(render(kind, data, region_id=None))
    return FileResponse(content, content_type="application/pdf", filename=f"alasan-{application.pk}.pdf")


@action("grants.reject")
def application_reason_issue(request, pk):
    application = _unsuccessful(request, pk)
    kind, data = letter(application)
    paper = issue(kind, data, region_id=application.region_id, by=request.user, subjects=[application.identity_id])
    messages.success(request, "Surat diterbitkan dan dapat diperiksa keasliannya lewat kodenya.")
    return redirect("paper_file", paper.pk)
