"""Lists in, lists out, and demo data."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "ppks.intake"
    label = "intake"
    verbose_name = "Impor dan ekspor"

    def ready(self):
        from ppks.intake import exports, recipients_out  # noqa: F401
