"""Addresses of the front page, the dashboard and the tables behind them."""

from django.urls import path

from ppks.dashboard import outcome_views, region_views, views

urlpatterns = [
    path("", views.front, name="front"),
    path("dasbor/", region_views.dashboard, name="dashboard"),
    path("dasbor/hasil/", outcome_views.outcome_overview, name="outcome_overview"),
    path("dasbor/biaya/", outcome_views.cost_list, name="cost_list"),
    path("dasbor/<str:code>/", region_views.region_detail, name="region_detail"),
    path("kab-kota/", region_views.region_list, name="region_list"),
    path("kab-kota.<slug:form>", region_views.region_list_file, name="region_list_file"),
    path("gambar/<slug:name>.<slug:form>", region_views.picture_file, name="picture_file"),
]
