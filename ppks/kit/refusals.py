"""Turns what PostgreSQL refuses into the sentence that a person reads, wherever the rule is declared."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, models, transaction


def sentence(error: DatabaseError) -> str | None:
    """Why the database said no, in Indonesian; None when nobody wrote a sentence for it, so that it stays a fault.

    A trigger's own words come as they are; a named constraint answers with its model's `violation_error_message`.
    """
    said = getattr(error.__cause__, "diag", None)
    if said is None or not said.constraint_name:
        return None
    if not said.table_name:  # `raise … using constraint`: PostgreSQL names the table of its own complaints only
        return said.message_primary
    return _declared(said.constraint_name)


def _declared(name: str) -> str | None:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                words = constraint.violation_error_message
                return None if words == models.BaseConstraint.default_violation_error_message else str(words)
    return None


@contextmanager
def refusals() -> Iterator[None]:
    """What the block may not do becomes a ValidationError, and the transaction around it lives on.

    Deferred constraints speak before the block ends, so that nothing is refused only when the door closes.
    """
    try:
        with transaction.atomic():
            yield
            _speak_up()
    except IntegrityError as error:
        words = sentence(error)
        if words is None:
            raise
        raise ValidationError(words) from error


def _speak_up() -> None:
    with transaction.get_connection().cursor() as cursor:
        cursor.execute("set constraints all immediate; set constraints all deferred")
