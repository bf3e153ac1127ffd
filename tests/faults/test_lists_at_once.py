"""Lists at the same moment: one taken back twice, or kept meanwhile, and two that bring the same people in."""

import pytest
from django.db import transaction
from django.utils import timezone

from clients.models import Person
from monitoring.counts.verifying import drift
from monitoring.models import Business, Visit
from ppks.intake.desk.jobs import STANDS_ON_IT
from ppks.intake.desk.progress import PATIENCE
from ppks.intake.models import Import
from ppks.intake.stages import Stage
from tests.faults.test_twice_at_once import at_once
from tests.faults.workers import wait_until
from tests.intake.desk import changed_since, dump, send
from tests.intake.lists import nik
from tests.intake.test_desk import listed, person
from tests.monitoring.typing import key, typed
from tests.office import OfficeBrowser
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PEOPLE = 60
AT_ONCE = 6


def people(note: str = "") -> bytes:
    return listed(*(person(name=f"Orang Ke{n}", nik=nik(n), kk="", note=note) for n in range(1, PEOPLE + 1)))


def stages() -> list[str]:
    return sorted(Import.objects.values_list("stage", flat=True))


def counted_right() -> bool:
    with transaction.atomic():
        return drift() == {}


def test_a_list_taken_back_twice_at_once_is_taken_back_once(province, worker):
    before, browser = dump(), OfficeBrowser(province)
    worker()
    send(browser, people())
    wait_until(lambda: stages() == [Stage.PREVIEW])
    listing = Import.objects.get()
    browser.post(f"/klien/impor/{listing.pk}/simpan/all/")
    wait_until(lambda: stages() == [Stage.DONE])

    undo = (f"/klien/impor/{listing.pk}/batalkan/", {"reason": "Daftar milik kantor lain."})
    answers = at_once(*((OfficeBrowser(province), *undo) for _ in range(2)))

    assert {answer.status_code for answer in answers} == {302}
    wait_until(lambda: stages() == [Stage.UNDONE])
    assert changed_since(before) == {}
    assert counted_right()


def test_two_workers_bring_the_same_people_in_once(province, officer, worker):
    worker(), worker()
    for user, note in ((province, "satu"), (officer, "dua")):
        send(OfficeBrowser(user), people(note))
    wait_until(lambda: stages() == [Stage.PREVIEW, Stage.PREVIEW])
    first, second = Import.objects.order_by("pk")

    sendings = [
        (user, f"/klien/impor/{one.pk}/simpan/all/", {}) for user, one in ((province, first), (officer, second))
    ]
    at_once(*((OfficeBrowser(user), *rest) for user, *rest in sendings))
    wait_until(lambda: Stage.WRITING not in stages() and Stage.DONE in stages())

    assert Person.objects.count() == PEOPLE
    assert stages() in ([Stage.DONE, Stage.DONE], sorted([Stage.DONE, Stage.PREVIEW]))
    assert counted_right()


def test_keeping_a_list_while_a_worker_takes_it_back_does_one_of_both(province, worker):
    before, browser = dump(), OfficeBrowser(province)
    first = worker()
    send(browser, people())
    wait_until(lambda: stages() == [Stage.PREVIEW])
    listing = Import.objects.get()
    browser.post(f"/klien/impor/{listing.pk}/simpan/all/")
    wait_until(lambda: stages() == [Stage.DONE])
    first.kill()
    first.wait()
    whole = dump()
    browser.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": "Daftar milik kantor lain."})
    Import.objects.update(asked_at=timezone.now() - 2 * PATIENCE)

    worker()
    keep = (f"/klien/impor/{listing.pk}/tetap/", {})
    wait_until(lambda: at_once(*((OfficeBrowser(province), *keep) for _ in range(3))) and stages() != [Stage.UNDOING])

    assert changed_since(whole if stages() == [Stage.DONE] else before) == {}
    assert counted_right()


def test_a_list_taken_back_while_another_changes_the_same_people_does_one_after_the_other(province, worker):
    before, browser = dump(), OfficeBrowser(province)
    worker(), worker()
    send(browser, people("satu"))
    wait_until(lambda: stages() == [Stage.PREVIEW])
    first = Import.objects.get()
    browser.post(f"/klien/impor/{first.pk}/simpan/all/")
    wait_until(lambda: stages() == [Stage.DONE])
    send(browser, people("dua"))
    wait_until(lambda: stages() == sorted([Stage.DONE, Stage.PREVIEW]))
    second = Import.objects.latest("pk")

    undo = (f"/klien/impor/{first.pk}/batalkan/", {"reason": "Daftar milik kantor lain."})
    write = (f"/klien/impor/{second.pk}/simpan/all/", {})
    undone, written = at_once(*((OfficeBrowser(province), *sending) for sending in (undo, write)))
    wait_until(lambda: not {Stage.UNDOING, Stage.WRITING} & set(stages()))

    first.refresh_from_db(), second.refresh_from_db()
    assert (undone.status_code, written.status_code) == (302, 302)
    if first.stage == Stage.UNDONE:
        assert (second.stage, second.is_stale) == (Stage.PREVIEW, True)
        assert (second.new, second.changed) == (PEOPLE, 0)
        assert changed_since(before) == {}
    else:
        assert (first.stage, second.stage) == (Stage.DONE, Stage.DONE)
        assert first.failure == STANDS_ON_IT
        assert set(Person.objects.values_list("note", flat=True)) == {"dua"}
        assert Person.objects.count() == PEOPLE
    assert counted_right()


def test_visits_saved_while_a_list_changes_their_people(province, officer, worker):
    """Both get done, and what is kept of them is right."""
    worker()
    send(OfficeBrowser(province), people("satu"))
    wait_until(lambda: stages() == [Stage.PREVIEW])
    OfficeBrowser(province).post(f"/klien/impor/{Import.objects.get().pk}/simpan/all/")
    wait_until(lambda: stages() == [Stage.DONE])
    send(OfficeBrowser(province), people("dua"))
    wait_until(lambda: stages() == sorted([Stage.DONE, Stage.PREVIEW]))
    second = Import.objects.latest("pk")
    own = list(Business.objects.filter(region_id=BOJONEGORO).order_by("pk").values_list("pk", flat=True)[:AT_ONCE])

    write = (OfficeBrowser(province), f"/klien/impor/{second.pk}/simpan/all/", {})
    visits = [
        (OfficeBrowser(officer), f"/usaha/{business}/kunjungan/", typed(key=key(number)))
        for number, business in enumerate(own)
    ]
    answers = at_once(write, *visits)
    wait_until(lambda: Stage.WRITING not in stages())

    assert {answer.status_code for answer in answers} == {302}
    assert Visit.objects.count() == len(own) == AT_ONCE
    second.refresh_from_db()
    assert second.stage == Stage.DONE, second.failure
    assert set(Person.objects.values_list("note", flat=True)) == {"dua"}
    assert counted_right()
