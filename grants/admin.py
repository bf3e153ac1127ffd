"""Programmes, criteria and compulsory papers in Django's admin; no application and no money is reached through it."""

from django.contrib import admin

from grants.programmes.models import Criterion, DocumentType, Programme
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(Programme, site=site)
class ProgrammeAdmin(ReferenceAdmin):
    list_display = ["code", "name", "form", "maximum", "report_days", "retired_on"]
    list_filter = ["form", *ReferenceAdmin.list_filter]
    search_fields = ["code", "name"]


@admin.register(Criterion, site=site)
class CriterionAdmin(ReferenceAdmin):
    list_display = ["code", "label", "weight", "retired_on"]
    search_fields = ["code", "label"]


@admin.register(DocumentType, site=site)
class DocumentTypeAdmin(ReferenceAdmin):
    list_display = ["code", "label", "stage", "form", "is_required", "retired_on"]
    list_filter = ["stage", "is_required", *ReferenceAdmin.list_filter]
    search_fields = ["code", "label"]
