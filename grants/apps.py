"""Grants: what people received, what is applied for, and the money from the ceiling to the last receipt."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = "Hibah"

    def ready(self):
        from grants import admin, contributions  # noqa: F401
        from grants.accountability import panels, reminders  # noqa: F401
        from grants.applications import allocated, lists, told  # noqa: F401
        from grants.budget import lists as ledger  # noqa: F401
        from grants.budget import verifying  # noqa: F401
        from grants.decrees import lists as decree_lists  # noqa: F401
        from grants.findings import lists as findings  # noqa: F401
        from grants.payments import lists as payment_lists  # noqa: F401
        from grants.payments import panels as payment_panels  # noqa: F401
        from grants.reference import TABLES
        from grants.selection import panels as selection_panels  # noqa: F401
        from ppks.accounts.navigation import Entry

        contribute("reference", *TABLES)
        contribute(
            "navigation",
            Entry("Hibah", "application_list", "grants.view_application", 30),
            Entry("Anggaran", "budget_front", "grants.view_application", 32),
        )
