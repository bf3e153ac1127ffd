"""What referrals add to a person's page: what is open and what can be sent, and their events."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from clients.consent_texts import Purpose
from clients.models import Person
from clients.pages import BY_NAME, Event, about_person, has_consent
from monitoring.referrals.lists import lines
from monitoring.referrals.models import Referral, ReferralStep
from monitoring.referrals.moves import SEND, ReferralStatus
from monitoring.referrals.pages import BY
from ppks.kit import dates
from ppks.kit.contributions import contributor
from ppks.kit.prepared import prepared


@about_person
def _of_person(user, person):
    rows = Referral.objects.visible_to(user).as_of(dates.today()).filter(person=person)
    rows = rows.select_related("office", "region").annotate(by_name=BY_NAME)
    return rows.defer("asked").order_by("-sent_on", "-pk")


@prepared
def _steps(user, referrals):
    steps = ReferralStep.objects.visible_to(user).filter(referral__in=referrals)
    return steps.annotate(by_name=BY).order_by("-pk")


@contributor("person_now")
def now(person: Person, user: Any) -> tuple[str, dict[str, Any]] | None:
    """For who may send: what runs, and the way to a new one. For others only what runs."""
    if not user.has_perm("referrals.view_referral"):
        return None
    running = [row for row in _of_person(person, user) if row.closed_on is None]
    if not running and not user.has_perm(SEND):
        return None
    return "referrals/person_now.html", {
        "lines": lines(running, user, dates.today()) if running else [],
        "may_send": user.has_perm(SEND),
        "has_consent": user.has_perm(SEND) and has_consent(person, user, Purpose.SHARE, dates.today()),
    }


@contributor("timeline")
def referrals(person: Person, user: Any) -> Iterator[Event]:
    if not user.has_perm("referrals.view_referral"):
        return
    rows = _of_person(person, user)
    offices = {row.pk: str(row.office) for row in rows}
    for step in _steps(user, tuple(offices)):
        yield Event(
            step.effective_on,
            f"Rujukan ke {offices[step.referral_id]}: {ReferralStatus(step.target).label.lower()}",
            "" if step.is_masked else step.note,
            step.by_name,
            reverse("referral_detail", args=[step.referral_id]),
        )
    for row in rows:
        url = reverse("referral_detail", args=[row.pk])
        yield Event(row.sent_on, f"Dirujuk ke {row.office}", row.get_kind_display(), row.by_name, url)
