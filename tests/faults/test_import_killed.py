"""A worker killed while it imports or undoes: nothing is half done, the page says so, and it can be tried again."""

import os
import signal
from datetime import date, timedelta

import pytest

from clients.models import Person
from ppks.intake.models import Import, Progress
from ppks.intake.stages import Stage
from tests.faults.workers import wait_until
from tests.intake.desk import changed_since, dump, page, send
from tests.intake.lists import nik
from tests.intake.test_desk import listed, person
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROWS = 5_000


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
    assert (stage(), Person.objects.count(), changed_since(before)) == (Stage.WRITING, 0, {})

    worker()
    browser.post(f"/klien/impor/{listing.pk}/ulangi/")
    wait_until(lambda: stage() == Stage.DONE)

    assert Person.objects.count() == ROWS


def test_a_worker_killed_while_a_list_is_taken_back_leaves_it_whole(province, worker):
    browser, before = OfficeBrowser(province), dump()
    first = worker()
    send(browser, many_people())
    wait_until(lambda: stage() == Stage.PREVIEW)
    listing = Import.objects.get()
    browser.post(f"/klien/impor/{listing.pk}/simpan/all/")
    wait_until(lambda: stage() == Stage.DONE)
    whole = dump()

    browser.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": "Ternyata daftar tahun lalu."})
    wait_until(lambda: Progress.objects.filter(phase="Membatalkan").exists())
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    wait_until(lambda: "Pembatalan terhenti sebelum selesai; semuanya masih tersimpan" in page(browser, listing))
    assert (stage(), changed_since(whole)) == (Stage.UNDOING, {})

    worker()
    browser.post(f"/klien/impor/{listing.pk}/ulangi/")
    wait_until(lambda: stage() == Stage.UNDONE)

    assert changed_since(before) == {}


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
