"""Addresses of accounting for the money."""

from django.urls import path

from grants.accountability import recovery_views, report_views

REPORT = "hibah/<int:pk>/spj/<int:report>/"
urlpatterns = [
    path("hibah/<int:pk>/spj/", report_views.application_reports, name="application_reports"),
    path(REPORT, report_views.report_detail, name="report_detail"),
    path(f"{REPORT}ringkasan.pdf", report_views.report_paper, name="report_paper"),
    path(f"{REPORT}nota/", report_views.purchase_add, name="purchase_add"),
    path(f"{REPORT}nota/<int:purchase>/", report_views.purchase_change, name="purchase_change"),
    path(f"{REPORT}nota/<int:purchase>/hapus/", report_views.purchase_remove, name="purchase_remove"),
    path(f"{REPORT}setoran/", report_views.slip_add, name="slip_add"),
    path(f"{REPORT}setoran/<int:slip>/hapus/", report_views.slip_remove, name="slip_remove"),
    path(f"{REPORT}langkah/<slug:move>/", report_views.report_move, name="report_move"),
    path("hibah/<int:pk>/pengembalian/", recovery_views.application_recover, name="application_recover"),
    path("hibah/<int:pk>/pengembalian/setoran/", recovery_views.application_settle, name="application_settle"),
    path("hibah/<int:pk>/pengecualian/", recovery_views.application_waive, name="application_waive"),
]
