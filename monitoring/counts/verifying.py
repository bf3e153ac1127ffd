"""Whether the kept counts by day are what counting all facts anew gives."""

from collections import Counter

from django.db import connection, transaction

SUMS = """
    select region_id, kind, code, day, sum(number)::bigint from counts_daycount
    where region_id is not null and grain in ('change', 'day') group by 1, 2, 3, 4 having sum(number) <> 0
"""


def drift() -> dict[str, int]:
    """By kind, how many counts of a day and kab/kota differ; empty when all is well. Call it as owner, in a transaction."""
    kept = _sums()
    point = transaction.savepoint()
    with connection.cursor() as cursor:
        cursor.execute("select counts_rebuild()")
    anew = _sums()
    transaction.savepoint_rollback(point)
    return dict(Counter(kind for _, kind, *_ in {count[:4] for count in kept ^ anew}))


def _sums() -> set[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        return set(cursor.fetchall())
