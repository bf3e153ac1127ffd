"""People who log in, and the regions, institutions or partner offices each one answers for."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import Q

from ppks.accounts.roles import CHOICES, ROLES, SYSTEM, Role
from ppks.kit.prepared import NOBODY, Reader, prepared
from ppks.kit.roles import ADMIN, APP, CLOCK, ENTERED, PROVINCE, PUBLIC, REGION, database_role
from ppks.kit.rows import ALL, Rows
from ppks.regions.models import Institution, PartnerOffice, Region

CASE_ROLES = tuple(role for role in ENTERED if role not in {ADMIN, PUBLIC})
HIDDEN = ["password", "email", "last_login"]  # from whoever works with cases


class Users(BaseUserManager):
    def with_reach(self):
        """Each with the places it is posted to, in the same query; `reach` picks what its role needs."""
        return self.annotate(
            posted_regions=ArrayAgg("postings__region_id", filter=Q(postings__region__isnull=False), default=[]),
            posted_institutions=ArrayAgg(
                "postings__institution_id", filter=Q(postings__institution__isnull=False), default=[]
            ),
            posted_offices=ArrayAgg("postings__office_id", filter=Q(postings__office__isnull=False), default=[]),
        )

    def system(self) -> "User":
        return _system(NOBODY)[0]

    def clock(self) -> "User":
        """The system user at its periodic work: the same name in the history, the clock's role in the database."""
        user = _clock(NOBODY)[0]
        user.role = CLOCK
        return user

    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields) -> "User":
        return self.create_user(username, password, **{"role": "admin", "must_change_password": False} | fields)


@prepared
def _system(nobody: Reader) -> models.QuerySet:
    return User.objects.with_reach().filter(username=SYSTEM)


@prepared
def _clock(nobody: Reader) -> models.QuerySet:
    return User.objects.with_reach().defer(*HIDDEN).filter(username=SYSTEM)


class Names(BaseUserManager):
    """What a foreign key such as `step.by` loads: case roles may not read the hidden columns."""

    def get_queryset(self):
        return super().get_queryset().defer(*HIDDEN)


class User(AbstractBaseUser):
    username = models.TextField(unique=True, validators=[ASCIIUsernameValidator()], verbose_name="nama pengguna")
    full_name = models.TextField(verbose_name="nama lengkap")
    email = models.EmailField(blank=True, verbose_name="e-mail")
    role = models.TextField(choices=CHOICES, verbose_name="peran")
    is_active = models.BooleanField(default=True, verbose_name="aktif")
    must_change_password = models.BooleanField(default=True, verbose_name="wajib ganti kata sandi")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = Users()
    names = Names()

    USERNAME_FIELD, EMAIL_FIELD = "username", "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["username"]
        verbose_name, verbose_name_plural = "pengguna", "pengguna"
        base_manager_name = "names"
        constraints = [
            Rows(
                name="user_rows",
                see=dict.fromkeys((*CASE_ROLES, ADMIN, APP), ALL),
                may=dict.fromkeys(CASE_ROLES, "select")
                | {APP: "select, update (last_login, password, must_change_password)", ADMIN: "select, insert, update"},
                hide={role: list(HIDDEN) for role in CASE_ROLES},
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def role_entry(self) -> Role:
        return ROLES[self.role]

    @property
    def role_label(self) -> str:
        return self.role_entry.label

    @property
    def database_role(self) -> str:
        return database_role(self.role_entry.enters)

    @property
    def reach(self) -> list[int]:
        """The ids that `ppks.reach` lists for this role; AttributeError for a user not loaded `with_reach`."""
        match self.role_entry.posted_to:
            case "region":
                return self.posted_regions
            case "institution":
                return self.posted_institutions
            case "office":
                return self.posted_offices
        return []

    @property
    def is_staff(self) -> bool:
        """Django's word for: may enter the admin."""
        return self.role == "admin"

    def has_perm(self, permission: str, obj: object = None) -> bool:
        return self.is_active and permission in self.role_entry.permissions

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and any(
            permission.startswith(f"{app_label}.") for permission in self.role_entry.permissions
        )

    def detour(self, request) -> str | None:
        """The page that must come before any other: second factor, then the first change of password."""
        if settings.TOTP_REQUIRED and self.role_entry.needs_second_factor and not self.is_verified():
            return "second_factor"
        return "own_password" if self.must_change_password else None


def _one_of(*names: str) -> Q:
    """Where exactly one of these columns is filled."""
    alone = (Q(**{f"{name}__isnull": other != name for name in names}) for other in names)
    return Q(*alone, _connector=Q.OR)


class Posting(models.Model):
    """A region, an institution or a partner office that a user answers for."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="postings")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    institution = models.ForeignKey(
        Institution, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="UPT"
    )
    office = models.ForeignKey(
        PartnerOffice, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kantor mitra"
    )

    class Meta:
        verbose_name, verbose_name_plural = "penugasan", "penugasan"
        constraints = [
            Rows(
                name="posting_rows",
                see=dict.fromkeys((APP, ADMIN, PROVINCE, CLOCK), ALL) | {REGION: "region"},
                may=dict.fromkeys((APP, PROVINCE, REGION, CLOCK), "select") | {ADMIN: "select, insert, update, delete"},
            ),
            models.CheckConstraint(
                name="posting_to_one_place",
                condition=_one_of("region", "institution", "office"),
                violation_error_message="Pilih satu: kab/kota, UPT, atau kantor mitra.",
            ),
            models.UniqueConstraint(fields=["user", "region"], name="posting_once_to_a_region"),
            models.UniqueConstraint(fields=["user", "institution"], name="posting_once_to_an_institution"),
            models.UniqueConstraint(fields=["user", "office"], name="posting_once_to_an_office"),
        ]

    def __str__(self) -> str:
        return str(self.region or self.institution or self.office)


class Installation(models.Model):
    """The one row that says what kind of database this is."""

    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            Rows(
                name="installation_rows",
                see=dict.fromkeys((*ENTERED, APP), ALL),
                may=dict.fromkeys((*ENTERED, APP), "select"),
            ),
            models.CheckConstraint(name="installation_is_one", condition=Q(pk=1)),
        ]
