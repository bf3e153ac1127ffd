"""A scorer's page: every criterion with a value and a reason; the other's are hidden until both are there."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render

from clients.pages import BY_NAME
from grants.applications.frames import frame, get_application
from grants.applications.statuses import Status
from grants.programmes.models import Criterion
from grants.selection.forms import ScoreForm
from grants.selection.judging import judge, judgements
from grants.selection.models import Score
from grants.selection.ranking import SCORERS
from grants.selection.scoring import scorers
from ppks.kit.doors import form_page


@form_page("grants.score")
def application_score(request, pk):
    application = get_application(request, pk)
    if application.status != Status.VERIFIED:
        messages.error(request, "Usulan ini tidak sedang menunggu penilaian. Muat ulang halaman.")
        return redirect("application_detail", pk)
    criteria = list(Criterion.objects.current())
    form = ScoreForm(request.POST or None, criteria=criteria, initial=_own(application, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            judge(application, form.scores(), by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Nilai Anda untuk {application} tersimpan.")
            return redirect("application_detail", pk)
    complete = scorers(application)
    context = frame(request, application, "application_detail") | {
        "form": form,
        "number": len(complete),
        "needed": SCORERS,
        "others": _others(application, request.user) if len(complete) >= SCORERS else [],
    }
    return render(request, "grants/selection/application_score.html", context, status=422 if form.errors else 200)


def _scores(application, user):
    return Score.objects.visible_to(user).filter(application=application.pk, cycle=application.cycle).order_by("pk")


def _own(application, user) -> dict[str, object]:
    """The user's newest answers, for judging again."""
    said = judgements(application, user)
    values = {f"value_{criterion}": value for criterion, (value, _) in said.items()}
    return values | {f"reason_{criterion}": reason for criterion, (_, reason) in said.items()}


def _others(application, user):
    return _scores(application, user).exclude(by=user.pk).select_related("criterion").annotate(by_name=BY_NAME)
