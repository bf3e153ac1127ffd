"""Addresses of the board of findings."""

from django.urls import path

from grants.findings import views

urlpatterns = [
    path("temuan/", views.finding_board, name="finding_board"),
    path("temuan/daftar/", views.finding_list, name="finding_list"),
]
