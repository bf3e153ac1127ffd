"""Kinds of PPKS and disability in Django's admin; no person is ever reached through it."""

from django.contrib import admin

from clients import reference
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(reference.PpksKind, site=site)
class PpksKindAdmin(ReferenceAdmin):
    list_display = ["code", "name", "cluster", "is_specific", "retired_on"]
    list_filter = ["cluster", "is_specific", *ReferenceAdmin.list_filter]
    search_fields = ["code", "name"]


@admin.register(reference.DisabilityKind, site=site)
class DisabilityKindAdmin(ReferenceAdmin):
    list_display = ["code", "name", "parent_code", "retired_on"]
    search_fields = ["code", "name"]


@admin.register(reference.PpksSynonym, site=site)
class PpksSynonymAdmin(ReferenceAdmin):
    list_display = ["code", "kind_codes", "disability_code", "retired_on"]
