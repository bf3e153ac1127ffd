"""Reminders of reports: by the days alone, once a reader and stage, the newest stage only."""

from datetime import timedelta

import pytest

from grants.accountability.reminders import remind
from grants.accountability.stages import HEAD, OFFICER, PROVINCE, stage_for
from grants.applications.statuses import Status
from ppks.accounts.models import User
from ppks.inbox.models import Notice
from ppks.kit import dates
from tests import granting
from tests.granting import brought_to, reported
from tests.office import door
from tests.people import member

DUE = dates.today()


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        (-15, (None, None, None)),
        (-14, ("h-14", None, None)),
        (-1, ("h-14", None, None)),
        (0, ("h", None, None)),
        (6, ("h", None, None)),
        (7, ("h+7", "h+7", None)),
        (30, ("h+7", "h+30", "h+30")),
        (400, ("h+7", "h+30", "h+30")),
    ],
)
def test_each_role_has_its_newest_stage(days, codes):
    found = [stage_for(role, due_on=DUE, today=DUE + timedelta(days)) for role in (OFFICER, HEAD, PROVINCE)]

    assert tuple(stage and stage.code for stage in found) == codes


@pytest.fixture
def report(db):
    for username in ("bojonegoro", "tuban", "kadinsos.bojonegoro", "provinsi"):
        member(username)
    return brought_to(Status.DISBURSED).reports.get()


def told(report) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(key__startswith=f"spj:{report.pk}:").exclude(user=granting.system()).order_by("pk")
    return [(row.user.username, row.key.rpartition(":")[2]) for row in rows.select_related("user")]


def _on(report, *days: int) -> None:
    for each in days:
        with door(User.objects.clock(), write=True):
            remind(report.due_on + timedelta(days=each))


@pytest.mark.django_db
def test_day_by_day_and_twice_a_day_everybody_is_told_once_a_stage(report):
    _on(report, *(day for day in range(-20, 40) for _ in range(2)))

    assert told(report) == [
        ("bojonegoro", "h-14"),
        ("bojonegoro", "h"),
        ("bojonegoro", "h+7"),
        ("kadinsos.bojonegoro", "h+7"),
        ("kadinsos.bojonegoro", "h+30"),
        ("provinsi", "h+30"),
    ]


@pytest.mark.django_db
def test_a_missed_day_is_told_later_and_says_how_late(report):
    _on(report, 3)

    assert told(report) == [("bojonegoro", "h")]
    assert "lewat 3 hari" in Notice.objects.get(key=f"spj:{report.pk}:h").text


@pytest.mark.django_db
def test_a_late_start_tells_each_reader_the_newest_stage_alone(report):
    _on(report, 45, 46)

    assert told(report) == [("bojonegoro", "h+7"), ("kadinsos.bojonegoro", "h+30"), ("provinsi", "h+30")]


@pytest.mark.django_db
def test_nobody_is_reminded_of_what_was_sent(report):
    reported(report.application)

    _on(report, 45)

    assert told(report) == []
