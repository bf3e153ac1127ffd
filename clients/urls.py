"""Addresses of the registry."""

from django.urls import path

from clients import views

urlpatterns = [
    path("klien/", views.person_list, name="person_list"),
    path("klien/<int:pk>/", views.person_detail, name="person_detail"),
    path("klien/<int:pk>/riwayat/", views.person_history, name="person_history"),
    path("klien/<int:pk>/nik/", views.person_reveal, name="person_reveal"),
    path("klien/<int:pk>/langkah/<slug:move>/", views.person_move, name="person_move"),
    path("cari/", views.person_search, name="person_search"),
]
