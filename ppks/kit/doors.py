"""The doors into a view: each checks a permission, opens a transaction and enters PostgreSQL in the user's own role.

Whoever comes through a public door is nobody: the role `public` may call the few functions behind such pages, and no more.

A user, as the doors know one, has `pk`, `is_active`, `role`, `database_role` (the name on the server), `reach` (ids of
regions or institutions), `has_perm`, and `detour(request)`: the URL name of a page that must come first, or None.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection, transaction
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from ppks.kit.contributions import contributed
from ppks.kit.kept import keep
from ppks.kit.patience import WINDOW, asks_too_often
from ppks.kit.roles import PUBLIC, database_role

SETTINGS = ("role", "ppks.reach", "ppks.user", "pghistory.context_metadata")
BEFORE = ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
SET = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
READ_ONLY = ", set_config('transaction_read_only', 'on', true)"
ENTER = {True: f"select {BEFORE}, {SET}", False: f"select {BEFORE}, {SET}{READ_ONLY}"}
SPEAK_UP = "set constraints all immediate; set constraints all deferred"


def _set(values: tuple | list, *, write: bool) -> list[str]:
    """Change the settings until the end of the transaction and return the earlier ones: one round trip."""
    with connection.cursor() as cursor:
        cursor.execute(ENTER[write], values)
        return [value or "" for value in cursor.fetchone()[: len(SETTINGS)]]


@contextmanager
def entered(user, *, write: bool, **context) -> Iterator[None]:
    """Be `user` in PostgreSQL: his role, his reach, his name in the history. Without `write` nothing can be changed.

    Raises PermissionDenied for a user who is switched off or has no database role.
    """
    if not (user.is_active and user.database_role):
        raise PermissionDenied
    reach = f"{{{','.join(map(str, user.reach))}}}"
    values = (user.database_role, reach, str(user.pk or ""), json.dumps({"user": user.pk, **context}))
    nested = connection.in_atomic_block
    with transaction.atomic():
        before = _set(values, write=write)
        yield
        if write:  # deferred foreign keys speak now, and a transaction broken by a swallowed error cannot end well
            with connection.cursor() as cursor:
                cursor.execute(SPEAK_UP)
        else:
            transaction.set_rollback(True)
    if nested and write:  # a savepoint keeps what was set in it (a rollback, as after a read, does not)
        _set(before, write=True)


def settled(response: HttpResponseBase) -> HttpResponseBase:
    """Render now, while the rows can be reached; a stream would be read after the door has closed."""
    if hasattr(response, "render"):
        response.render()
    if response.streaming and not isinstance(response, FileResponse):
        raise TypeError("A view behind a door cannot stream: build the file first, then answer with FileResponse.")
    return response


def seen(request: HttpRequest, *subjects: int, reason: str = "") -> None:
    """Say that this answer shows the personal data of these identities; the door writes it down before it leaves."""
    request.seen = [*getattr(request, "seen", ()), *((subject, reason) for subject in subjects)]


def _write_down_what_was_seen(request: HttpRequest, page: str) -> None:
    looks = list(dict.fromkeys(getattr(request, "seen", ())))
    if looks:
        for write_down in contributed("seen"):
            write_down(request.user.pk, page, looks)


def _refuse_null(request: HttpRequest) -> None:
    """No address of ours carries a null character, and PostgreSQL takes none; forms say so themselves, field by field."""
    if any("\0" in value for values in request.GET.lists() for value in (values[0], *values[1])):
        raise BadRequest


def _inside(view: Callable, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
    """The view's answer to `request.user`, rendered, written down and not to be kept by anybody on its way."""
    _refuse_null(request)
    with entered(request.user, write=request.method == "POST", view=view.__name__):
        response = settled(view(request, *args, **kwargs))
    _write_down_what_was_seen(request, view.__name__)
    add_never_cache_headers(response)
    return response


def _door(*methods: str) -> Callable:
    def needs(permission: str) -> Callable:
        def decorate(view: Callable) -> Callable:
            @require_http_methods(methods)
            @wraps(view)
            def guarded(request, *args, **kwargs):
                user = request.user
                if not user.is_authenticated:
                    keep(request)
                    return redirect_to_login(request.get_full_path())
                if detour := user.detour(request):
                    return redirect(detour)
                if not user.has_perm(permission):
                    raise PermissionDenied
                return _inside(view, request, *args, **kwargs)

            guarded.door = permission
            return guarded

        return decorate

    return needs


page = _door("GET", "HEAD")
form_page = _door("GET", "HEAD", "POST")
action = _door("POST")


class PasserBy(AnonymousUser):
    """Nobody we know: who is behind a public door, whoever may be logged in at that browser. Reaches no row."""

    is_active, reach = True, ()

    @property
    def database_role(self) -> str:
        return database_role(PUBLIC)


def _public_door(*methods: str) -> Callable:
    def decorate(view: Callable) -> Callable:
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request, *args, **kwargs):
            bool(request.user.is_authenticated)  # loads the session while it can be read: inside the door it cannot
            request.user = PasserBy()
            if asks_too_often(request):
                return HttpResponse(render_to_string("429.html"), status=429, headers={"Retry-After": WINDOW})
            return _inside(view, request, *args, **kwargs)

        guarded.door = PUBLIC
        return guarded

    return decorate


public_page = _public_door("GET", "HEAD")
public_form = _public_door("GET", "HEAD", "POST")


def outside(view: Callable) -> Callable:
    """A view that stays in the bare login role: log-in, own password, health check. A test names them all."""
    view.door = None
    return view
