"""Complaints and suggestions: a room of monitoring, with a public door."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class FeedbackConfig(AppConfig):
    name = "monitoring.feedback"
    verbose_name = "Pengaduan"

    def ready(self):
        from monitoring.feedback import agenda, lists  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("navigation", Entry("Pengaduan", "feedback_list", "feedback.view", 58))
