"""One database is migrated and filled for all test processes of many runs; each process works in a copy, made in a second.

It is made anew when anything it is made of has changed: migrations, reference data, the code both are written with.
"""

import hashlib
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, ProgrammingError, connection

from ppks.kit.owner import LOGIN
from tests import reference

TEMPLATE = "{}_template"
SOURCES = (
    "*/migrations/*.py", "**/migrations/*.py", "ppks/kit/**/*.py", "ppks/regions/**/*", "**/reference*.py", "**/apps.py",
    "ppks/accounts/**/*.py", "ppks/settings.py", "requirements.txt", "tests/reference.py", "tests/databases.py",
)  # fmt: skip
ROOMS = ("ppks", "clients", "grants", "monitoring", "tests")
LOCK = 0x1A92
SETTINGS = (
    "synchronous_commit = off",
    "plan_cache_mode = force_generic_plan",  # triggers, planned anew for each of so few rows, take longer than they run
)


@contextmanager
def of_ones_own() -> Iterator[None]:
    """A fresh copy while the block runs, under the name that pytest-django has given this process."""
    login = connection.settings_dict
    before, name = login["NAME"], connection.creation._get_test_db_name()
    template = TEMPLATE.format(_without_suffix(name, before))
    with _alone() as cursor:
        _build_unless_fresh(cursor, template)
        _drop(cursor, name)
        cursor.execute(f'create database "{name}" template "{template}"')
        cursor.execute(
            f'revoke temporary on database "{name}" from public'
        )  # a copy takes no privilege of a database along
        for setting in SETTINGS:
            cursor.execute(f'alter database "{name}" set {setting}')
    _use(name)
    reference.keep()
    try:
        yield
    finally:
        _use(before)
        with connection._nodb_cursor() as cursor:
            _drop(cursor, name)


def made_ahead() -> None:
    """For a process of its own, while the workers still read the tests: the template is there when they ask."""
    login = connection.settings_dict
    login.update({key: settings.DATABASE_OWNER[key] for key in LOGIN})
    with _alone() as cursor:
        _build_unless_fresh(cursor, TEMPLATE.format(connection.creation._get_test_db_name()))


def _without_suffix(name: str, before: str) -> str:
    """Processes beside each other have names of their own, and share the template."""
    return f"test_{before}" if name.startswith(f"test_{before}") else name


@contextmanager
def _alone() -> Iterator:
    """A cursor outside every test database; one process at a time builds and copies."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        yield cursor


def _build_unless_fresh(cursor, template: str) -> None:
    wanted = digest()
    cursor.execute("select shobj_description(oid, 'pg_database') from pg_database where datname = %s", [template])
    if cursor.fetchone() == (wanted,):
        return
    _drop(cursor, template)
    cursor.execute(f'create database "{template}"')
    before = connection.settings_dict["NAME"]
    _use(template)
    try:
        call_command("migrate", verbosity=0)
        reference.load()
    finally:
        _use(before)
    cursor.execute(f'comment on database "{template}" is %s', [wanted])  # last: one that was broken off has none


def _drop(cursor, name: str) -> None:
    """By force, which may not end a vacuum of the server's own; a plain drop sends that away, but ends no connection."""
    for how in ("with (force)", "", "with (force)"):
        try:
            return cursor.execute(f'drop database if exists "{name}" {how}')
        except (ProgrammingError, OperationalError):
            time.sleep(1)
    return cursor.execute(f'drop database if exists "{name}"')


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def digest() -> str:
    """Of every file that says what a fresh database holds."""
    told = hashlib.sha256(settings.DATABASE_ROLE_PREFIX.encode())
    for path in sorted(set(_sources(Path(settings.BASE_DIR)))):
        told.update(str(path).encode())
        told.update(path.read_bytes())
    return told.hexdigest()


def _sources(root: Path) -> Iterable[Path]:
    for pattern in SOURCES:
        yield from filter(partial(_is_ours, root), root.glob(pattern))


def _is_ours(root: Path, path: Path) -> bool:
    first, *_ = path.relative_to(root).parts
    return path.is_file() and path.suffix != ".pyc" and (first in ROOMS or path.parent == root)
