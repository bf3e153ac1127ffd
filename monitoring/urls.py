"""Addresses of businesses and visits."""

from django.urls import path

from monitoring import views, worklist_views

urlpatterns = [
    path("usaha/", views.business_list, name="business_list"),
    path("usaha/<int:pk>/", views.business_detail, name="business_detail"),
    path("usaha/<int:pk>/kunjungan/", views.visit_add, name="visit_add"),
    path("pantau/", worklist_views.due_list, name="due_list"),
    path("pantau/petugas/", worklist_views.officer_list, name="officer_list"),
    path("pantau/petugas.<slug:form>", worklist_views.officer_list_file, name="officer_list_file"),
    path("pantau/<int:pk>/tunda/", worklist_views.due_snooze, name="due_snooze"),
    path("pantau/<int:pk>/batal-tunda/", worklist_views.due_unsnooze, name="due_unsnooze"),
    path("pantau/<int:pk>/petugas/", worklist_views.due_assign, name="due_assign"),
    path("klien/<int:pk>/usaha/", views.person_businesses, name="person_businesses"),
]
