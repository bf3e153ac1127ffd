"""Reports by month, quarter and year: live while a period runs, frozen for good when the province closes it."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class ReportsConfig(AppConfig):
    name = "monitoring.reports"
    verbose_name = "Laporan"

    def ready(self):
        from monitoring.reports import lists  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("navigation", Entry("Laporan", "period_list", "reports.view_report", 65))
