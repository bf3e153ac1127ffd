"""Regions, institutions and yardsticks in Django's admin."""

from django import forms
from django.contrib import admin

from ppks.kit import phones
from ppks.kit.admin import site
from ppks.kit.reference_admin import ReferenceAdmin
from ppks.regions import models


@admin.register(models.Region, site=site)
class RegionAdmin(ReferenceAdmin):
    list_display = ["code", "full_name", "capital", "retired_on"]
    list_filter = ["kind", *ReferenceAdmin.list_filter]
    search_fields = ["code", "name"]

    def has_add_permission(self, request):
        return False  # a kab/kota is founded by law; its id is its code


@admin.register(models.District, site=site)
class DistrictAdmin(ReferenceAdmin):
    list_display = ["code", "name", "region", "retired_on"]
    list_filter = ["region", *ReferenceAdmin.list_filter]
    list_select_related = ["region"]
    search_fields = ["code", "name"]

    def has_add_permission(self, request):
        return False


@admin.register(models.Village, site=site)
class VillageAdmin(ReferenceAdmin):
    list_display = ["code", "name", "kind", "district", "retired_on"]
    list_filter = ["kind", *ReferenceAdmin.list_filter]
    list_select_related = ["district"]
    search_fields = ["code", "name"]

    def has_add_permission(self, request):
        return False


@admin.register(models.Institution, site=site)
class InstitutionAdmin(ReferenceAdmin):
    list_display = ["code", "name", "city", "capacity", "confidence", "retired_on"]
    list_filter = ["confidence", *ReferenceAdmin.list_filter]
    search_fields = ["code", "name", "city"]


class PartnerOfficeForm(forms.ModelForm):
    def clean_phone(self) -> str:
        """E.164, so that a message can be prepared for it."""
        typed = self.cleaned_data["phone"]
        try:
            return phones.parse(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


@admin.register(models.PartnerOffice, site=site)
class PartnerOfficeAdmin(ReferenceAdmin):
    form = PartnerOfficeForm
    list_display = ["code", "name", "kind", "region", "email", "retired_on"]
    list_filter = ["kind", ("retired_on", admin.EmptyFieldListFilter)]
    list_select_related = ["region"]
    search_fields = ["code", "name", "region__name"]


@admin.register(models.MinimumWage, site=site)
class MinimumWageAdmin(ReferenceAdmin):
    list_display = ["region", "valid_from", "amount", "decree", "retired_on"]
    list_select_related = ["region"]
    search_fields = ["region__name", "decree"]
    date_hierarchy = "valid_from"


@admin.register(models.PovertyLine, site=site)
class PovertyLineAdmin(ReferenceAdmin):
    list_display = ["region", "period", "amount", "is_certain", "retired_on"]
    list_filter = ["is_certain", *ReferenceAdmin.list_filter]
    list_select_related = ["region"]
    search_fields = ["region__name"]
    date_hierarchy = "period"
