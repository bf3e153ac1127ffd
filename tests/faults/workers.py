"""Real workers on the test's database, to be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection

from tests.office import SERVER_LOGIN

PATIENCE = 120


def address(login: dict[str, str]) -> str:
    """How another process logs in to the test's own database."""
    name, host, port = connection.settings_dict["NAME"], login["HOST"], login["PORT"]
    who = f"{login['USER']}:{login['PASSWORD']}" if login["PASSWORD"] else login["USER"]
    return (
        f"postgres://{who}@/{host}/{name}" if host.startswith("/") else f"postgres://{who}@{host}:{port or 5432}/{name}"
    )


@pytest.fixture
def worker():
    """`worker()` starts a real one on the test's database, logged in as the server is."""
    started = []
    own = {
        "DATABASE_URL": address(SERVER_LOGIN),
        "DATABASE_OWNER_URL": address(settings.DATABASE_OWNER),
        "DJANGO_SETTINGS_MODULE": "ppks.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PPKS_MODE": "development",
        "PYTHONWARNINGS": "",
    }

    def start() -> subprocess.Popen:
        command = [sys.executable, "manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay"]
        started.append(subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | own, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)
