"""A referral for every fifth business that needs help, with the consent behind it, and what people say without log-in."""

import random
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from benchmarks.copying import refill
from benchmarks.filling import Crowd
from clients.consent_texts import Purpose, Shared
from clients.consents import Way
from clients.models import Consent
from monitoring.feedback.models import Feedback
from monitoring.progress import Category
from monitoring.referrals.models import Referral
from monitoring.referrals.moves import OPEN, ReferralStatus
from ppks.regions.models import PartnerOffice

REFERRED = 5  # every so many businesses in need
SPEAKING = 100  # every so many people
SINCE = 300  # days ago
ANSWERS = (
    (ReferralStatus.DONE, 60),
    (ReferralStatus.ACCEPTED, 15),
    (ReferralStatus.REJECTED, 12),
    (ReferralStatus.SENT, 10),
    (ReferralStatus.WITHDRAWN, 3),
)
SAID = (
    (Feedback.Status.CLOSED, 70),
    (Feedback.Status.ANSWERED, 15),
    (Feedback.Status.HANDLING, 10),
    (Feedback.Status.NEW, 5),
)


def fill_referrals(cursor: Any, crowd: Crowd) -> None:
    """After the people and businesses."""
    told = Told(crowd)
    refill(cursor, {Consent: told.consents(), Referral: told.referrals(), Feedback: told.feedback()})


class Told:
    """By the number of the person, as everything in the crowd."""

    def __init__(self, crowd: Crowd):
        self.crowd = crowd
        self.offices = list(PartnerOffice.objects.values_list("pk", flat=True))

    def _referred(self, table: str) -> Iterator[tuple[int, random.Random]]:
        chance = random.Random(f"{self.crowd.seed} {table}")
        for number in range(REFERRED, self.crowd.number + 1, REFERRED):
            if self.crowd.last_visit(number)[1] in Category.needs_help:
                yield number, chance

    def _key(self, number: int, of: int) -> uuid.UUID:
        return uuid.UUID(int=number << 8 | of)

    def consents(self) -> Iterator[dict[str, Any]]:
        for number, _ in self._referred("consents"):
            yield {
                "id": number,
                "key": self._key(number, 1),
                "person_id": number,
                "purpose": Purpose.SHARE,
                "text_version": 1,
                "shared": [Shared.NAME.value, Shared.PHONE.value],
                "way": Way.WRITTEN,
                "given_on": self.crowd.today - timedelta(days=SINCE),
                "by_id": self.crowd.by,
            }

    def referrals(self) -> Iterator[dict[str, Any]]:
        for number, chance in self._referred("referrals"):
            sent_on = self.crowd.today - timedelta(days=chance.randint(0, SINCE))
            status = chance.choices(*zip(*ANSWERS, strict=True))[0]
            answered_on = min(sent_on + timedelta(days=chance.randint(1, 20)), self.crowd.today)
            yield {
                "id": number,
                "key": self._key(number, 2),
                "person_id": number,
                "business_id": number,
                "region_id": self.crowd.place(number)[1],
                "office_id": chance.choice(self.offices),
                "consent_id": number,
                "kind": chance.choice(Referral.Kind.values),
                "asked": "Pelatihan pemasaran",
                "shared": [Shared.NAME.value],
                "sent_on": sent_on,
                "by_id": self.crowd.by,
                "status": status,
                "answered_on": None if status == ReferralStatus.SENT else answered_on,
                "closed_on": None if status in OPEN else answered_on,
            }

    def feedback(self) -> Iterator[dict[str, Any]]:
        chance = random.Random(f"{self.crowd.seed} feedback")
        for key, number in enumerate(range(SPEAKING, self.crowd.number + 1, SPEAKING), 1):
            day = self.crowd.today - timedelta(days=chance.randint(0, SINCE))
            yield {
                "id": key,
                "ticket": f"{key:012}",
                "secret_digest": "0" * 64,
                "form_digest": f"{key:064}",
                "kind": chance.choice(Feedback.Kind.values),
                "about": chance.choice(Feedback.About.values),
                "region_id": self.crowd.place(number)[1],
                "text": "Bantuan belum sampai.",
                "received_at": datetime.combine(day, time(3), UTC),
                "status": chance.choices(*zip(*SAID, strict=True))[0],
            }
