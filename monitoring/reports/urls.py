"""Addresses of reports, their editions and the rows behind their figures."""

from django.urls import path

from monitoring.reports import closing_views, views

urlpatterns = [
    path("laporan/", views.period_list, name="period_list"),
    path("laporan/baris/", views.period_rows, name="period_rows"),
    path("laporan/<str:code>/", views.period_detail, name="period_detail"),
    path("laporan/<str:code>/berkas.<slug:form>", views.period_file, name="period_file"),
    path("laporan/<str:code>/tutup/", closing_views.period_close, name="period_close"),
    path("laporan/<str:code>/edisi/<int:number>/", views.edition_detail, name="edition_detail"),
    path("laporan/<str:code>/edisi/<int:number>/beda/", views.edition_differences, name="edition_differences"),
]
