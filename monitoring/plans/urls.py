"""Addresses of plans and their steps."""

from django.urls import path

from monitoring.plans import action_views, views

urlpatterns = [
    path("rencana/", views.plan_list, name="plan_list"),
    path("rencana/perlu/", views.help_list, name="help_list"),
    path("rencana/yang-membantu/", views.plan_helped, name="plan_helped"),
    path("rencana/yang-membantu.<slug:form>", views.plan_helped_file, name="plan_helped_file"),
    path("usaha/<int:pk>/rencana/", views.plan_make, name="plan_make"),
    path("rencana/<int:pk>/", views.plan_detail, name="plan_detail"),
    path("rencana/<int:pk>/tujuan/", views.plan_change, name="plan_change"),
    path("rencana/<int:pk>/langkah/", action_views.action_add, name="action_add"),
    path("rencana/<int:pk>/<slug:move>/", views.plan_move, name="plan_move"),
    path("langkah/<int:pk>/", action_views.action_change, name="action_change"),
    path("langkah/<int:pk>/<slug:move>/", action_views.action_move, name="action_move"),
]
