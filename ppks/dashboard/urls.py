"""Addresses of the front page and the tables behind it."""

from django.urls import path

from ppks.dashboard import views

urlpatterns = [
    path("", views.front, name="front"),
    path("kab-kota/", views.region_list, name="region_list"),
    path("kab-kota.<slug:form>", views.region_list_file, name="region_list_file"),
    path("gambar/<slug:name>.<slug:form>", views.picture_file, name="picture_file"),
]
