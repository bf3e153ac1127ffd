"""The stations of an application, and which of them are alive, frozen or about money."""

from django.db import models


class Status(models.TextChoices):
    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    RETURNED = "returned", "Perlu perbaikan"
    VERIFIED = "verified", "Lolos verifikasi"
    NOMINATED = "nominated", "Daftar nominatif"
    WAITLISTED = "waitlisted", "Cadangan"
    DECREED = "decreed", "Ditetapkan SK"
    DISBURSED = "disbursed", "Tersalur"
    ACCOUNTED = "accounted", "SPJ disahkan"
    CLOSED = "closed", "Selesai"
    INELIGIBLE = "ineligible", "Tidak memenuhi syarat"
    WITHDRAWN = "withdrawn", "Mundur"
    CANCELLED = "cancelled", "Batal"
    RECOVERY = "recovery", "Pengembalian"


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
DEAD = frozenset({Status.INELIGIBLE, Status.WITHDRAWN, Status.CANCELLED})
BEFORE_DECREE = frozenset({Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.VERIFIED})
WITH_MONEY = frozenset({Status.DECREED, Status.DISBURSED, Status.ACCOUNTED, Status.CLOSED, Status.RECOVERY})
TONES = dict.fromkeys(DEAD, "error") | {
    Status.DRAFT: "plain",
    Status.RETURNED: "warn",
    Status.RECOVERY: "warn",
    Status.CLOSED: "ok",
}


def tone_of(application) -> str:
    """How its status is dressed."""
    return TONES.get(application.status, "info")


class Link(models.TextChoices):
    """A stage of the four-eyes chain: one person may repeat a stage, never take a second one."""

    SUBMIT = "submit", "mengajukan"
    VERIFY = "verify", "memverifikasi"
    DECREE = "decree", "menetapkan SK"
    DISBURSE = "disburse", "menyalurkan"
    REPORT = "report", "melaporkan SPJ"
    APPROVE = "approve_report", "mengesahkan SPJ"
