"""Addresses of grants."""

from django.urls import path

from grants import views

urlpatterns = [path("klien/<int:pk>/hibah/", views.person_grants, name="person_grants")]
