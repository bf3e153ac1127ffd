"""A decree of 376 lines whose web process or whose PostgreSQL is killed: afterwards all of it stands or nothing does."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings

from grants.budget.verifying import CHECKS
from ppks.postgres import DATABASE, Server
from tests.faults.decreeing import LINES

pytestmark = [pytest.mark.faults, pytest.mark.xdist_group("embedded")]

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
PLACE = settings.BASE_DIR / ".postgres" / f"decree-{WORKER}"
OWN = {"PPKS_POSTGRES": str(PLACE), "PPKS_MODE": "development", "DATABASE_URL": "", "PYTHONWARNINGS": ""}
ROUNDS = 20 if os.environ.get("SOAK") else 2
PEOPLE = 376
LINES_TAKE = 0.15  # seconds: the statement with all lines runs a little longer
NOTHING, ALL = (0, 0, 0, 0), (PEOPLE, PEOPLE, PEOPLE * 1_000_000, 1)
STATE = """
select (select count(*) from grants_application where status = 'decreed'), (select count(*) from grants_entry),
  (select coalesce(sum(committed), 0)::bigint from grants_allocationbalance),
  (select count(*) from grants_decree where status = 'enacted')
"""


@pytest.fixture(scope="module")
def filled():
    """A place with a server of its own, whose database holds the decree, once as it is and once for copying."""
    shutil.rmtree(PLACE, ignore_errors=True)
    assert _process("prepare", str(PEOPLE)).wait(300) == 0
    with Server(PLACE).in_use():
        _do(f"create database untouched template {DATABASE}")
    yield Server(PLACE)
    shutil.rmtree(PLACE, ignore_errors=True)


def _process(*arguments: str, **more) -> subprocess.Popen:
    command = [sys.executable, "-m", "tests.faults.decreeing", *arguments]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | OWN, start_new_session=True, **more)


def _do(statement: str) -> None:
    connection = psycopg2.connect(host=str(Server(PLACE).socket), user="postgres", dbname="postgres")
    connection.autocommit = True
    connection.cursor().execute(statement)
    connection.close()


def _ask(*queries: str) -> list[list[tuple]]:
    """What stands in the database once its server is up again."""
    connection = psycopg2.connect(host=str(Server(PLACE).socket), user="postgres", dbname=DATABASE)
    with connection, connection.cursor() as cursor:
        found = []
        for query in queries:
            cursor.execute(query)
            found.append(cursor.fetchall())
    connection.close()
    return found


def _enact_until(said: str, seconds: float, kill) -> list[str]:
    """Begin the decree, wait until it says so and for so long, then kill; returns everything that it said."""
    process = _process("enact", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    heard: list[str] = []
    for line in process.stdout:
        heard.append(line.strip())
        if line.strip() == said:
            break
    time.sleep(seconds)
    kill(process)
    heard += [line.strip() for line in process.stdout]
    process.wait(60)
    process.stdout.close()
    return heard


def _kill_the_web(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)


def _kill_postgres(process: subprocess.Popen) -> None:
    """The server and at once everything that works for it, as when the machine loses power."""
    master = int((Server(PLACE).data / "postmaster.pid").read_text().splitlines()[0])
    for pid in [master, *_children(master)]:
        with suppress(ProcessLookupError):  # one that has just ended by itself
            os.kill(pid, signal.SIGKILL)


def _children(of: int) -> Iterator[int]:
    children = Path(f"/proc/{of}/task/{of}/children").read_text()
    return map(int, children.split())


def _moments(chance: random.Random) -> list[tuple[str, float]]:
    """When to kill: at any moment of the whole act, and between its lines."""
    anywhere = [("begins", chance.uniform(0, 1.2)) for _ in range(ROUNDS)]
    return anywhere + [(f"begins {LINES}", chance.uniform(0, LINES_TAKE)) for _ in range(ROUNDS)]


@pytest.mark.parametrize("kill", [_kill_the_web, _kill_postgres], ids=["web", "postgres"])
def test_a_killed_decree_is_all_or_nothing_and_the_ledger_is_clean(filled, kill):
    amid = 0
    for said, seconds in _moments(random.Random(kill.__name__)):
        with filled.in_use():
            _do(f"drop database {DATABASE}")
            _do(f"create database {DATABASE} template untouched owner ppks_owner")
            heard = _enact_until(said, seconds, kill)  # held here, so that it is there to be killed when all is done
        amid += heard[-1:] == [f"begins {LINES}"]
        with filled.in_use():
            (state,), *differences = _ask(STATE, *CHECKS.values())
        assert state in {NOTHING, ALL}, (said, seconds)
        assert differences == [[] for _ in CHECKS], (said, seconds)
        assert state == ALL or "answered 302" not in heard
    assert amid, "no kill fell between the lines"


def test_the_decree_is_enacted_when_nobody_kills_it(filled):
    with filled.in_use():
        _do(f"drop database {DATABASE}")
        _do(f"create database {DATABASE} template untouched owner ppks_owner")

    heard = _enact_until("answered 302", 0, lambda process: None)

    with filled.in_use():
        assert _ask(STATE) == [[ALL]]
    assert heard == ["begins", f"begins {LINES}", f"ends {LINES}", "answered 302"]
