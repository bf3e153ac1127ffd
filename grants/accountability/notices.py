"""Who hears of a report's steps in the inbox: by number, never by name."""

from grants.accountability.models import Report
from ppks.inbox.sending import Everybody, notify

TOLD = {
    "submit": "menunggu diperiksa.",
    "return": "dikembalikan untuk diperbaiki. Alasannya ada di halamannya.",
    "approve": "disahkan.",
}


def tell(report: Report, move: str) -> None:
    """The province hears what was sent, the kab/kota what became of it, once a step."""
    place = report.region_id
    readers = (
        Everybody("pptk") if move == "submit" else [Everybody(role, place) for role in ("officer", "regional_head")]
    )
    notify(
        key=f"spj-langkah:{report.pk}:{report.version}",
        to=readers,
        text=f"{report} {report.application} {TOLD[move]}",
        url="report_detail",
        args=[report.application_id, report.pk],
    )
