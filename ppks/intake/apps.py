"""Lists in, lists out, and demo data."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class IntakeConfig(AppConfig):
    name = "ppks.intake"
    label = "intake"
    verbose_name = "Impor dan ekspor"

    def ready(self):
        from ppks.accounts.navigation import Entry
        from ppks.intake import exports, periodic, recipients_out  # noqa: F401

        contribute("navigation", Entry("Impor", "import_list", "intake.import", 50))
