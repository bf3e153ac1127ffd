"""Addresses of referrals, and of the public page that answers one."""

from django.urls import path

from monitoring.referrals import link_views, report_views, views

urlpatterns = [
    path("rujukan/", views.referral_list, name="referral_list"),
    path("rujukan/kantor/", report_views.office_report, name="office_report"),
    path("rujukan/kantor.<slug:form>", report_views.office_report_file, name="office_report_file"),
    path("rujukan/<int:pk>/", views.referral_detail, name="referral_detail"),
    path("rujukan/<int:pk>/langkah/<slug:move>/", views.referral_move, name="referral_move"),
    path("rujukan/<int:pk>/tautan/", link_views.referral_link, name="referral_link"),
    path("rujukan/<int:pk>/surat/", link_views.referral_letter, name="referral_letter"),
    path("klien/<int:pk>/rujuk/", views.referral_send, name="referral_send"),
    path("jawab/<str:token>/", link_views.referral_answer, name="referral_answer"),
]
