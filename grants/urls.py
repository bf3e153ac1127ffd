"""Addresses of grants."""

from django.urls import include, path

from grants import views

urlpatterns = [
    path("klien/<int:pk>/hibah/", views.person_grants, name="person_grants"),
    path("", include("grants.programmes.urls")),
    path("", include("grants.selection.urls")),
    path("", include("grants.accountability.urls")),
    path("", include("grants.findings.urls")),
    path("", include("grants.applications.urls")),
]
