"""Spells of independence on a day: which have lasted so many months, and what became of them."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from clients.lifecycle import GONE
from monitoring.independence.workflow import OPEN, Status
from monitoring.models import Business
from ppks.kit.rows import ScopedQuerySet

MONTHS = (12, 24)
FELL_BACK = Q(ended_on__lt=F("reached_on"))
LEFT = Q(person__status__in=sorted(GONE))
CLOSE_DAYS = 14  # a visit so shortly before the month counts for it, as in the schedule


class Outcome(models.TextChoices):
    """What became of a spell by the month that it reached: exactly one of these."""

    SEEN = "masih", "Masih mandiri, sudah dilihat"
    UNSEEN = "belum", "Belum dilihat sesudahnya"
    BACK = "kembali", "Kembali"
    LOST = "hilang", "Pindah, meninggal, putus kontak"


class GraduationQuerySet(ScopedQuerySet):
    def open(self) -> "GraduationQuerySet":
        return self.filter(status__in=sorted(OPEN))

    def decided(self) -> "GraduationQuerySet":
        """Those that were decided, ended since or not."""
        return self.exclude(decided_on=None)

    def standing(self) -> "GraduationQuerySet":
        """Those whose person is independent now, or was when last heard of."""
        return self.filter(status=Status.INDEPENDENT)

    def reached(self, months: int, day: date) -> "GraduationQuerySet":
        """Those decided so many months before `day` or longer ago, with `reached_on`: when it was so many months."""
        later = Func(
            F("decided_on"),
            template=f"(%(expressions)s + interval '{int(months)} months')::date",
            output_field=models.DateField(),
        )
        return self.decided().annotate(reached_on=later).filter(reached_on__lte=day)

    def fell_back(self) -> "GraduationQuerySet":
        """After `reached`: those that ended before."""
        return self.filter(FELL_BACK)

    def lost(self) -> "GraduationQuerySet":
        """After `reached`: still standing, but the person moved away, died or cannot be found."""
        return self._lasted().filter(LEFT)

    def seen_independent(self) -> "GraduationQuerySet":
        """After `reached`: those that lasted, and somebody visited since to see it."""
        return self._lasted().exclude(LEFT).filter(self._visited())

    def not_seen(self) -> "GraduationQuerySet":
        """After `reached`: those that lasted as far as anybody knows."""
        return self._lasted().exclude(LEFT).exclude(self._visited())

    def _lasted(self) -> "GraduationQuerySet":
        return self.filter(Q(ended_on=None) | Q(ended_on__gte=F("reached_on")))

    @staticmethod
    def _visited() -> Exists:
        seen = Business.objects.filter(person=OuterRef("person"))
        return Exists(seen.filter(last_visit_on__gte=OuterRef("reached_on") - CLOSE_DAYS))
