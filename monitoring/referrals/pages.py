"""What a referral's page tells: its way so far, newest first, and what can be done now."""

from typing import Any

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone

from clients.consent_texts import Purpose
from clients.models import Consent
from clients.pages import BY_NAME, Event
from monitoring.referrals.models import Referral, ReferralLink, ReferralStep
from monitoring.referrals.moves import OPEN, REFERRAL, ReferralStatus
from ppks.kit import dates

LINKED = Concat(Value("lewat tautan, "), F("referral__office__name"), output_field=TextField())
BY = Case(When(link__isnull=False, then=LINKED), default=BY_NAME, output_field=TextField())  # whose answer it is


def events(referral: Referral, user: Any) -> list[Event]:
    """Sent, opened by link, answered: newest first."""
    steps = ReferralStep.objects.visible_to(user).filter(referral=referral).annotate(by_name=BY).order_by("-version")
    told = [
        Event(step.effective_on, ReferralStatus(step.target).label, "" if step.is_masked else step.note, step.by_name)
        for step in steps
    ]
    opened = ReferralLink.objects.visible_to(user).filter(referral=referral).exclude(opened_at=None).order_by("-pk")
    told += [
        Event(timezone.localtime(link.opened_at, dates.JAKARTA).date(), "Dibuka lewat tautan", by=str(referral.office))
        for link in opened
    ]
    sent = Event(referral.sent_on, f"Dikirim ke {referral.office}", referral.get_kind_display(), str(referral.by))
    return [*sorted(told, key=lambda event: event.on, reverse=True), sent]


def buttons(referral: Referral, user: Any) -> list[dict[str, Any]]:
    """The moves that this user could make, as `parts/moves.html` draws them."""
    return [
        {
            "label": offer.move.label,
            "url": reverse("referral_move", args=[referral.pk, offer.move.name]),
            "open": offer.open,
            "reasons": offer.reasons,
            "needs_note": offer.move.needs_note,
            "tone": "danger" if offer.move.name in {"reject", "withdraw"} else "",
        }
        for offer in REFERRAL.offers(user, referral)
    ]


def standing_consent(person: Any, user: Any) -> Consent | None:
    """The consent under which this person can be referred today."""
    return Consent.objects.visible_to(user).in_force(Purpose.SHARE, dates.today()).filter(person=person).first()


def newest_link(referral: Referral, user: Any) -> ReferralLink | None:
    """The link that an answer can be given by now, as far as it was not made for an earlier state."""
    if referral.status not in OPEN:
        return None
    links = ReferralLink.objects.visible_to(user).filter(referral=referral, version=referral.version, used_at=None)
    return links.filter(expires_at__gt=timezone.now()).order_by("-pk").first()
