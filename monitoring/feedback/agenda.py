"""Complaints on the agenda of a meeting: those that wait and may be discussed before everybody."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from monitoring.feedback.lists import MAY_BE_DISCUSSED, VIEW, days_waiting
from monitoring.feedback.models import Feedback
from monitoring.meetings.agenda import Point, Topic
from ppks.kit.contributions import contribute


def _waiting(user: Any, day: date) -> QuerySet:
    return Feedback.objects.visible_to(user).filter(MAY_BE_DISCUSSED)


def _points(reports: list[Feedback], user: Any, day: date) -> list[Point]:
    return [
        Point(
            key=report.pk,
            title=f"{report.get_kind_display()}: {report.get_about_display()}",
            text=f"Tiket {report.shown_ticket}, menunggu {days_waiting(report, day)} hari.",
            link=reverse("feedback_detail", args=[report.pk]),
            region=report.region_id,
        )
        for report in reports
    ]


def _list_url(code: str) -> str:
    codes = {"rapat": "boleh"} | ({"kab": code} if code else {})
    return f"{reverse('feedback_list')}?{urlencode(codes)}"


contribute(
    "agenda",
    Topic(
        kind="pengaduan",
        label="Pengaduan yang menunggu",
        order=50,
        permission=VIEW,
        rows=_waiting,
        region="region",
        keys=("received_at", "pk"),
        points=_points,
        list_url=_list_url,
    ),
)
