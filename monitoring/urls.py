"""Addresses of businesses and visits."""

from django.urls import path

from monitoring import views

urlpatterns = [
    path("usaha/", views.business_list, name="business_list"),
    path("usaha/<int:pk>/", views.business_detail, name="business_detail"),
    path("usaha/<int:pk>/kunjungan/", views.visit_add, name="visit_add"),
    path("klien/<int:pk>/usaha/", views.person_businesses, name="person_businesses"),
]
