"""Writes looks down for the doors: in the bare role, which may add rows and read none."""

from django.db import connection

from ppks.kit.contributions import contributor

INSERT = """
insert into audit_look (user_id, page, subject, reason, seen_at)
select %s, %s, subject, reason, now() from unnest(%s::bigint[], %s::text[]) look (subject, reason)
"""


@contributor("seen")
def write_down(user_id: int, page: str, looks: list[tuple[int, str]]) -> None:
    """One row a look. An error here must reach the reader: an answer that was not written down may not leave."""
    subjects, reasons = zip(*looks, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [user_id, page, list(subjects), list(reasons)])
