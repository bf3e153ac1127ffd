"""Referrals to partner offices: a room of monitoring."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class ReferralsConfig(AppConfig):
    name = "monitoring.referrals"
    verbose_name = "Rujukan"

    def ready(self):
        from monitoring.referrals import agenda, contributions, lists, periodic  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("navigation", Entry("Rujukan", "referral_list", "referrals.view_referral", 54))
