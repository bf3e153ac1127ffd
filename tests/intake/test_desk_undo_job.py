"""Undoing an import is a job: it may find later work, be asked for twice, be untaken; the page says so and one may go on."""

import pytest
from django.utils import timezone

from clients.models import Person
from ppks.intake.desk.progress import PATIENCE
from ppks.intake.models import Import
from ppks.intake.stages import Stage
from tests.intake.desk import changed_since, dump, page, run_jobs
from tests.intake.test_desk import listed, person
from tests.intake.test_desk_undo import REASON, imported, later_step, undo
from tests.office import OfficeBrowser

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def desk(province):
    return OfficeBrowser(province)


def untaken(browser: OfficeBrowser, listing: Import) -> Import:
    """The import that is to be taken back, which no worker has done for a while."""
    browser.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": REASON})
    Import.objects.filter(pk=listing.pk).update(asked_at=timezone.now() - 2 * PATIENCE)
    return Import.objects.get(pk=listing.pk)


def test_work_that_came_between_the_button_and_the_job_stands_on_it(desk):
    listing = imported(desk, listed(person()))
    answer = desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": REASON})
    later_step(Person.objects.get())
    before = dump()
    assert (answer.status_code, "sedang dibatalkan" in page(desk, listing)) == (302, True)

    run_jobs()

    listing.refresh_from_db()
    assert (listing.stage, listing.undo_reason) == (Stage.DONE, "")
    assert "Impor tidak dibatalkan: sementara itu ada pekerjaan lain" in page(desk, listing)
    assert changed_since(before) == {}


def test_it_is_asked_for_once(desk):
    listing = imported(desk, listed(person()))
    desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": REASON})
    attempt = Import.objects.get(pk=listing.pk).attempt

    answer = desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": "Yang kedua menekan tombolnya."}, follow=True)

    listing.refresh_from_db()
    assert "Impor ini sudah berubah sementara itu" in answer.content.decode()
    assert (listing.stage, listing.attempt, listing.undo_reason) == (Stage.UNDOING, attempt, REASON)


def test_what_no_worker_takes_back_can_be_kept(desk):
    before = dump()
    listing = untaken(desk, imported(desk, listed(person())))
    kept = dump()
    assert "semuanya masih tersimpan" in page(desk, listing)

    desk.post(f"/klien/impor/{listing.pk}/tetap/")
    run_jobs()

    listing.refresh_from_db()
    assert (listing.stage, listing.undo_reason, changed_since(kept)) == (Stage.DONE, "", {})
    undo(desk, listing)
    assert changed_since(before) == {}


def test_what_no_worker_takes_back_can_be_tried_again(desk):
    before = dump()
    listing = untaken(desk, imported(desk, listed(person())))

    desk.post(f"/klien/impor/{listing.pk}/ulangi/")
    run_jobs()

    listing.refresh_from_db()
    assert (listing.stage, listing.undo_reason, changed_since(before)) == (Stage.UNDONE, REASON, {})


def test_while_a_worker_may_still_come_it_goes_on(desk):
    listing = imported(desk, listed(person()))
    desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": REASON})

    desk.post(f"/klien/impor/{listing.pk}/tetap/")
    assert desk.post(f"/klien/impor/{listing.pk}/tinggalkan/").status_code == 302

    listing.refresh_from_db()
    assert listing.stage == Stage.UNDOING
