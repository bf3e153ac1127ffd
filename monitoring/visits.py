"""What is seen of a business on a day: figures of lists, and visits. All of it append-only."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from monitoring.reach import ADD, OWN_REGION, THROUGH_BUSINESS
from ppks.audit.models import Source
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet, copied
from ppks.regions.models import Region

LATITUDES, LONGITUDES = (-9, -5), (110, 117)  # East Java with its islands, with some room


class Observation(models.Model):
    """The columns that the progress rule reads, rupiah a month."""

    turnover = models.BigIntegerField(null=True, blank=True, verbose_name="omzet per bulan (Rp)")
    profit = models.BigIntegerField(null=True, blank=True, verbose_name="laba bersih per bulan (Rp)")
    workers = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="tenaga kerja")

    class Meta:
        abstract = True


def _honest_amounts(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"{name}_amounts_not_negative",
            condition=Q(turnover=None) | Q(turnover__gte=0),
            violation_error_message="Omzet tidak boleh kurang dari nol.",
        ),
        models.CheckConstraint(
            name=f"{name}_profit_within_turnover",
            condition=Q(profit=None) | Q(turnover=None) | Q(profit__lte=F("turnover")),
            violation_error_message="Laba bersih tidak boleh lebih besar daripada omzet.",
        ),
    ]


def _at_most(smaller: str, larger: str) -> Q:
    """Where both are known."""
    return Q(**{smaller: None}) | Q(**{larger: None}) | Q(**{f"{smaller}__lte": F(larger)})


class ListedFigure(Observation):
    """A figure that a list gives for a day: before the aid, and on the list's own date."""

    business = models.ForeignKey(
        "monitoring.Business", on_delete=models.PROTECT, related_name="listed_figures", db_index=False
    )
    observed_on = models.DateField()
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="+")
    cell = models.TextField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["observed_on", "pk"]
        constraints = [
            Rows(name="listed_figure_rows", see=THROUGH_BUSINESS, may=ADD),
            models.UniqueConstraint(fields=["business", "observed_on", "source"], name="listed_figure_once"),
            *_honest_amounts("listed_figure"),
        ]

    operating = True  # a list tells of businesses that run

    @property
    def on(self):
        return self.observed_on


class VisitQuerySet(ScopedQuerySet):
    def standing(self) -> "VisitQuerySet":
        """Those that no later visit replaced, with their figures but without the words that a masked role may not read."""
        return self.filter(replaced_by=None).defer(*Visit.HIDDEN)

    def newest_first(self) -> "VisitQuerySet":
        return self.order_by("-visited_on", "-pk")


class Visit(Observation):
    """A visit to the business. A correction is a new visit that names the one it replaces."""

    class Met(models.TextChoices):
        OWNER = "owner", "Orangnya sendiri"
        FAMILY = "family", "Keluarga"
        WORKER = "worker", "Pekerja"
        NEIGHBOUR = "neighbour", "Tetangga atau perangkat desa"
        NOBODY = "nobody", "Tidak bertemu siapa pun"

    class Place(models.TextChoices):
        HOME = "home", "Rumah"
        BUSINESS = "business", "Tempat usaha"
        MARKET = "market", "Pasar"
        OFFICE = "office", "Balai desa atau kantor"
        ELSEWHERE = "elsewhere", "Tempat lain"

    class Basis(models.TextChoices):
        ESTIMATE = "estimate", "Perkiraan"
        BOOK = "book", "Buku kas"

    class Lender(models.TextChoices):
        BANK = "bank", "Bank (KUR atau lainnya)"
        COOPERATIVE = "cooperative", "Koperasi atau BMT"
        GROUP = "group", "Kelompok (PNM Mekaar, arisan)"
        FAMILY = "family", "Keluarga atau tetangga"
        APPLICATION = "application", "Pinjaman daring"
        MONEYLENDER = "moneylender", "Rentenir (bank titil)"
        OTHER = "other", "Lainnya"

    class Bookkeeping(models.IntegerChoices):
        NONE = 0, "Tidak ada catatan"
        PARTLY = 1, "Dicatat kadang-kadang"
        CASH_BOOK = 2, "Buku kas tiap hari"
        STATEMENT = 3, "Buku kas dan laba rugi tiap bulan"

    class Market(models.TextChoices):
        VILLAGE = "village", "Desa atau kelurahan sendiri"
        DISTRICT = "district", "Kecamatan"
        REGION = "region", "Kabupaten atau kota"
        PROVINCE = "province", "Jawa Timur"
        COUNTRY = "country", "Luar Jawa Timur"
        ABROAD = "abroad", "Luar negeri"

    HIDDEN = ("note", "help_wanted", "latitude", "longitude")  # from the auditor

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    business = models.ForeignKey("monitoring.Business", on_delete=models.PROTECT, related_name="visits", db_index=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, editable=False, related_name="+")
    visited_on = models.DateField(verbose_name="tanggal kunjungan")
    met = models.TextField(choices=Met.choices, verbose_name="bertemu siapa")
    place = models.TextField(choices=Place.choices, blank=True, default="", verbose_name="bertemu di mana")
    operating = models.BooleanField(verbose_name="usaha masih berjalan")
    costs = models.BigIntegerField(null=True, blank=True, verbose_name="biaya per bulan (Rp)")
    wage_bill = models.BigIntegerField(null=True, blank=True, verbose_name="upah per bulan (Rp)")
    basis = models.TextField(choices=Basis.choices, blank=True, verbose_name="angka dari mana")
    men = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="laki-laki")
    women = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="perempuan")
    disabled = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="penyandang disabilitas")
    paid = models.PositiveSmallIntegerField(null=True, blank=True, verbose_name="dibayar")
    assets = models.BigIntegerField(null=True, blank=True, verbose_name="aset usaha (Rp)")
    savings = models.BigIntegerField(null=True, blank=True, verbose_name="tabungan (Rp)")
    debt = models.BigIntegerField(null=True, blank=True, verbose_name="utang (Rp)")
    lender = models.TextField(choices=Lender.choices, blank=True, default="", verbose_name="utang kepada")
    bookkeeping = models.PositiveSmallIntegerField(
        choices=Bookkeeping.choices, null=True, blank=True, verbose_name="pembukuan"
    )
    market = models.TextField(choices=Market.choices, blank=True, default="", verbose_name="jangkauan pasar")
    has_online_sales = models.BooleanField(null=True, blank=True, verbose_name="berjualan daring")
    help_wanted = models.TextField(blank=True, default="", verbose_name="bantuan yang diharapkan")
    note = models.TextField(blank=True, verbose_name="catatan")
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True, blank=True, verbose_name="lintang")
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True, verbose_name="bujur")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["-visited_on", "-pk"]
        verbose_name, verbose_name_plural = "kunjungan", "kunjungan"
        indexes = [models.Index(fields=["business", "-visited_on", "-id"], name="visit_by_business")]
        constraints = [
            Rows(
                name="visit_rows",
                see=OWN_REGION,
                may=ADD,
                hide={AUDITOR: ["note", "help_wanted", "latitude", "longitude"]},
            ),
            *_honest_amounts("visit"),
            models.CheckConstraint(
                name="visit_of_a_shut_business_has_no_turnover",
                condition=Q(operating=True) | Q(turnover=None) | Q(turnover=0),
            ),
            models.CheckConstraint(
                name="visit_other_amounts_not_negative",
                condition=Q(
                    *(
                        Q(**{name: None}) | Q(**{f"{name}__gte": 0})
                        for name in ("costs", "wage_bill", "assets", "savings", "debt")
                    )
                ),
            ),
            models.CheckConstraint(
                name="visit_workers_add_up",
                condition=Q(men=None) | Q(women=None) | Q(workers=F("men") + F("women")),
                violation_error_message="Jumlah tenaga kerja harus sama dengan laki-laki ditambah perempuan.",
            ),
            models.CheckConstraint(
                name="visit_parts_of_the_workers_within_them",
                condition=_at_most("disabled", "workers") & _at_most("paid", "workers"),
            ),
            models.CheckConstraint(
                name="visit_bookkeeping_is_a_step", condition=Q(bookkeeping=None) | Q(bookkeeping__range=(0, 3))
            ),
            models.CheckConstraint(
                name="visit_position_is_whole_and_here",
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=LATITUDES, longitude__range=LONGITUDES),
            ),
        ]
        triggers = [
            copied("region_id", from_table="monitoring_business", by="business_id"),
            pgtrigger.Trigger(
                name="is_honest_about_when_and_who",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    if new.visited_on > (now() at time zone 'Asia/Jakarta')::date then
                        raise 'Tanggal kunjungan tidak boleh sesudah hari ini.'
                            using errcode = 'check_violation', constraint = 'visit_not_in_the_future';
                    end if;
                    if current_setting('ppks.user', true) <> '' and new.by_id::text <> current_setting('ppks.user', true) then
                        raise 'Kunjungan hanya dapat dicatat atas nama sendiri.'
                            using errcode = 'check_violation', constraint = 'visit_by_oneself';
                    end if;
                    return new;
                """,
            ),
            pgtrigger.Trigger(
                name="replaces_one_of_its_own_business",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__replaces__isnull=False),
                func="""
                    if not exists (select from monitoring_visit replaced
                                   where replaced.id = new.replaces_id and replaced.business_id = new.business_id) then
                        raise 'Kunjungan hanya dapat menggantikan kunjungan ke usaha yang sama.'
                            using errcode = 'check_violation', constraint = 'visit_replaces_its_own_kind';
                    end if;
                    return new;
                """,
            ),
        ]

    @property
    def on(self):
        return self.visited_on

    @property
    def is_masked(self) -> bool:
        """Whether the words of this visit are hidden from whoever loaded it."""
        return "note" in self.get_deferred_fields()
