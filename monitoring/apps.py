"""Monitoring: businesses, visits, progress, and what they add to a person's page and to the lists."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Pemantauan"

    def ready(self):
        from monitoring import admin, contributions, grant_facts, lists, periodic, worklist  # noqa: F401
        from monitoring.reference import TABLES
        from ppks.accounts.navigation import Entry

        contribute("reference", *TABLES)
        contribute("navigation", Entry("Usaha", "business_list", "monitoring.view_business", 40))
        contribute("navigation", Entry("Pantau", "due_list", "monitoring.view_business", 50))
