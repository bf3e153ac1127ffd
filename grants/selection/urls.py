"""Addresses of choosing."""

from django.urls import path

from grants.selection import letter_views, rank_views, score_views, verify_views

urlpatterns = [
    path("hibah/seleksi/", rank_views.selection_now, name="selection_now"),
    path("hibah/seleksi/<int:year>/", rank_views.selection_list, name="selection_list"),
    path("hibah/seleksi/<int:year>/unduh.<str:form>", rank_views.selection_list_file, name="selection_list_file"),
    path("hibah/seleksi/<int:year>/<int:pk>/", rank_views.selection_detail, name="selection_detail"),
    path("hibah/<int:pk>/verifikasi/", verify_views.application_verify, name="application_verify"),
    path("hibah/<int:pk>/tanda/<str:key>/", verify_views.flag_set_aside, name="flag_set_aside"),
    path("hibah/<int:pk>/nilai/", score_views.application_score, name="application_score"),
    path("hibah/<int:pk>/naikkan/", rank_views.application_promote, name="application_promote"),
    path("hibah/<int:pk>/alasan/", letter_views.application_reason, name="application_reason"),
    path("hibah/<int:pk>/alasan/terbit/", letter_views.application_reason_issue, name="application_reason_issue"),
]
