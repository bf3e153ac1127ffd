"""Consolidation meetings: a room of monitoring."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class MeetingsConfig(AppConfig):
    name = "monitoring.meetings"
    verbose_name = "Rapat konsolidasi"

    def ready(self):
        from monitoring.meetings import lists, reminders, topics  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("navigation", Entry("Rapat", "meeting_list", "meetings.view_meeting", 56))
