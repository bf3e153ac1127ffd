"""Addresses of payments, holds, and of the question whether the money arrived."""

from django.urls import path

from grants.payments import hold_views, paying_views, receipt_views, views

urlpatterns = [
    path("hibah/salur/", views.disbursement_list, name="disbursement_list"),
    path("hibah/salur/catat/", paying_views.payment_add, name="payment_add"),
    path("hibah/salur/sp2d/", views.payment_order_list, name="payment_order_list"),
    path("hibah/salur/sp2d/<int:pk>/", views.payment_order_detail, name="payment_order_detail"),
    path("hibah/salur/sp2d/<int:pk>/bukti/", views.payment_order_prove, name="payment_order_prove"),
    path("hibah/salur/sp2d/<int:pk>/cetak/<slug:kind>/", views.payment_order_print, name="payment_order_print"),
    path("hibah/salur/rekening/<int:pk>/", paying_views.account_add, name="account_add"),
    path("hibah/salur/barang/<int:pk>/", paying_views.goods_add, name="goods_add"),
    path("hibah/salur/<int:pk>/", views.disbursement_detail, name="disbursement_detail"),
    path("hibah/salur/<int:pk>/gagal/", paying_views.bounce_add, name="bounce_add"),
    path("hibah/salur/<int:pk>/surat/<slug:kind>/", views.disbursement_paper, name="disbursement_paper"),
    path("hibah/tahan/<int:pk>/", hold_views.hold_add, name="hold_add"),
    path("hibah/tahan/lepas/<int:pk>/", hold_views.hold_lift, name="hold_lift"),
    path("hibah/terima/", receipt_views.receipt_overview, name="receipt_overview"),
    path("hibah/terima/sampel/", receipt_views.sample_draw, name="sample_draw"),
    path("hibah/terima/<int:pk>/", receipt_views.receipt_add, name="receipt_add"),
    path("hibah/potongan/", receipt_views.deduction_list, name="deduction_list"),
    path("hibah/potongan/<int:pk>/", receipt_views.deduction_detail, name="deduction_detail"),
    path("hibah/potongan/<int:pk>/langkah/<slug:move>/", receipt_views.deduction_move, name="deduction_move"),
]
