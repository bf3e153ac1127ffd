"""Referrals on the agenda of a meeting: those that no office has answered for too long."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from monitoring.meetings.agenda import Point, Topic
from monitoring.referrals.lists import LATE
from monitoring.referrals.models import Referral
from ppks.kit import dates
from ppks.kit.contributions import contribute


def _late(user: Any, day: date) -> QuerySet:
    return Referral.objects.visible_to(user).as_of(day).late(day).select_related("office").defer("asked")


def _points(referrals: list[Referral], user: Any, day: date) -> list[Point]:
    return [
        Point(
            key=referral.pk,
            title=f"Rujukan ke {referral.office}: {referral.get_kind_display().lower()}",
            text=f"Dikirim {dates.long(referral.sent_on)}, belum dijawab {(day - referral.sent_on).days} hari.",
            link=reverse("referral_detail", args=[referral.pk]),
            region=referral.region_id,
            person=referral.person_id,
        )
        for referral in referrals
    ]


def _list_url(code: str) -> str:
    return f"{reverse('referral_list')}?{urlencode({'keadaan': LATE} | ({'kab': code} if code else {}))}"


contribute(
    "agenda",
    Topic(
        kind="rujukan",
        label="Rujukan yang belum dijawab",
        order=30,
        permission="referrals.view_referral",
        rows=_late,
        region="region",
        keys=("sent_on", "pk"),
        points=_points,
        list_url=_list_url,
    ),
)
