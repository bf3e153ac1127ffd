"""What payments add to an application's page: a hold that stops its money, and what was handed over."""

from typing import Any

from grants.applications.models import Application
from grants.applications.statuses import WITH_MONEY
from grants.payments.lists import state_of, with_answers
from grants.payments.models import Disbursement, Hold
from ppks.kit.contributions import contributor


@contributor("application_panel")
def money(application: Application, user: Any) -> tuple[str, dict[str, Any]] | None:
    hold = Hold.objects.visible_to(user).filter(application=application.pk, lifted_at=None).first()
    if hold is None and application.status not in WITH_MONEY:
        return None
    rows = with_answers(Disbursement.objects.visible_to(user)).filter(application=application.pk)
    return "grants/payments/panel_money.html", {
        "application": application,
        "hold": hold,
        "payments": [(one, *state_of(one)) for one in rows.select_related("bounce")],
        "may_hold": user.has_perm("grants.hold"),
        "may_account": user.has_perm("grants.keep_account") and application.status in {"decreed", "disbursed"},
    }
