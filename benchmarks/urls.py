"""Every address of the system, and the floor."""

from django.urls import include, path

from benchmarks import floor

urlpatterns = [
    path("lantai/", floor.floor, name="floor"),
    path("", include("ppks.urls")),
]
