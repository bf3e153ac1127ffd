"""Who saw what; later also retention."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ppks.audit"
    label = "audit"
    verbose_name = "Audit"

    def ready(self):
        from ppks.audit import looks  # noqa: F401
