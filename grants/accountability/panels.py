"""What accounting shows on an application's page."""

from typing import Any

from grants.accountability.models import Recovery
from grants.accountability.pages import reports_of
from grants.applications.models import Application
from grants.applications.statuses import Status
from ppks.kit.contributions import contributor


@contributor("application_panel")
def reports(application: Application, user: Any) -> tuple[str, dict[str, Any]] | None:
    found = reports_of(application, user)
    asked = list(Recovery.objects.visible_to(user).filter(application=application))
    if not found:
        return None
    return "grants/accountability/panel_reports.html", {
        "application": application,
        "reports": found,
        "asked": asked,
        "may_settle": application.status == Status.RECOVERY and user.has_perm("grants.settle"),
    }
