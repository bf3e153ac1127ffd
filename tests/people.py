"""The named cast: one user a role, and the officer of another kab/kota, each made when a test first asks."""

from dataclasses import dataclass

from django.db.models import QuerySet

from ppks.accounts.models import Posting, User
from ppks.kit.prepared import NOBODY, Reader, prepared
from ppks.regions.models import Institution, PartnerOffice

BOJONEGORO, TUBAN, LAMONGAN = 3522, 3523, 3524
OWN_UPT, OTHER_UPT = "UPT RSBD Pasuruan", "UPT RSBN Malang"
OWN_OFFICE, OTHER_OFFICE = "UKM-3522", "NAKER-3523"
OFFICES = {  # which no list ships: name, kind, kab/kota
    OWN_OFFICE: ("Dinas Koperasi dan UKM Kab. Bojonegoro", "cooperatives", BOJONEGORO),
    OTHER_OFFICE: ("Dinas Tenaga Kerja Kab. Tuban", "labour", TUBAN),
}
PASSWORD = "kopi-hitam-di-beranda"


@dataclass(frozen=True)
class Member:
    """`posted_to` lists ids of regions or codes of institutions and offices, as the role needs."""

    full_name: str
    role: str
    posted_to: tuple[int | str, ...] = ()


CAST = {
    "provinsi": Member("Rahmawati", "province"),
    "verifikator": Member("Bagus Wicaksono", "verifier"),
    "pptk": Member("Endang Lestari", "pptk"),
    "kepala": Member("Hendro Gunawan", "head"),
    "bendahara": Member("Sri Mulyani Astuti", "treasurer"),
    "bojonegoro": Member("Wahyu Pratomo", "officer", (BOJONEGORO,)),
    "tuban": Member("Yuliana Safitri", "officer", (TUBAN,)),
    "kadinsos.bojonegoro": Member("Arif Rahman Hakim", "regional_head", (BOJONEGORO,)),
    "upt": Member("Dewi Anggraini", "upt", (OWN_UPT,)),
    "upt.lain": Member("Rudi Hartono", "upt", (OTHER_UPT,)),
    "mitra": Member("Koperasi dan UKM Bojonegoro", "partner", (OWN_OFFICE,)),
    "mitra.lain": Member("Disnaker Tuban", "partner", (OTHER_OFFICE,)),
    "auditor": Member("Titis Kurniawati", "auditor"),
    "admin": Member("Admin Sistem", "admin"),
}
ONE_A_ROLE = tuple(name for name in CAST if name not in {"tuban", "upt.lain", "mitra.lain"})


def member(username: str, **changes: object) -> User:
    """This member of the cast as a user with reach, who has changed the first password already."""
    user = next(iter(_known(NOBODY, username)), None) or loaded(_make(username, CAST[username]))
    if not changes:
        return user
    User.objects.filter(pk=user.pk).update(**changes)
    return loaded(user)


def loaded(user: User) -> User:
    """The user as the session loads it, with its reach."""
    return _with_reach(NOBODY, user.pk)[0]


@prepared
def _known(nobody: Reader, username: str) -> QuerySet:
    return User.objects.with_reach().filter(username=username)


@prepared
def _with_reach(nobody: Reader, key: int) -> QuerySet:
    return User.objects.with_reach().filter(pk=key)


def _make(username: str, who: Member) -> User:
    user = User.objects.create_user(
        username, PASSWORD, full_name=who.full_name, role=who.role, must_change_password=False
    )
    for place in who.posted_to:
        if user.role_entry.posted_to == "region":
            Posting.objects.create(user=user, region_id=place)
        elif user.role_entry.posted_to == "office":
            Posting.objects.create(user=user, office=office(place))
        else:
            Posting.objects.create(user=user, institution=Institution.objects.get(code=place))
    return user


def office(code: str) -> PartnerOffice:
    """This partner office, made when a test first asks."""
    name, kind, region = OFFICES[code]
    return PartnerOffice.objects.get_or_create(code=code, defaults={"name": name, "kind": kind, "region_id": region})[0]
