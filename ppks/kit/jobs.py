"""A background job enters PostgreSQL as the person who asked for it."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django_tasks import task

from ppks.kit.doors import entered


class JobFailed(Exception):
    """A job that the database refused. Its error would be kept with the task, and may quote a row with names in it."""


def job(permission: str) -> Callable:
    """`@job("clients.export")`: the work gets the user first; one job is one door and so one transaction."""

    def decorate(work: Callable) -> Callable:
        @task()
        @wraps(work)
        def run(user_id, *args, **kwargs):
            user = get_user_model().objects.with_reach().get(pk=user_id)
            if not user.has_perm(permission):
                raise PermissionDenied
            try:
                with entered(user, write=True, job=work.__name__):
                    return work(user, *args, **kwargs)
            except DatabaseError as error:
                said = getattr(error.__cause__, "diag", None)
                name = getattr(said, "constraint_name", None) or type(error).__name__
                raise JobFailed(name).with_traceback(error.__traceback__) from None

        return run

    return decorate
