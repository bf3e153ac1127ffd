"""Addresses of the way to independence and of the watch after it."""

from django.urls import path

from monitoring.independence import spell_views, views

urlpatterns = [
    path("mandiri/", views.readiness_list, name="readiness_list"),
    path("mandiri/pantauan/", spell_views.spell_list, name="spell_list"),
    path("mandiri/pantauan.<slug:form>", spell_views.spell_table_file, name="spell_table_file"),
    path("mandiri/<int:pk>/", views.graduation_detail, name="graduation_detail"),
    path("mandiri/<int:pk>/verifikasi/", views.graduation_verify, name="graduation_verify"),
    path("mandiri/<int:pk>/putusan/", views.graduation_decide, name="graduation_decide"),
    path("mandiri/<int:pk>/kembali/", views.graduation_relapse, name="graduation_relapse"),
    path("mandiri/<int:pk>/langkah/<slug:move>/", views.graduation_move, name="graduation_move"),
    path("klien/<int:pk>/mandiri/", views.person_independence, name="person_independence"),
    path("klien/<int:pk>/mandiri/kesediaan/", views.agreement_add, name="agreement_add"),
    path("klien/<int:pk>/mandiri/usul/", views.graduation_propose, name="graduation_propose"),
]
