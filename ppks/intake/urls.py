"""Addresses of lists in and lists out."""

from django.urls import path

from ppks.intake import allocation_views, export_views, reconcile_views
from ppks.intake.desk import views as desk

urlpatterns = [
    path("klien/impor/", desk.import_list, name="import_list"),
    path("klien/impor/<int:pk>/", desk.import_detail, name="import_detail"),
    path("klien/impor/<int:pk>/kemajuan/", desk.import_progress, name="import_progress"),
    path("klien/impor/<int:pk>/jawab/", desk.import_answer, name="import_answer"),
    path("klien/impor/<int:pk>/simpan/<slug:choice>/", desk.import_write, name="import_write"),
    path("klien/impor/<int:pk>/tinggalkan/", desk.import_leave, name="import_leave"),
    path("klien/impor/<int:pk>/ulangi/", desk.import_retry, name="import_retry"),
    path("klien/impor/<int:pk>/tetap/", desk.import_keep, name="import_keep"),
    path("klien/impor/<int:pk>/sisa/", desk.import_rest, name="import_rest"),
    path("klien/impor/<int:pk>/batalkan/", desk.import_undo, name="import_undo"),
    path("anggaran/mata/<int:pk>/alokasi/unggah/", allocation_views.allocation_upload, name="allocation_upload"),
    path("hibah/salur/cocokkan/", reconcile_views.payment_reconcile, name="payment_reconcile"),
    path("unduh/<slug:name>.<slug:form>", export_views.sheet_file, name="sheet_file"),
    path("unduh/<slug:name>.<slug:form>/siapkan/", export_views.sheet_order, name="sheet_order"),
    path("unduh/<slug:name>/lengkap/", export_views.sheet_full, name="sheet_full"),
    path("unduh/<slug:name>/cetak/", export_views.sheet_print, name="sheet_print"),
    path("unduhan/", export_views.export_list, name="export_list"),
    path("unduhan/<int:pk>/", export_views.export_detail, name="export_detail"),
    path("unduhan/<int:pk>/berkas/", export_views.export_file, name="export_file"),
]
