"""Reminders of reports that fall due, from the officer up to the province; once a report, stage and reader.

It goes by the days alone, so `tick` may run late, twice, or after missed days.
"""

from datetime import date, timedelta

from grants.accountability.models import Report
from grants.accountability.stages import EARLIEST, HEAD, OFFICER, PROVINCE, stage_for, when
from grants.accountability.workflow import EDITABLE
from ppks.inbox.sending import Everybody, notify
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work

CHUNK = 1_000


def remind(day: date) -> str:
    """Tell whoever is to be told by `day` and was not yet of a report that nobody has sent."""
    rows = Report.objects.owed().filter(status__in=EDITABLE, due_on__lte=day - timedelta(days=EARLIEST))
    rows = rows.select_related("application", "disbursement").order_by("pk")
    sent = sum(_remind(report, day) for report in rows.iterator(CHUNK))
    return f"Pengingat SPJ: {sent} dikirim."


def _remind(report: Report, day: date) -> int:
    told = 0
    for role in (OFFICER, HEAD, PROVINCE):
        if stage := stage_for(role, due_on=report.due_on, today=day):
            told += notify(
                key=f"spj:{report.pk}:{stage.code}",
                to=Everybody(role) if role == PROVINCE else Everybody(role, at=report.region_id),
                text=f"{report} {report.application}: {when(report.due_on, day)}.",
                url="report_detail",
                args=[report.application_id, report.pk],
            )
    return told


contribute("tick", Work("spj", remind))
