"""Letterheads in Django's admin: each office's own words above its papers."""

from django.contrib import admin

from ppks.documents.models import Letterhead
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin


@admin.register(Letterhead, site=site)
class LetterheadAdmin(ReferenceAdmin):
    list_display = ["code", "government", "office", "city", "retired_on"]
    search_fields = ["code", "government", "office"]
    exclude = ["region"]

    def has_add_permission(self, request):
        return False  # one an office; all are there from the beginning
