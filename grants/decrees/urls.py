"""Addresses of decrees and their annexes."""

from django.urls import path

from grants.decrees import amend_views, views

urlpatterns = [
    path("hibah/sk/", views.decree_list, name="decree_list"),
    path("hibah/sk/baru/", views.decree_add, name="decree_add"),
    path("hibah/sk/lampiran/", views.decree_line_list, name="decree_line_list"),
    path("hibah/sk/<int:pk>/", views.decree_detail, name="decree_detail"),
    path("hibah/sk/<int:pk>/pilih/", views.decree_pick, name="decree_pick"),
    path("hibah/sk/<int:pk>/isi/", views.decree_change, name="decree_change"),
    path("hibah/sk/<int:pk>/lampiran.pdf", views.decree_preview, name="decree_preview"),
    path("hibah/sk/<int:pk>/tetapkan/", views.decree_enact, name="decree_enact"),
    path("hibah/sk/<int:pk>/buang/", views.decree_discard, name="decree_discard"),
    path("hibah/sk/<int:pk>/perubahan/", amend_views.decree_amend, name="decree_amend"),
]
