"""Enacts a decree: all lines or none, the annex issued as a paper, and whoever waits for released money told."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Sum

from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget.locking import lock_money
from grants.decrees.annex import annex_data
from grants.decrees.drafting import draft, fingerprint
from grants.decrees.models import Decree, DecreeLine
from grants.decrees.readiness import total, why_not_ready
from grants.decrees.workflow import DECREE
from ppks.documents import papers
from ppks.inbox.sending import Everybody, notify
from ppks.kit import rupiah
from ppks.kit.refusals import refusals

STALE = "Konsep SK ini berubah sejak Anda memeriksanya. Periksa sekali lagi."


def enact(decree: Decree, *, by: Any, seen: str | None = None) -> None:
    """Commit and release the money of all lines and move their applications. Raises ValidationError; then nothing happened.

    `seen` is the fingerprint of what was checked; a draft that changed since is refused.
    """
    with refusals():
        decree = Decree.objects.visible_to(by).select_for_update(of=("self",)).get(pk=decree.pk)  # its lines wait, too
        lines = list(decree.lines.select_related("application").order_by("application__allocation", "application"))
        lock_money(line.application_id for line in lines)
        if seen is not None and decree.is_draft and seen != fingerprint(decree):
            raise ValidationError(STALE)
        if by.has_perm(DECREE.moves["enact"].permission) and decree.is_draft and not why_not_ready(decree):
            _issue(decree, by)
        DECREE.make("enact", decree, by=by)
        APPLICATION.make_many("decree", [line.application for line in lines if not line.before], by=by)
        for line in lines:
            if line.amount == 0 and line.application.status == Status.DECREED:
                APPLICATION.make("cancel", line.application, by=by, note=line.reason, code="other")
    tell_about_release(decree)


def _issue(decree: Decree, by: Any) -> None:
    """The annex as it holds from now on, with the code by which anybody can check it."""
    data, subjects = annex_data(decree, by)
    decree.annex = papers.issue("decree_annex", data, region_id=None, number=decree.number, subjects=subjects, by=by)
    decree.save(update_fields=["annex"])


def tell_about_release(decree: Decree) -> None:
    """Say in the inbox of PPTK and of the kab/kota where money became free and who waits for it."""
    freed = DecreeLine.objects.filter(decree=decree, application__allocation__isnull=False).order_by()
    rows = freed.values("application__allocation", "application__region", "application__region__name")
    for row in rows.annotate(change=Sum("amount") - Sum("before")):
        waiting = Application.objects.filter(allocation=row["application__allocation"], status=Status.WAITLISTED)
        count = waiting.count() if row["change"] < 0 else 0
        if count:
            place, region = row["application__region__name"], row["application__region"]
            notify(
                key=f"decree:{decree.pk}:released:{row['application__allocation']}",
                to=[Everybody("pptk"), Everybody("officer", at=region)],
                text=f"{rupiah.format(-row['change'])} alokasi {place} lepas dari SK; {count} cadangan menunggu.",
                url="budget_line_detail",
                args=[waiting.values_list("allocation__line", flat=True).first()],
            )


__all__ = ["draft", "enact", "total", "why_not_ready"]
