"""Plans of help: cause, suggestions, plan, effect; and the clock of those whom nobody helps yet."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class PlansConfig(AppConfig):
    name = "monitoring.plans"
    verbose_name = "Rencana bantuan"

    def ready(self):
        from monitoring.plans import admin, alerts, contributions, lists, measuring, need_lists  # noqa: F401
        from monitoring.plans.suggestions import TABLES
        from ppks.accounts.navigation import Entry

        contribute("reference", *TABLES)
        contribute("navigation", Entry("Rencana", "plan_list", "monitoring.view_business", 55))
