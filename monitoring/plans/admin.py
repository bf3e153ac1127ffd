"""Suggestions in Django's admin; no plan is reached through it."""

from django.contrib import admin

from monitoring.plans.suggestions import Suggestion
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(Suggestion, site=site)
class SuggestionAdmin(ReferenceAdmin):
    list_display = ["code", "obstacle", "action", "office", "done_by", "days", "retired_on"]
    list_filter = ["obstacle", "done_by", *ReferenceAdmin.list_filter]
    list_select_related = ["obstacle"]
    search_fields = ["code", "action", "office"]
