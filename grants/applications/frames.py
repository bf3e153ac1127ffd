"""The frame of every page of one application: its identity bar, tabs, money bar, and whom it is about."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from clients.pages import facts, get_person
from grants.applications.models import Application, ApplicationBalance
from grants.applications.statuses import EDITABLE, tone_of
from ppks.kit import dates

TABS = (
    ("application_detail", "Kelengkapan"),
    ("application_plan", "Rencana usaha"),
    ("application_items", "RAB"),
    ("application_documents", "Dokumen"),
    ("application_reports", "SPJ"),
    ("application_history", "Riwayat"),
)


def get_application(request, pk: int) -> Application:
    """The application within reach, with its person, who is written down as seen; 404 otherwise."""
    rows = Application.objects.visible_to(request.user)
    application = get_object_or_404(
        rows.select_related("region", "call__rule_set", "call__line__programme", "balance"), pk=pk
    )
    application.person = get_person(request, application.person_id)
    return application


def frame(request, application: Application, current: str) -> dict[str, Any]:
    """What every page of an application needs; `current` is the open tab's URL name."""
    person = application.person
    lives = list(facts(person))
    return {
        "application": application,
        "person": person,
        "crumbs": [{"label": "Hibah", "url": reverse("application_list")}, {"label": str(application)}],
        "tags": [{"label": application.get_status_display(), "tone": tone_of(application)}],
        "facts": [*lives, {"label": "Program", "value": application.call}],
        "tabs": [
            {"label": label, "url": reverse(name, args=[application.pk]), "count": None, "current": name == current}
            for name, label in TABS
        ],
        "may_write": application.status in EDITABLE and request.user.has_perm("grants.propose"),
    }


def money(application: Application) -> list[dict[str, Any]]:
    """The stations of the money, each with its sum once it was reached."""
    balance: ApplicationBalance = application.balance
    spent = balance.accounted + balance.returned
    asked = application.requested or None
    stations = (
        ("Diusulkan", asked, dates.long(dates.local(application.made_at)) if asked else "petugas"),
        ("Disarankan", application.recommended, "verifikator"),
        ("Ditetapkan SK", balance.committed or None, "kepala"),
        ("Disalurkan", balance.disbursed or None, "bendahara"),
        ("Dipertanggungjawabkan", spent or None, "PPTK"),
    )
    return [{"label": label, "amount": amount, "note": note} for label, amount, note in stations]
