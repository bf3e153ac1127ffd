"""The room of independence: who could be called independent, the decision, and the watch after it."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class IndependenceConfig(AppConfig):
    name = "monitoring.independence"
    label = "independence"
    verbose_name = "Kemandirian"

    def ready(self):
        from monitoring.independence import contributions, lists, since_grant, spells  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("navigation", Entry("Mandiri", "readiness_list", "monitoring.view_business", 57))
