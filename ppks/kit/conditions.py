"""Conditions on a model, asked of the rows that point at it."""

from django.db.models import Q


def through(path: str, condition: Q) -> Q:
    """The same condition on the row that `path` leads to."""
    moved = [
        through(path, part) if isinstance(part, Q) else (f"{path}__{part[0]}", part[1]) for part in condition.children
    ]
    return Q(*moved, _connector=condition.connector, _negated=condition.negated)
