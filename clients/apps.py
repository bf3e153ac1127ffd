"""The client registry: what it contributes to the menu and to reference data."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class ClientsConfig(AppConfig):
    name = "clients"
    verbose_name = "Klien"

    def ready(self):
        from clients import admin, filters, pages, timeline  # noqa: F401
        from clients.reference import TABLES
        from ppks.accounts.navigation import Entry

        contribute("reference", *TABLES)
        contribute("navigation", Entry("Klien", "person_list", "clients.view_person", 20))
