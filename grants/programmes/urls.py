"""Addresses of programmes, their rules and calls."""

from django.urls import path

from grants.programmes import views

urlpatterns = [
    path("hibah/program/", views.programme_list, name="programme_list"),
    path("hibah/program/<int:pk>/", views.programme_detail, name="programme_detail"),
    path("hibah/program/<int:pk>/aturan/", views.rule_set_add, name="rule_set_add"),
    path("hibah/program/<int:pk>/pembukaan/", views.call_add, name="call_add"),
    path("hibah/pembukaan/<int:pk>/", views.call_change, name="call_change"),
]
