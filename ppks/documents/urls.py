"""Addresses of attachments and papers."""

from django.urls import path

from ppks.documents import views

urlpatterns = [
    path("berkas/<int:pk>/", views.attachment_file, name="attachment_file"),
]
