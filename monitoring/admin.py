"""Trades and obstacles in Django's admin; no business or visit is ever reached through it."""

from django.contrib import admin

from monitoring import reference
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(reference.Trade, site=site)
class TradeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "group", "kbli", "retired_on"]
    list_filter = ["group", "is_edited"]
    search_fields = ["code", "name"]


@admin.register(reference.Obstacle, site=site)
class ObstacleAdmin(ReferenceAdmin):
    list_display = ["code", "label", "offices", "retired_on"]
    search_fields = ["code", "label"]
