"""Addresses of attachments and papers."""

from django.urls import path

from ppks.documents import batch_views, public_views, views

urlpatterns = [
    path("berkas/<int:pk>/", views.attachment_file, name="attachment_file"),
    path("surat/<int:pk>/", views.paper_file, name="paper_file"),
    path("surat/paket/", batch_views.batch_list, name="batch_list"),
    path("surat/paket/<int:pk>/", batch_views.batch_detail, name="batch_detail"),
    path("surat/paket/<int:pk>/berkas/", batch_views.batch_file, name="batch_file"),
    path("surat/paket/<int:pk>/ulangi/", batch_views.batch_retry, name="batch_retry"),
    path("periksa/", public_views.paper_ask, name="paper_ask"),
    path("periksa/<str:code>/", public_views.paper_check, name="paper_check"),
]
