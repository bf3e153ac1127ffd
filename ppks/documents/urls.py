"""Addresses of attachments and papers."""

from django.urls import path

from ppks.documents import public_views, views

urlpatterns = [
    path("berkas/<int:pk>/", views.attachment_file, name="attachment_file"),
    path("surat/<int:pk>/", views.paper_file, name="paper_file"),
    path("periksa/", public_views.paper_ask, name="paper_ask"),
    path("periksa/<str:code>/", public_views.paper_check, name="paper_check"),
]
