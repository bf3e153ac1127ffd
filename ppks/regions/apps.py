"""Regions, institutions and the yardsticks of money; the lowest tables of the house."""

from django.apps import AppConfig

from ppks.kit.contributions import contribute


class RegionsConfig(AppConfig):
    name = "ppks.regions"
    label = "regions"
    verbose_name = "Wilayah dan acuan"

    def ready(self):
        from ppks.regions import admin  # noqa: F401
        from ppks.regions.reference_tables import TABLES

        contribute("reference", *TABLES)
