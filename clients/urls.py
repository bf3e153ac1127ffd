"""Addresses of the registry."""

from django.urls import path

from clients import consent_views, household_views, views

urlpatterns = [
    path("klien/", views.person_list, name="person_list"),
    path("klien/<int:pk>/", views.person_detail, name="person_detail"),
    path("klien/<int:pk>/riwayat/", views.person_history, name="person_history"),
    path("klien/<int:pk>/nik/", views.person_reveal, name="person_reveal"),
    path("klien/<int:pk>/langkah/<slug:move>/", views.person_move, name="person_move"),
    path("klien/<int:pk>/persetujuan/", consent_views.person_consents, name="person_consents"),
    path("klien/<int:pk>/persetujuan/<slug:purpose>/", consent_views.consent_give, name="consent_give"),
    path("persetujuan/<int:pk>/cabut/", consent_views.consent_withdraw, name="consent_withdraw"),
    path("persetujuan/teks/<slug:purpose>/<int:version>/", consent_views.consent_text, name="consent_text"),
    path("klien/<int:pk>/rumah-tangga/", household_views.household_add, name="household_add"),
    path("cari/", views.person_search, name="person_search"),
]
