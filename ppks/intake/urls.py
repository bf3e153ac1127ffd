"""Addresses of lists in and lists out."""

from django.urls import path

from ppks.intake import export_views

urlpatterns = [
    path("unduh/<slug:name>.<slug:form>", export_views.sheet_file, name="sheet_file"),
    path("unduh/<slug:name>.<slug:form>/siapkan/", export_views.sheet_order, name="sheet_order"),
    path("unduh/<slug:name>/lengkap/", export_views.sheet_full, name="sheet_full"),
    path("unduhan/", export_views.export_list, name="export_list"),
    path("unduhan/<int:pk>/", export_views.export_detail, name="export_detail"),
    path("unduhan/<int:pk>/berkas/", export_views.export_file, name="export_file"),
]
