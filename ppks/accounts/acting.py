"""Conditions of policies that ask who is behind the door, where several roles enter PostgreSQL as one."""

from django.db import models


class ActsAs(models.Func):
    """Whether the user behind the door has one of these roles."""

    output_field = models.BooleanField()

    def __init__(self, *roles: str):
        super().__init__(*(models.Value(role) for role in roles))

    template = (
        "exists (select from accounts_user actor where actor.role in (%(expressions)s)"
        " and actor.id = (select nullif(current_setting('ppks.user', true), ''))::bigint)"
    )
