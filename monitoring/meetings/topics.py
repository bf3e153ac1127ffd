"""What every meeting speaks about: businesses that need help, and what earlier meetings decided and nobody has done."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from monitoring.meetings.agenda import Point, Topic
from monitoring.meetings.models import Decision, Meeting
from monitoring.meetings.moves import DecisionStatus
from monitoring.models import Business
from ppks.kit import dates, rupiah
from ppks.kit.contributions import contribute


def _stuck(user: Any, day: date) -> QuerySet:
    return Business.objects.visible_to(user).as_of(day).needing_help().select_related("trade")


def _stuck_points(businesses: list[Business], user: Any, day: date) -> list[Point]:
    return [
        Point(
            key=business.pk,
            title=f"{business}: {business.state_label.lower()}",
            text=_last_found(business),
            link=reverse("business_detail", args=[business.pk]),
            region=business.region_id,
            person=business.person_id,
        )
        for business in businesses
    ]


def _last_found(business: Business) -> str:
    if business.seen_on is None:
        return "Belum pernah dikunjungi."
    turnover = "" if business.seen_turnover is None else f", omzet {rupiah.format(business.seen_turnover)} sebulan"
    trend = f"; {business.trend_label.lower()}" if business.state_trend else ""
    return f"Kunjungan terakhir {dates.long(business.seen_on)}{turnover}{trend}."


def _open_decisions(user: Any, day: date) -> QuerySet:
    return (
        Decision.objects.visible_to(user)
        .filter(status=DecisionStatus.OPEN)
        .select_related("meeting")
        .prefetch_related("owner")
    )


def _carried_over(rows: QuerySet, meeting: Meeting, regions: list[int]) -> QuerySet:
    """Of other meetings: those of these kab/kota, and those for all that were made in a meeting with one of them."""
    others = rows.exclude(meeting=meeting)
    if meeting.is_for_all:
        return others
    with_them = Meeting.objects.filter(invited__region__in=regions)
    return others.filter(Q(region__in=regions) | Q(region=None, meeting__in=with_them))


def _decision_points(decisions: list[Decision], user: Any, day: date) -> list[Point]:
    return [
        Point(
            key=decision.pk,
            title=decision.what,
            text=f"{_due(decision, day)}. Penanggung jawab: {decision.owner_said}. Diputuskan {_where(decision)}.",
            link=reverse("decision_detail", args=[decision.pk]),
            region=decision.region_id,
        )
        for decision in decisions
    ]


def _due(decision: Decision, day: date) -> str:
    late = (day - decision.due_on).days
    return f"Paling lambat {dates.long(decision.due_on)}" + (f", terlambat {late} hari" if late > 0 else "")


def _where(decision: Decision) -> str:
    return f"{dates.long(decision.meeting.held_on)} dalam {decision.meeting}"


def _of_region(path: str, **codes: str):
    def url(code: str) -> str:
        found = codes | ({"kab": code} if code else {})
        return f"{reverse(path)}?{'&'.join(f'{name}={value}' for name, value in found.items())}"

    return url


contribute(
    "agenda",
    Topic(
        kind="keputusan",
        label="Keputusan yang belum selesai",
        order=10,
        permission="meetings.view_meeting",
        rows=_open_decisions,
        region="region",
        keys=("due_on", "pk"),
        points=_decision_points,
        list_url=_of_region("decision_list", keadaan="terbuka"),
        within=_carried_over,
    ),
    Topic(
        kind="usaha",
        label="Usaha yang perlu bantuan",
        order=20,
        permission="monitoring.view_business",
        rows=_stuck,
        region="region",
        keys=("seen_on", "pk"),
        points=_stuck_points,
        list_url=_of_region("business_list", bantuan="perlu"),
    ),
)
