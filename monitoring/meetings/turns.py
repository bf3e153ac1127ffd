"""Whoever moves or changes a meeting waits for its turn first; taken after a row's lock it would be a deadlock."""

from django.db import connection

from monitoring.meetings.models import Meeting


def take_turn(meeting: Meeting) -> None:
    """Until the transaction ends nobody adds to this meeting, and what is being added has arrived. Needs an open door."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('meetings_meeting'), %s)", [meeting.pk])
