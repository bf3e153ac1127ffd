"""Registers the kit's system checks."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "ppks.kit"
    label = "kit"

    def ready(self):
        from ppks.kit import checks  # noqa: F401
