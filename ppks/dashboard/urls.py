"""Addresses of the front page and the tables behind it."""

from django.urls import path

from ppks.dashboard import views

urlpatterns = [
    path("", views.front, name="front"),
    path("kab-kota/", views.region_list, name="region_list"),
]
