"""Where people live and are cared for: kab/kota, kecamatan, desa/kelurahan, UPT; and what a month costs there."""

from django.db import models

from ppks.kit.prepared import prepared
from ppks.kit.reference import Reference, Retirable, read_by_all
from ppks.kit.roles import PUBLIC


class RegionQuerySet(Retirable):
    def visible_to(self, user) -> "RegionQuerySet":
        """The regions that this user answers for: his own, or all of the province's."""
        return self.filter(pk__in=user.reach) if user.role_entry.posted_to == "region" else self


class Region(Reference):
    """A kabupaten or kota. Its id is its code without the dot (3522), so that `ppks.reach` lists numbers."""

    class Kind(models.TextChoices):
        KABUPATEN = "kabupaten", "Kabupaten"
        KOTA = "kota", "Kota"

    id = models.BigIntegerField(primary_key=True, editable=False)
    kind = models.TextField(choices=Kind.choices, verbose_name="jenis")
    name = models.TextField(verbose_name="nama")
    full_name = models.TextField(verbose_name="nama lengkap")
    capital = models.TextField(verbose_name="ibu kota")
    abbreviation = models.TextField(verbose_name="singkatan")
    tile_row = models.PositiveSmallIntegerField(verbose_name="baris petak")
    tile_column = models.PositiveSmallIntegerField(verbose_name="kolom petak")
    population = models.PositiveIntegerField(verbose_name="penduduk")
    population_year = models.PositiveSmallIntegerField(verbose_name="tahun penduduk")

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "kab/kota", "kab/kota"
        constraints = [read_by_all("region_rows")]

    def __str__(self) -> str:
        return _called(self.kind, self.name)


def _called(kind: str, name: str) -> str:
    return f"Kab. {name}" if kind == Region.Kind.KABUPATEN else f"Kota {name}"


def region_choices(user) -> list[tuple[str, str]]:
    """Code and name of the regions that this user answers for, for a filter."""
    return [(code, _called(kind, name)) for code, kind, name in _named(user)]


@prepared
def _named(user):
    return Region.objects.visible_to(user).values_list("code", "kind", "name")


def regions_of(user) -> list[Region]:
    """The regions of today that this user answers for."""
    return _present(user)


@prepared
def _present(user):
    return Region.objects.current().visible_to(user)


class District(Reference):
    """A kecamatan."""

    id = models.BigIntegerField(primary_key=True, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="districts", verbose_name="kab/kota")
    name = models.TextField(verbose_name="nama")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "kecamatan", "kecamatan"
        constraints = [read_by_all("district_rows")]

    def __str__(self) -> str:
        return self.name


class Village(Reference):
    """A desa or kelurahan."""

    class Kind(models.TextChoices):
        DESA = "desa", "Desa"
        KELURAHAN = "kelurahan", "Kelurahan"

    id = models.BigIntegerField(primary_key=True, editable=False)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages", verbose_name="kecamatan")
    kind = models.TextField(choices=Kind.choices, verbose_name="jenis")
    name = models.TextField(verbose_name="nama")
    postal_code = models.TextField(blank=True, verbose_name="kode pos")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "desa/kelurahan", "desa/kelurahan"
        constraints = [read_by_all("village_rows")]

    def __str__(self) -> str:
        return self.name


class Institution(Reference):
    """A UPT, known by its short name."""

    class Confidence(models.TextChoices):
        HIGH = "high", "Tinggi"
        MEDIUM = "medium", "Sedang"
        LOW = "low", "Rendah"

    name = models.TextField(verbose_name="nama")
    city = models.TextField(verbose_name="kota")
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    target_group = models.TextField(blank=True, verbose_name="sasaran")
    capacity = models.PositiveIntegerField(null=True, blank=True, verbose_name="daya tampung")
    confidence = models.TextField(choices=Confidence.choices, verbose_name="kepastian data")

    class Meta:
        ordering = ["code"]
        verbose_name, verbose_name_plural = "UPT", "UPT"
        constraints = [read_by_all("institution_rows")]

    def __str__(self) -> str:
        return self.code


class PartnerOffice(Reference):
    """A kantor mitra that people are referred to; of one kab/kota, or of the whole province. Kept by the admin alone."""

    class Kind(models.TextChoices):
        COOPERATIVES = "cooperatives", "Dinas koperasi dan UKM"
        LABOUR = "labour", "Dinas tenaga kerja"
        TRAINING = "training", "Balai latihan kerja"
        TRADE = "trade", "Dinas perindustrian dan perdagangan"
        LICENSING = "licensing", "Dinas penanaman modal dan perizinan (PTSP)"
        PLANNING = "planning", "Bappeda"
        HEALTH = "health", "Dinas kesehatan"
        BANK = "bank", "Bank"
        CHARITY = "charity", "Baznas atau lembaga amal"
        COMMUNITY = "community", "Lembaga masyarakat atau perguruan tinggi"
        OTHER = "other", "Lainnya"

    name = models.TextField(verbose_name="nama")
    kind = models.TextField(choices=Kind.choices, verbose_name="jenis")
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="kab/kota",
        help_text="Kosongkan untuk kantor yang melayani seluruh provinsi.",
    )
    email = models.EmailField(blank=True, verbose_name="e-mail")
    phone = models.TextField(blank=True, verbose_name="telepon atau WhatsApp")

    class Meta:
        ordering = ["name", "pk"]
        verbose_name, verbose_name_plural = "kantor mitra", "kantor mitra"
        constraints = [
            read_by_all("partner_office_rows", but=PUBLIC),  # its phone and e-mail are for those who log in
            models.CheckConstraint(name="partner_office_has_a_name", condition=~models.Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class MinimumWage(Reference):
    """UMK: the minimum wage of a kab/kota, in rupiah a month, from a date on."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="minimum_wages", verbose_name="kab/kota")
    valid_from = models.DateField(verbose_name="berlaku sejak")
    amount = models.BigIntegerField(verbose_name="rupiah per bulan")
    decree = models.TextField(blank=True, verbose_name="dasar")

    class Meta:
        ordering = ["region", "-valid_from"]
        verbose_name, verbose_name_plural = "UMK", "UMK"
        constraints = [
            read_by_all("minimum_wage_rows"),
            models.CheckConstraint(name="minimum_wage_is_positive", condition=models.Q(amount__gt=0)),
        ]


class PovertyLine(Reference):
    """Garis kemiskinan: rupiah a head a month, of the province (region empty) or a kab/kota, per publication."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kab/kota"
    )
    period = models.DateField(verbose_name="bulan survei")
    amount = models.BigIntegerField(verbose_name="rupiah per orang per bulan")
    is_certain = models.BooleanField(verbose_name="dari sumber resmi")

    class Meta:
        ordering = ["-period"]
        verbose_name, verbose_name_plural = "garis kemiskinan", "garis kemiskinan"
        constraints = [
            read_by_all("poverty_line_rows"),
            models.CheckConstraint(name="poverty_line_is_positive", condition=models.Q(amount__gt=0)),
        ]
