"""Addresses of the budget and its ledger."""

from django.urls import path

from grants.budget import views

urlpatterns = [
    path("anggaran/", views.budget_front, name="budget_front"),
    path("anggaran/<int:year>/", views.budget_year, name="budget_year"),
    path("anggaran/buku/", views.ledger_list, name="ledger_list"),
    path("anggaran/mata/baru/", views.budget_line_add, name="budget_line_add"),
    path("anggaran/mata/<int:pk>/", views.budget_line_detail, name="budget_line_detail"),
    path("anggaran/mata/<int:pk>/pagu/", views.ceiling_change, name="ceiling_change"),
    path("anggaran/mata/<int:pk>/alokasi/", views.allocation_change, name="allocation_change"),
]
