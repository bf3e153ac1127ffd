"""Consents and referrals of the demo: in the demo's own kab/kota and elsewhere, waiting, late, answered and done."""

import random
from datetime import date, timedelta

from django.db import connection

from clients.consent_texts import Purpose, Shared
from clients.consents import Consent, Way
from clients.models import Person
from monitoring.models import Business
from monitoring.referrals.models import Referral, ReferralStep
from monitoring.referrals.moves import REFERRAL
from ppks.accounts.models import User
from ppks.regions.models import PartnerOffice

NUMBER = 40
ASKED = {
    "training": "Mohon diikutkan pelatihan sesuai usahanya pada angkatan terdekat.",
    "capital": "Mohon dijelaskan syarat kredit usaha rakyat, dan dibantu mengajukannya.",
    "permit": "Mohon dibantu mengurus NIB dan izin edar.",
    "market": "Mohon diberi tempat pada pameran atau pasar rakyat berikutnya.",
    "tools": "Mohon bantuan alat; alat yang lama rusak.",
}
ENDS = ((), (), (), ("accept",), ("accept", "done"), ("reject",), ("accept", "done"))
NOTES = {"done": "Sudah selesai; hasilnya baik.", "reject": "Kuota tahun ini sudah penuh.", "accept": ""}
EARLY = date(2026, 1, 1)


def make_referrals(by_region: dict[int, User], *, day: date, seed: int, own_region: int, partner: str) -> int:
    """Of people with a business, the demo's own kab/kota first; needs the owner, since days lie in the past."""
    chance = random.Random(seed + 7)
    offices = list(PartnerOffice.objects.order_by("pk"))
    own = PartnerOffice.objects.get(code=partner)
    businesses = list(Business.objects.select_related("person").order_by("pk"))
    businesses.sort(key=lambda business: business.region_id != own_region)
    for number, business in enumerate(businesses[:NUMBER]):
        officer = by_region[business.region_id]
        ago = 3 + number * 7 % 60
        consent = _consent(business.person, officer, max(day - timedelta(days=ago + 4), EARLY), chance)
        if number % 5 == 4:
            continue  # agreed, and not referred yet
        theirs = [office for office in offices if office.region_id in (None, business.region_id)]
        referral = _sent(
            business, consent, officer, own if number % 2 == 0 and own in theirs else chance.choice(theirs), chance
        )
        _earlier(referral, ago)
        for name in ENDS[number % len(ENDS)]:
            _step(referral, name, officer, referral.sent_on + timedelta(days=min(ago, chance.randint(1, 12))))
    return Referral.objects.count()


def _consent(person: Person, by: User, on: date, chance: random.Random) -> Consent:
    way = chance.choice((Way.WRITTEN, Way.WRITTEN, Way.THUMBPRINT, Way.SPOKEN))
    return Consent.objects.create(
        person=person,
        purpose=Purpose.SHARE,
        text_version=1,
        shared=sorted({Shared.NAME, Shared.BUSINESS, *chance.sample(Shared.values, 3)}),
        way=way,
        witness="" if way == Way.WRITTEN else "Perangkat desa setempat",
        given_on=on,
        by=by,
    )


def _sent(business: Business, consent: Consent, by: User, office: PartnerOffice, chance: random.Random) -> Referral:
    kind = chance.choice(list(ASKED))
    made = Referral.objects.create(
        person=business.person,
        business=business,
        office=office,
        consent=consent,
        kind=kind,
        asked=ASKED[kind],
        shared=consent.shared,
        sent_on=consent.given_on,
        by=by,
    )
    made.refresh_from_db()
    return made


def _earlier(referral: Referral, days: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update referrals_referral set sent_on = sent_on - %s where id = %s", [days, referral.pk])
    referral.refresh_from_db()


def _step(referral: Referral, name: str, by: User, on: date) -> None:
    """As a move would, on a day that lies in the past."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('ppks.user', %s, true)", [str(by.pk)])
    ReferralStep.objects.create(
        referral=referral,
        version=referral.version + 1,
        move=name,
        source=referral.status,
        target=REFERRAL.moves[name].target,
        by=by,
        note=NOTES[name],
        effective_on=on,
    )
    referral.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("select set_config('ppks.user', '', true)")
