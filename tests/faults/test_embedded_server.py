"""The embedded server: shared by commands at the same time, stopped by the last, and up again after a kill."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from ppks import postgres
from ppks.postgres import Server

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("embedded")]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
PLACE = settings.BASE_DIR / ".postgres" / f"faults-{WORKER}"
OWN = {"PPKS_POSTGRES": str(PLACE), "PPKS_MODE": "development", "DATABASE_URL": ""}
LOOK = "from django.db import connection; connection.cursor().execute('select pg_sleep({})')"


@pytest.fixture
def server():
    shutil.rmtree(PLACE, ignore_errors=True)
    yield Server(PLACE)
    shutil.rmtree(PLACE, ignore_errors=True)


def command(seconds: float) -> subprocess.Popen:
    """A command that keeps the database busy for so long."""
    arguments = [sys.executable, "manage.py", "shell", "-v0", "-c", LOOK.format(seconds)]
    return subprocess.Popen(arguments, cwd=settings.BASE_DIR, env=os.environ | OWN, start_new_session=True)


def answers(server: Server) -> bool:
    try:
        psycopg2.connect(host=str(server.socket), user="postgres", dbname="postgres", connect_timeout=2).close()
    except psycopg2.OperationalError:
        return False
    return True


def wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + 60
    while not answers(server):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def wait_until_somebody_waits(cursor) -> None:
    """For a lock that this connection holds."""
    deadline = time.monotonic() + 30
    waiting = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
    while cursor.execute(waiting) or not cursor.fetchone()[0]:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_two_commands_share_it_and_the_last_one_stops_it(server):
    first, second = command(0), command(2)
    assert first.wait(60) == 0
    assert answers(server)
    assert second.wait(60) == 0
    assert not answers(server)


def test_a_killed_command_does_not_keep_it_from_the_next(server):
    victim = command(60)
    wait_until_it_answers(server)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    assert answers(server)
    assert command(0).wait(60) == 0
    assert not answers(server)


def test_the_next_command_waits_for_what_the_server_still_does_for_a_killed_one(server):
    victim = command(60)
    wait_until_it_answers(server)
    os.killpg(victim.pid, signal.SIGKILL)
    victim.wait()
    left_over = psycopg2.connect(host=str(server.socket), user="postgres", dbname="postgres")
    left_over.autocommit = True
    with left_over.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [postgres.PREPARING])
        cursor.execute(f'drop database if exists "{postgres.DATABASE}" with (force)')
        following = command(0)
        wait_until_somebody_waits(cursor)
        cursor.execute(f'create database "{postgres.DATABASE}"')
    left_over.close()
    assert following.wait(60) == 0
    assert not answers(server)


def test_a_killed_server_comes_back_with_the_next_command(server):
    victim = command(60)
    wait_until_it_answers(server)
    os.kill(postmaster(server), signal.SIGKILL)
    assert victim.wait(60) != 0
    assert command(0).wait(60) == 0
    assert not answers(server)


def test_what_lies_outside_goes_with_its_own_project_only(tmp_path, monkeypatch):
    monkeypatch.setattr(postgres, "ELSEWHERE", tmp_path)
    for name, base in (("ppks-1", "/a/b/.postgres"), ("ppks-2", "/a/b/.postgres/15"), ("ppks-3", "/a/bc/.postgres")):
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / postgres.BELONGS_TO).write_text(base)
    (tmp_path / "ppks-4").mkdir()

    postgres.clean(Path("/a/b"))

    assert sorted(path.name for path in tmp_path.iterdir()) == ["ppks-3", "ppks-4"]
