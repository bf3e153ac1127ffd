"""The room of counts by day: how many there were on any day, kept by triggers so that no page counts everybody."""

from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "monitoring.counts"
    label = "counts"
    verbose_name = "Hitungan"
