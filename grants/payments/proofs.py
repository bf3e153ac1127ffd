"""Proof from the bank for a whole payment order. What proves one person's payment lies with the application."""

from django.conf import settings
from django.db import models

from grants.payments.models import PaymentOrder
from grants.reach import ADD, EVERYWHERE, may
from ppks.documents.models import Attachment
from ppks.kit.rows import Rows, ScopedQuerySet


class OrderProof(models.Model):
    """A file of the province's that shows the transfers of an order. Append-only."""

    order = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="proofs")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [Rows(name="order_proof_rows", see=EVERYWHERE, may=may(province=ADD))]
