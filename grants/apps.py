"""Grants: the tab and the timeline of past grants on a person's page."""

from django.apps import AppConfig


class GrantsConfig(AppConfig):
    name = "grants"
    verbose_name = "Hibah"

    def ready(self):
        from grants import contributions  # noqa: F401
