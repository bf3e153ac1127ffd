"""Addresses of businesses and visits."""

from django.urls import path, re_path

from monitoring import override_views, views, visit_views, worklist_views

urlpatterns = [
    path("usaha/", views.business_list, name="business_list"),
    path("usaha/<int:pk>/", views.business_detail, name="business_detail"),
    path("pantau/", worklist_views.due_list, name="due_list"),
    path("pantau/petugas/", worklist_views.officer_list, name="officer_list"),
    path("pantau/petugas.<slug:form>", worklist_views.officer_list_file, name="officer_list_file"),
    path("pantau/<int:pk>/tunda/", worklist_views.due_snooze, name="due_snooze"),
    path("pantau/<int:pk>/batal-tunda/", worklist_views.due_unsnooze, name="due_unsnooze"),
    path("pantau/<int:pk>/petugas/", worklist_views.due_assign, name="due_assign"),
    path("usaha/<int:pk>/kunjungan/", visit_views.visit_add, name="visit_add"),
    path("kunjungan/<uuid:key>/", visit_views.visit_detail, name="visit_detail"),
    path("kunjungan/<uuid:key>/perbaiki/", visit_views.visit_correct, name="visit_correct"),
    re_path(r"^foto/(?P<name>[0-9a-f]{32})/$", visit_views.visit_photo, name="visit_photo"),
    path("usaha/<int:pk>/keadaan/", override_views.business_override, name="business_override"),
    path("cara-menghitung/", override_views.progress_method, name="progress_method"),
    path("klien/<int:pk>/usaha/", views.person_businesses, name="person_businesses"),
]
