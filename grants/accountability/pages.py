"""What pages about reports show: the lines of the budget against receipts, and the paper that says the same."""

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from clients.pages import BY_NAME
from grants.accountability.models import FundReturn, Purchase, Report
from grants.accountability.reporting import bought, returned, why_not_balanced
from grants.accountability.workflow import EDITABLE, REPORT
from grants.applications.documents import missing_documents
from grants.applications.frames import frame, get_application
from grants.applications.models import Application
from grants.applications.moves import Button
from grants.applications.plan import BudgetItem
from ppks.documents import papers
from ppks.kit import dates
from ppks.kit.rows import rows_of

TONES = {"draft": "plain", "submitted": "info", "returned": "warn", "approved": "ok"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the budget plan: what was bought for it by this report, and by the earlier ones."""

    item: BudgetItem
    purchases: list[Purchase]
    earlier: int

    @property
    def bought(self) -> int:
        return sum(one.amount for one in self.purchases)

    @property
    def rest(self) -> int:
        """What is planned and not bought yet; below zero when more was bought than planned."""
        return self.item.total - self.earlier - self.bought


def get_report(request, pk: int, report: int) -> Report:
    """The report of that application within reach, with its person written down as seen; 404 otherwise."""
    application = get_application(request, pk)
    rows = Report.objects.visible_to(request.user).filter(application=pk).select_related("disbursement")
    found = get_object_or_404(rows, pk=report)
    found.application = application
    return found


def lines(report: Report, user: Any) -> list[Line]:
    """The budget with the receipts of this report under each line: two queries."""
    seen: dict[int, list[Purchase]] = {}
    earlier: dict[int, int] = {}
    rows = Purchase.objects.visible_to(user).filter(report__application=report.application_id)
    for one in rows.filter(report__disbursement__bounce=None).annotate(by_name=BY_NAME).order_by("pk"):
        if one.report_id == report.pk:
            seen.setdefault(one.item_id, []).append(one)
        elif one.report_id < report.pk:
            earlier[one.item_id] = earlier.get(one.item_id, 0) + one.amount
    items = report.application.items.order_by("pk")
    return [Line(item, seen.get(item.pk, []), earlier.get(item.pk, 0)) for item in items]


def may_write(report: Report, user: Any) -> bool:
    """Whether this user adds and mends receipts now."""
    return report.status in EDITABLE and user.has_perm("grants.report")


def report_context(request, report: Report) -> dict[str, Any]:
    """Everything that the page of a report needs."""
    user, application = request.user, report.application
    owed = report.status in EDITABLE
    return frame(request, application, "application_reports") | {
        "report": report,
        "tone": TONES[report.status],
        "lines": lines(report, user),
        "slips": FundReturn.objects.visible_to(user).filter(report=report).annotate(by_name=BY_NAME),
        "bought": bought(report),
        "returned": returned(report),
        "unexplained": why_not_balanced(report),
        "missing": missing_documents(application, "report") if owed else [],
        "steps": report.steps.visible_to(user).annotate(by_name=BY_NAME).order_by("-version"),
        "moves": report_buttons(report, user),
        "may_write": may_write(report, user),
        "shows_sellers": "seller" not in (rows_of(Purchase).hide.get(user.role_entry.enters) or ()),
    }


def report_buttons(report: Report, user: Any) -> list[Button]:
    """The moves of the report, each open or with all that stands against it."""
    return [
        Button(
            label=offer.move.label,
            url=reverse("report_move", args=[report.application_id, report.pk, offer.move.name]),
            open=offer.open,
            reasons=offer.reasons,
            needs_note=offer.move.needs_note,
            hint="",
            tone="",
            is_link=False,
        )
        for offer in REPORT.offers(user, report)
    ]


def reports_of(application: Application, user: Any) -> list[Report]:
    """The reports of every tranche that really went out, the first one first."""
    rows = Report.objects.visible_to(user).filter(application=application.pk, disbursement__bounce=None)
    return list(rows.select_related("disbursement").order_by("pk"))


def summary(report: Report, user: Any) -> bytes:
    """The account of this tranche as PDF; of a report that is not approved it says so."""
    application, person = report.application, report.application.person
    told = [
        {"name": line.item.description, "planned": line.item.total - line.earlier, "bought": line.bought}
        for line in lines(report, user)
    ]
    if back := returned(report):
        told.append({"name": "Disetor kembali", "planned": 0, "bought": 0, "returned": back})
    data = {
        "day": dates.today(),
        "party": {"name": person.shown_name},
        "basis": f"{application}, {report}",
        "lines": told,
        "note": f"Keadaan SPJ: {report.get_status_display()}.",
        "signers": [{"role": "Petugas pendamping"}, {"role": "Penerima", "name": person.shown_name}],
    }
    return papers.render("accountability_summary", data, region_id=report.region_id)
