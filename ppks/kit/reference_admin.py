"""How reference data is edited in Django's admin: nothing is deleted, and what the office edits stays edited."""

from django.contrib import admin


class ReferenceAdmin(admin.ModelAdmin):
    show_full_result_count = False
    search_fields = ["code"]
    list_filter = ["is_edited", ("retired_on", admin.EmptyFieldListFilter)]
    list_per_page = 50

    def save_model(self, request, row, form, change):
        row.is_edited = True  # the loader leaves it alone from now on
        super().save_model(request, row, form, change)

    def get_readonly_fields(self, request, obj=None):
        """The loader knows a row by its code: another code would be another row."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    def has_delete_permission(self, request, obj=None):
        return False  # facts name it; set the date from which it is no longer used
