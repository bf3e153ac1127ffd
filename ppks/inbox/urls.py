"""Addresses of the inbox."""

from django.urls import path

from ppks.inbox import views

urlpatterns = [
    path("kotak-masuk/", views.notice_list, name="notice_list"),
    path("kotak-masuk/dibaca/", views.notice_read_all, name="notice_read_all"),
    path("kotak-masuk/<int:pk>/buka/", views.notice_open, name="notice_open"),
]
