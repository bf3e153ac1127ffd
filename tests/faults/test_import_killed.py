"""A worker killed in the middle of an import: nothing is half done, the page says so, and trying again brings all in."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection

from clients.models import Person
from ppks.intake.models import Import, Progress
from ppks.intake.stages import Stage
from tests.intake.desk import dump, page, send
from tests.intake.lists import nik
from tests.intake.test_desk import listed, person
from tests.office import SERVER_LOGIN, OfficeBrowser

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROWS, PATIENCE = 5_000, 120


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


def many_people() -> bytes:
    days = [date(1970, 1, 1) + timedelta(days=number % 9_000) for number in range(ROWS)]
    return listed(*(_one(number, day) for number, day in enumerate(days)))


def _one(number: int, day: date) -> list:
    return person(
        name=f"Orang Ke{number}", nik=nik(number % 9_999 + 1, day=day), kk="", birth=f"Bojonegoro, {day:%d-%m-%Y}"
    )


def stage() -> str:
    return Import.objects.get().stage


def test_a_killed_worker_leaves_nothing_half_done_and_it_can_be_tried_again(province, worker):
    browser = OfficeBrowser(province)
    before = dump()
    first = worker()
    assert send(browser, many_people()).status_code == 302
    wait_until(lambda: stage() == Stage.PREVIEW)
    listing = Import.objects.get()
    assert (listing.new, listing.errors) == (ROWS, 0)

    browser.post(f"/klien/impor/{listing.pk}/simpan/all/")
    wait_until(lambda: Progress.objects.filter(phase="Menyimpan", done__gt=0).exists())
    assert "Menyimpan" in page(browser, listing)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    wait_until(lambda: "Impor terhenti sebelum selesai; tidak ada yang tersimpan" in page(browser, listing))
    assert (stage(), Person.objects.count(), dump()) == (Stage.WRITING, 0, before)

    worker()
    browser.post(f"/klien/impor/{listing.pk}/ulangi/")
    wait_until(lambda: stage() == Stage.DONE)

    assert Person.objects.count() == ROWS


def test_a_job_that_was_given_up_writes_nothing(province, worker):
    browser = OfficeBrowser(province)
    worker()
    send(browser, many_people())
    wait_until(lambda: stage() == Stage.PREVIEW)
    listing = Import.objects.get()
    browser.post(f"/klien/impor/{listing.pk}/simpan/all/")
    wait_until(lambda: Progress.objects.filter(phase="Menyimpan", done__gt=0).exists())

    browser.post(f"/klien/impor/{listing.pk}/tinggalkan/")
    send(browser, listed(person()))
    wait_until(lambda: Import.objects.latest("pk").stage == Stage.PREVIEW)

    assert (Import.objects.earliest("pk").stage, Person.objects.count()) == (Stage.DROPPED, 0)
