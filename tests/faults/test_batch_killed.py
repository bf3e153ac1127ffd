"""A worker killed in the middle of a package: no paper is issued, the page says so, and trying again issues each once."""

import os
import signal

import pytest

from ppks.documents.batches import Entry, order
from ppks.documents.models import Batch, Paper
from tests.documents.written import SAMPLES
from tests.faults.workers import wait_until
from tests.office import OfficeBrowser, door
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
PAPERS = 30


def papers_on_disk(settings) -> int:
    return len(list((settings.MEDIA_ROOT / "surat").glob("*/*.pdf")))


def test_a_killed_worker_issues_nothing_and_trying_again_issues_each_paper_once(officer, worker, settings):
    browser, first, before = OfficeBrowser(officer), worker(), papers_on_disk(settings)
    entries = [Entry(SAMPLES["handover_minutes"], number=f"900/{n}/2026") for n in range(PAPERS)]
    with door(officer, write=True):
        batch = order("handover_minutes", entries, title="BAST", region_id=BOJONEGORO, by=officer)
    place = f"/surat/paket/{batch.pk}/"

    wait_until(lambda: Batch.objects.get().done > 0)
    assert "Sedang dibuat" in browser.get(place).content.decode()
    os.kill(first.pid, signal.SIGKILL)
    first.wait()

    wait_until(lambda: "tidak ada surat yang terbit" in browser.get(place).content.decode())
    assert (Paper.objects.count(), papers_on_disk(settings)) == (0, before)

    worker()
    browser.post(f"{place}ulangi/")
    wait_until(lambda: Batch.objects.get().finished_at is not None)

    assert sorted(Paper.objects.values_list("number", flat=True)) == sorted(entry.number for entry in entries)
    assert browser.get(f"{place}berkas/").status_code == 200
    assert papers_on_disk(settings) == before + PAPERS
