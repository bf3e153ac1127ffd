"""The verifier's page: the visit, the flags of double aid, and setting one aside."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from grants.applications.documents import Stage, missing_documents
from grants.applications.frames import frame, get_application
from grants.applications.statuses import Status
from grants.selection.flags import open_flags
from grants.selection.forms import ReasonForm, VerificationForm
from grants.selection.models import Verification
from grants.selection.verifying import record, set_aside
from ppks.kit.doors import action, form_page

NOT_NOW = "Usulan ini tidak sedang menunggu verifikasi. Muat ulang halaman."


def _has_visit(application, user) -> bool:
    visits = Verification.objects.visible_to(user).filter(application=application.pk, cycle=application.cycle)
    return visits.exists()


@form_page("grants.verify")
def application_verify(request, pk):
    application = get_application(request, pk)
    if application.status != Status.SUBMITTED:
        messages.error(request, NOT_NOW)
        return redirect("application_detail", pk)
    needs_photo = bool(missing_documents(application, Stage.VERIFICATION))
    form = VerificationForm(
        request.POST or None, request.FILES or None, application=application, needs_photo=needs_photo
    )
    if request.method == "POST" and form.is_valid():
        passes = request.POST.get("step") == "pass"
        try:
            record(application, pass_it=passes, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            said = f"{application} lolos verifikasi." if passes else "Hasil kunjungan disimpan."
            messages.success(request, said)
            return redirect("application_detail" if passes else "application_verify", pk)
    context = frame(request, application, "application_detail") | {
        "form": form,
        "flags": open_flags(application),
        "has_visit": _has_visit(application, request.user),
    }
    return render(request, "grants/selection/application_verify.html", context, status=422 if form.errors else 200)


@action("grants.verify")
def flag_set_aside(request, pk, key):
    application = get_application(request, pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tulis alasan yang dapat dipahami orang lain, sedikitnya 10 huruf.")
        return redirect("application_verify", pk)
    try:
        set_aside(application, key, reason=form.cleaned_data["reason"], by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Tanda diselesaikan; alasan Anda tercatat.")
    return redirect("application_verify", pk)
