"""Addresses of complaints and suggestions: two for everybody, the others for the office."""

from django.urls import path

from monitoring.feedback import public_views, views

urlpatterns = [
    path("pengaduan/", public_views.feedback_send, name="feedback_send"),
    path("pengaduan/cek/", public_views.feedback_check, name="feedback_check"),
    path("pengaduan/poster/", views.feedback_poster, name="feedback_poster"),
    path("pengaduan/masuk/", views.feedback_list, name="feedback_list"),
    path("pengaduan/masuk/<int:pk>/", views.feedback_detail, name="feedback_detail"),
    path("pengaduan/masuk/<int:pk>/langkah/<slug:move>/", views.feedback_move, name="feedback_move"),
    path("pengaduan/masuk/<int:pk>/jawab/", views.feedback_answer, name="feedback_answer"),
    path("pengaduan/masuk/<int:pk>/catatan/", views.feedback_note, name="feedback_note"),
    path("pengaduan/masuk/<int:pk>/pelapor/", views.feedback_contact, name="feedback_contact"),
    path("pengaduan/masuk/<int:pk>/penangan/", views.feedback_entrust, name="feedback_entrust"),
]
