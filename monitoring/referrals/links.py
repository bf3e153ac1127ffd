"""One-time links: who has one may answer one referral, in the state it was made for, once and until a day.

The address is the link's key with a signature; only a fingerprint of both is stored. So the address can be shown again to
the office that sent it, and whoever reads the table learns no address.
"""

import hashlib
import uuid
from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from ppks.kit.roles import PROVINCE, REGION
from ppks.kit.rows import ALL, Rows, ScopedQuerySet

FIRST, FOLLOWING = timedelta(days=30), timedelta(days=180)  # to answer, and to tell what came of it
SIGNER = Signer(salt="referrals.link", sep=".")


def token_of(key: uuid.UUID) -> str:
    """What stands in the address."""
    return SIGNER.sign(key.hex)


def is_ours(token: str) -> bool:
    """Whether the signature fits: not typed wrong, not made up, not from another installation."""
    try:
        SIGNER.unsign(token)
    except BadSignature:
        return False
    return True


def fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


class ReferralLink(models.Model):
    """Made for one version of a referral, so that any answer, by whatever way, ends it; the newest alone counts."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.TextField(unique=True)
    referral = models.ForeignKey("referrals.Referral", on_delete=models.PROTECT, related_name="links")
    version = models.PositiveIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)  # first time; not by looking at the address alone
    used_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            Rows(
                name="referral_link_rows",
                see={PROVINCE: ALL, REGION: "referral__region"},
                may=dict.fromkeys((PROVINCE, REGION), "select, insert"),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="is_for_a_referral_as_it_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    new.opened_at = null; new.used_at = null;
                    if not exists (
                        select from referrals_referral sent where sent.id = new.referral_id
                            and sent.version = new.version and sent.status in ('sent', 'accepted')
                    ) then
                        raise 'Rujukan ini sudah berubah. Muat ulang halaman.'
                            using errcode = 'check_violation', constraint = 'referral_link_for_its_state';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Tautan hanya dapat dibuat atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'referral_link_by_oneself';
                    end if;
                    return new;
                """,
            )
        ]

    @property
    def address(self) -> str:
        """Its path; as long as the signing key stays the same."""
        return reverse("referral_answer", args=[token_of(self.key)])
