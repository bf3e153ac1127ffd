"""Referrals for tests: sent under a consent, linked, answered."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from clients.models import Consent, ConsentWithdrawal
from monitoring.referrals.links import FIRST, fingerprint, token_of
from monitoring.referrals.models import Referral, ReferralLink
from monitoring.referrals.moves import REFERRAL
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import AsStored, ConsentFactory
from tests.office import door, sql
from tests.people import OWN_OFFICE, office


class ReferralFactory(AsStored):
    """To the cooperatives' office of Bojonegoro, for training, sent today by the system, with all that the consent allows."""

    class Meta:
        model = Referral

    consent = factory.SubFactory(ConsentFactory)
    person = factory.LazyAttribute(lambda made: made.consent.person)
    office = factory.LazyFunction(lambda: office(OWN_OFFICE))
    kind = Referral.Kind.TRAINING
    asked = "Mohon pelatihan menjahit tingkat lanjut."
    shared = factory.LazyAttribute(lambda made: made.consent.shared)
    sent_on = factory.LazyFunction(dates.today)
    by = factory.LazyFunction(User.objects.system)


def linked(referral: Referral, lasts: timedelta = FIRST) -> ReferralLink:
    key = uuid4()
    return ReferralLink.objects.create(
        key=key,
        token_hash=fingerprint(token_of(key)),
        referral=referral,
        version=referral.version,
        by=User.objects.system(),
        expires_at=timezone.now() + lasts,
    )


def answered(referral: Referral, *names: str, by: User, note: str = "Sudah kami catat.") -> Referral:
    """The referral after these moves, made behind a door."""
    with door(by, write=True):
        for name in names:
            REFERRAL.make(name, referral, by=by, note=note)
    return Referral.objects.get(pk=referral.pk)


def sent_ago(referral: Referral, days: int) -> Referral:
    """As if it had been sent so many days ago."""
    sql("update referrals_referral set sent_on = sent_on - %s where id = %s", days, referral.pk)
    return Referral.objects.get(pk=referral.pk)


def withdrawn(consent: Consent) -> None:
    ConsentWithdrawal.objects.create(consent=consent, withdrawn_on=dates.today(), reason="Diminta", by=consent.by)
