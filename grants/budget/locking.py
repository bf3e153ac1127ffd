"""Takes the locks of a money move in the one order that never deadlocks: allocations by id, then applications by id."""

from collections.abc import Iterable

from django.db import connection


def lock_money(applications: Iterable[int]) -> None:
    """Lock these applications and their allocations until the transaction ends. Every money move begins with this."""
    with connection.cursor() as cursor:
        cursor.execute("select grants_lock_money(%s)", [sorted(set(applications))])
