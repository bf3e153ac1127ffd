"""What the person means to do with the money: the plan and its budget (RAB), changed only while the application is written."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from grants.applications.models import TABLE, Application
from grants.applications.statuses import EDITABLE
from grants.reach import THROUGH_APPLICATION, history, may
from ppks.kit import rupiah
from ppks.kit.roles import AUDITOR
from ppks.kit.rows import Rows, ScopedQuerySet

WRITE = "select, insert, update, delete"


def only_while_written(column: str) -> pgtrigger.Trigger:
    """For a table that belongs to an application: its rows change only while the application is being written."""
    states = ", ".join(f"'{status}'" for status in sorted(EDITABLE))
    return pgtrigger.Trigger(
        name="changes_only_while_written",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            if (select status from {TABLE} where id = coalesce(new.{column}, old.{column})) not in ({states}) then
                raise 'Usulan ini sudah diajukan. Minta dikembalikan dulu untuk mengubah isinya.'
                    using errcode = 'check_violation', constraint = 'application_changes_only_while_written';
            end if;
            return case when tg_op = 'DELETE' then old else new end;
        """,
    )


@history("business_plan_event_rows", "pgh_obj__application__region")
class BusinessPlan(models.Model):
    """What the person means to do with the money."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, primary_key=True, related_name="plan")
    trade_code = models.TextField(blank=True, verbose_name="bidang usaha")  # of `monitoring.Trade`, a layer above
    trade = models.TextField(verbose_name="usaha")
    experience = models.TextField(blank=True, verbose_name="pengalaman dan keterampilan")
    product = models.TextField(verbose_name="yang dibuat atau dijual")
    market = models.TextField(verbose_name="pembeli dan cara menjual")
    place = models.TextField(blank=True, verbose_name="tempat usaha")
    target_turnover = models.BigIntegerField(null=True, blank=True, verbose_name="sasaran omzet sebulan (Rp)")
    helpers = models.TextField(blank=True, verbose_name="siapa yang membantu")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            Rows(
                name="business_plan_rows",
                see=THROUGH_APPLICATION,
                may=may(region="select, insert, update"),
                hide={AUDITOR: ["experience", "place", "helpers"]},
            ),
            models.CheckConstraint(
                name="plan_target_is_positive",
                condition=Q(target_turnover=None) | Q(target_turnover__gt=0),
                violation_error_message="Sasaran omzet harus di atas nol.",
            ),
        ]
        triggers = [only_while_written("application_id")]

    def told(self) -> list[dict[str, str]]:
        """What was answered, as far as the role may read it."""
        hidden = self.get_deferred_fields()
        names = ("trade", "experience", "product", "market", "place", "target_turnover", "helpers")
        answers = [(self._meta.get_field(name), getattr(self, name)) for name in names if name not in hidden]
        return [
            {
                "label": field.verbose_name.capitalize(),
                "value": rupiah.format(value) if isinstance(value, int) else value or "belum diisi",
            }
            for field, value in answers
        ]


@history("budget_item_event_rows", "pgh_obj__application__region")
class BudgetItem(models.Model):
    """One line of the budget plan (RAB): so many, at such a price, in whole rupiah."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="items")
    description = models.TextField(verbose_name="uraian")
    quantity = models.PositiveIntegerField(verbose_name="jumlah")
    unit = models.TextField(verbose_name="satuan")
    price = models.BigIntegerField(verbose_name="harga satuan (Rp)")
    total = models.GeneratedField(
        expression=F("quantity") * F("price"), output_field=models.BigIntegerField(), db_persist=True
    )

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            Rows(name="budget_item_rows", see=THROUGH_APPLICATION, may=may(region=WRITE)),
            models.CheckConstraint(
                name="budget_item_is_worth_something",
                condition=Q(quantity__gt=0, price__gt=0),
                violation_error_message="Jumlah dan harga satuan harus di atas nol.",
            ),
        ]
        triggers = [only_while_written("application_id")]

    def __str__(self) -> str:
        return self.description
