"""The top layer: front pages and figures."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class DashboardConfig(AppConfig):
    name = "ppks.dashboard"
    label = "dashboard"
    verbose_name = "Dasbor"

    def ready(self):
        from ppks.accounts.navigation import Entry
        from ppks.dashboard import costs  # noqa: F401

        contribute("navigation", Entry("Beranda", "front", "dashboard.view", 10))
        contribute("navigation", Entry("Dasbor", "dashboard", "monitoring.view_business", 60))
