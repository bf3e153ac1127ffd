"""Whether a business fits what its owner has learned, as the database keeps it: for lists, figures and roles that read no words.

`grants.applications.skills` says the same of one plan, in sentences; a test compares the two.
"""

from django.db import models
from django.db.models import DO_NOTHING

from monitoring.reach import THROUGH_BUSINESS
from ppks.kit.roles import AUDITOR, PROVINCE, REGION
from ppks.kit.rows import Rows, ScopedQuerySet


class Fit(models.TextChoices):
    FITS = "fits", "Sesuai keterampilan"
    OTHER = "other", "Tidak sesuai keterampilan"
    UNKNOWN = "unknown", "Belum dapat dinilai"


READERS = {role: THROUGH_BUSINESS[role] for role in (PROVINCE, REGION, AUDITOR)}


class SkillFit(models.Model):
    """One row a business, written by triggers wherever a trade, a training or an experience is."""

    business = models.OneToOneField(
        "monitoring.Business", on_delete=DO_NOTHING, primary_key=True, db_constraint=False, related_name="skill_fit"
    )
    fit = models.TextField(choices=Fit.choices)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [Rows(name="skill_fit_rows", see=READERS, may=dict.fromkeys(READERS, "select"))]
