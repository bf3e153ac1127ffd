"""The log-ins of a demo: one a role, all with the same password, and an officer for every kab/kota."""

from django.contrib.auth.hashers import make_password

from ppks.accounts.models import Posting, User
from ppks.regions.models import Institution, PartnerOffice, Region

PASSWORD = "jalan-mandiri-2026"
BOJONEGORO = 3522
DEMO_UPT = "UPT RSBD Pasuruan"

LOGINS = (  # username, full name, role
    ("provinsi", "Rahmawati", "province"),
    ("verifikator", "Bagus Wicaksono", "verifier"),
    ("pptk", "Endang Lestari", "pptk"),
    ("kepala", "Hendro Gunawan", "head"),
    ("bendahara", "Sri Mulyani Astuti", "treasurer"),
    ("bojonegoro", "Wahyu Pratomo", "officer"),
    ("kadinsos.bojonegoro", "Arif Rahman Hakim", "regional_head"),
    ("upt", "Dewi Anggraini", "upt"),
    ("mitra", "Koperasi dan UKM Bojonegoro", "partner"),
    ("auditor", "Titis Kurniawati", "auditor"),
    ("admin", "Admin Sistem", "admin"),
)


OFFICES = (  # code, name, kind, kab/kota or none for the whole province, phone
    ("UKM-3522", "Dinas Koperasi dan UKM Kab. Bojonegoro", "cooperatives", BOJONEGORO, "+6281200003522"),
    ("NAKER-3522", "Dinas Tenaga Kerja Kab. Bojonegoro", "labour", BOJONEGORO, "+6281200013522"),
    ("BAZNAS-3522", "Baznas Kab. Bojonegoro", "charity", BOJONEGORO, ""),
    ("BLK-3578", "Balai Latihan Kerja Surabaya", "training", None, "+6281200003578"),
    ("BANK-JATIM", "Bank Jatim, kredit usaha rakyat", "bank", None, ""),
    ("BAPPEDA-35", "Bappeda Provinsi Jawa Timur", "planning", None, ""),
)
PARTNER_OFFICE = "UKM-3522"


def make_offices() -> None:
    for code, name, kind, region, phone in OFFICES:
        values = {"name": name, "kind": kind, "region_id": region, "phone": phone}
        PartnerOffice.objects.get_or_create(code=code, defaults=values | {"email": f"{code.lower()}@contoh.id"})


def make_users() -> None:
    """Make or mend the log-ins; their password is PASSWORD again afterwards."""
    make_offices()
    hashed = make_password(PASSWORD)
    for username, full_name, role in LOGINS:
        values = {"full_name": full_name, "role": role, "must_change_password": False, "is_active": True}
        user, _ = User.objects.update_or_create(username=username, defaults=values | {"password": hashed})
        if user.role_entry.posted_to == "region":
            Posting.objects.get_or_create(user=user, region_id=BOJONEGORO)
        if user.role_entry.posted_to == "institution":
            Posting.objects.get_or_create(user=user, institution=Institution.objects.get(code=DEMO_UPT))
        if user.role_entry.posted_to == "office":
            Posting.objects.get_or_create(user=user, office=PartnerOffice.objects.get(code=PARTNER_OFFICE))


def officers() -> dict[int, User]:
    """By region id, who records its visits; whoever is not a log-in of the demo cannot log in."""
    found = {
        posting.region_id: posting.user
        for posting in Posting.objects.filter(user__role="officer").select_related("user")
    }
    for region in Region.objects.exclude(pk__in=found):
        username = f"petugas.{region.code}"
        user = User.objects.filter(username=username).first() or User.objects.create_user(
            username, full_name=f"Petugas {region}", role="officer"
        )
        Posting.objects.get_or_create(user=user, region=region)
        found[region.pk] = user
    return found
