"""Addresses of applications."""

from django.urls import path

from grants.applications import dossier_views, sending_views, views, writing_views

urlpatterns = [
    path("klien/<int:pk>/hibah/usulkan/", writing_views.application_add, name="application_add"),
    path("hibah/", views.application_list, name="application_list"),
    path("hibah/ajukan/", sending_views.application_submit_many, name="application_submit_many"),
    path("hibah/<int:pk>/", views.application_detail, name="application_detail"),
    path("hibah/<int:pk>/syarat/", writing_views.application_eligibility, name="application_eligibility"),
    path("hibah/<int:pk>/rencana/", writing_views.application_plan, name="application_plan"),
    path("hibah/<int:pk>/rab/", writing_views.application_items, name="application_items"),
    path("hibah/<int:pk>/dokumen/", writing_views.application_documents, name="application_documents"),
    path("hibah/<int:pk>/dokumen/berkas.zip", dossier_views.application_dossier, name="application_dossier"),
    path("hibah/<int:pk>/riwayat/", views.application_history, name="application_history"),
    path("hibah/<int:pk>/ajukan/", sending_views.application_submit, name="application_submit"),
    path("hibah/<int:pk>/tolak/", views.application_reject, name="application_reject"),
    path("hibah/<int:pk>/batal/", views.application_cancel, name="application_cancel"),
    path("hibah/<int:pk>/langkah/<slug:move>/", views.application_move, name="application_move"),
]
