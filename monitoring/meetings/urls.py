"""Addresses of meetings, their agenda, inputs and decisions."""

from django.urls import path

from monitoring.meetings import agenda_views, decision_views, report_views, talk_views, views

urlpatterns = [
    path("rapat/", views.meeting_list, name="meeting_list"),
    path("rapat/baru/", views.meeting_add, name="meeting_add"),
    path("rapat/keputusan/", decision_views.decision_list, name="decision_list"),
    path("rapat/keputusan/<int:pk>/", decision_views.decision_detail, name="decision_detail"),
    path("rapat/keputusan/<int:pk>/langkah/<slug:move>/", decision_views.decision_move, name="decision_move"),
    path("rapat/masukan/", talk_views.input_list, name="input_list"),
    path("rapat/masukan/<int:pk>/", talk_views.input_settle, name="input_settle"),
    path("rapat/panduan/", report_views.guidance_report, name="guidance_report"),
    path("rapat/agenda/<int:pk>/", agenda_views.item_discuss, name="item_discuss"),
    path("rapat/peserta/<int:pk>/<slug:way>/", talk_views.participant_mark, name="participant_mark"),
    path("rapat/<int:pk>/", views.meeting_detail, name="meeting_detail"),
    path("rapat/<int:pk>/ubah/", views.meeting_change, name="meeting_change"),
    path("rapat/<int:pk>/langkah/<slug:move>/", views.meeting_move, name="meeting_move"),
    path("rapat/<int:pk>/tutup/", views.meeting_close, name="meeting_close"),
    path("rapat/<int:pk>/notulen/", views.meeting_minutes, name="meeting_minutes"),
    path("rapat/<int:pk>/agenda/", agenda_views.item_add, name="item_add"),
    path("rapat/<int:pk>/agenda/<slug:handle>/lepas/", agenda_views.item_drop, name="item_drop"),
    path("rapat/<int:pk>/agenda/<slug:handle>/<slug:way>/", agenda_views.item_move, name="item_move"),
    path("rapat/<int:pk>/peserta/", talk_views.participant_list, name="participant_list"),
    path("rapat/<int:pk>/masukan/", talk_views.input_add, name="input_add"),
    path("rapat/<int:pk>/keputusan/", decision_views.decision_add, name="decision_add"),
    path("rapat/<int:pk>/bahan/", report_views.briefing_list, name="briefing_list"),
    path("rapat/<int:pk>/bahan/cetak/", report_views.briefing_print, name="briefing_print"),
]
