"""Who reaches the rows of meetings, and until when they may be written, said once for all its tables."""

import pgtrigger
from django.db.models import Q

from ppks.kit.roles import AUDITOR, CLOCK, PROVINCE, REGION
from ppks.kit.rows import ALL, InReach

EVERYWHERE = {PROVINCE: ALL, AUDITOR: ALL, CLOCK: ALL}
IN_MEETING = EVERYWHERE | {REGION: "meeting__invited__region"}
OWN_OR_COMMON = {REGION: Q(region=None) | Q(InReach("region"))}  # what is said of another kab/kota stays there
READ = dict.fromkeys((PROVINCE, REGION, AUDITOR, CLOCK), "select")
TURN = "pg_advisory_xact_lock"  # of one meeting: what is written waits for a step, and a step for what is being written


def only_while(*statuses: str, operation: pgtrigger.Operation, name: str, said: str) -> pgtrigger.Trigger:
    """Rows of a meeting are written only while it is in one of these statuses; `said` is the sentence otherwise."""
    listed = ", ".join(f"'{status}'" for status in statuses)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
            perform {TURN}_shared(hashtext('meetings_meeting'), coalesce(new.meeting_id, old.meeting_id)::integer);
            if not exists (
                select from meetings_meeting meeting
                where meeting.id = coalesce(new.meeting_id, old.meeting_id) and meeting.status in ({listed})
            ) then
                raise '{said}' using errcode = 'check_violation', constraint = '{name}';
            end if;
            if tg_op = 'DELETE' then return old; end if;
            return new;
        """,
    )


def by_oneself(column: str, *, name: str, said: str) -> pgtrigger.Trigger:
    """Whoever stands in `column` is who is behind the door."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            if current_setting('ppks.user', true) <> '' and new.{column}::text <> current_setting('ppks.user', true) then
                raise '{said}' using errcode = 'check_violation', constraint = '{name}';
            end if;
            return new;
        """,
    )
