"""Addresses of reports, their editions and the rows behind their figures."""

from django.urls import path

from monitoring.reports import closing_views, views

urlpatterns = [
    path("laporan/", views.report_list, name="report_list"),
    path("laporan/baris/", views.report_rows, name="report_rows"),
    path("laporan/<str:code>/", views.report_detail, name="report_detail"),
    path("laporan/<str:code>/berkas.<slug:form>", views.report_file, name="report_file"),
    path("laporan/<str:code>/tutup/", closing_views.report_close, name="report_close"),
    path("laporan/<str:code>/edisi/<int:number>/", views.edition_detail, name="edition_detail"),
    path("laporan/<str:code>/edisi/<int:number>/beda/", views.edition_differences, name="edition_differences"),
]
