"""The log-ins of a demo: one a role, all with the same password, and an officer for every kab/kota."""

from django.contrib.auth.hashers import make_password

from ppks.accounts.models import Posting, User
from ppks.regions.models import Institution, Region

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


def make_users() -> None:
    """Make or mend the log-ins; their password is PASSWORD again afterwards."""
    hashed = make_password(PASSWORD)
    for username, full_name, role in LOGINS:
        values = {"full_name": full_name, "role": role, "must_change_password": False, "is_active": True}
        user, _ = User.objects.update_or_create(username=username, defaults=values | {"password": hashed})
        if user.role_entry.posted_to == "region":
            Posting.objects.get_or_create(user=user, region_id=BOJONEGORO)
        if user.role_entry.posted_to == "institution":
            Posting.objects.get_or_create(user=user, institution=Institution.objects.get(code=DEMO_UPT))


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
