"""What choosing adds to an application's page: flags, scores, rank, and the paper that says why not."""

from typing import Any

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.selection.flags import open_flags
from grants.selection.letters import is_unsuccessful
from grants.selection.models import Rank
from ppks.kit.contributions import contributor


@contributor("application_panel")
def choosing(application: Application, user: Any) -> tuple[str, dict[str, Any]] | None:
    if application.person.is_masked:
        return None
    rank = Rank.objects.filter(application=application.pk, cycle=application.cycle).first()
    told = {
        "application": application,
        "flags": open_flags(application) if application.status == Status.SUBMITTED else [],
        "rank": rank,
        "year": application.year,
        "may_score": application.status == Status.VERIFIED and user.has_perm("grants.score"),
        "has_reason": is_unsuccessful(application),
        "may_issue": is_unsuccessful(application) and user.has_perm("grants.reject"),
    }
    shown = told["flags"] or rank or told["may_score"] or told["has_reason"]
    return ("grants/selection/panel_choosing.html", told) if shown else None
