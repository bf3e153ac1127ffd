"""Packages: many papers from one job, all or none, one PDF; and dossiers, a ZIP that says what is in it."""

import csv
import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ppks.audit.models import Look
from ppks.documents import batches, dossier
from ppks.documents.batches import Entry, order, write_batch
from ppks.documents.files import Altered
from ppks.documents.models import Batch, Paper
from ppks.kit.alive import Life
from tests.documents.written import SAMPLES
from tests.factories import AttachmentFactory, PaperFactory
from tests.office import bare, door, refused, sql
from tests.people import BOJONEGORO, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "paket"


def entries(count: int, subjects=()) -> list[Entry]:
    return [Entry(SAMPLES["handover_minutes"], number=f"900/{n}/2026", subjects=subjects) for n in range(1, count + 1)]


def asked(by, count: int = 3, *, subjects=(), region_id: int | None = BOJONEGORO, **more) -> Batch:
    with door(by, write=True):
        return order(
            "handover_minutes", entries(count, subjects), title="BAST SK 188/512", region_id=region_id, by=by, **more
        )


def written(batch: Batch) -> Batch:
    with bare():
        write_batch.call(batch.by_id, batch.pk, batch.attempt)
    return Batch.objects.get(pk=batch.pk)


def page(browser, batch: Batch) -> str:
    return browser.get(f"/surat/paket/{batch.pk}/").content.decode()


def test_a_package_issues_each_paper_and_sets_them_all_in_one_file(browse, officer, ngatini):
    batch = written(asked(officer, subjects=[ngatini.identity_id]))

    papers = list(batch.papers.order_by("pk"))
    assert [paper.number for paper in papers] == ["900/1/2026", "900/2/2026", "900/3/2026"]
    assert len({paper.code for paper in papers}) == len({paper.sha256 for paper in papers}) == 3
    assert (batch.entries, papers[0].by, papers[0].region_id) == (None, officer, BOJONEGORO)
    answer = browse(officer).get(f"/surat/paket/{batch.pk}/berkas/")
    content = b"".join(answer.streaming_content)
    assert hashlib.sha256(content).hexdigest() == batch.sha256
    assert b"/Type/Pages/Count 3" in content
    assert Look.objects.get(page="batch_file").subject == ngatini.identity_id


def test_its_page_tells_how_far_it_is(browse, officer):
    browser, batch = browse(officer), asked(officer, 4)
    assert "Menunggu giliran" in page(browser, batch)

    Batch.objects.update(started_at=timezone.now(), done=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batches.alive, "is_held", lambda sort, key: True)
        html = page(browser, batch)
    assert ("2 dari 4 surat" in html, 'value="50"' in html, "hx-get" in html) == (True, True, True)

    written(batch)
    html = page(browser, batch)
    assert ("Selesai: 4 surat" in html, "hx-get" in html) == (True, False)
    assert "BAST SK 188/512" in browser.get("/surat/paket/").content.decode()


def test_a_job_that_died_is_told_and_can_be_tried_again(browse, officer, province):
    browser, batch = browse(officer), asked(officer)
    Batch.objects.update(started_at=timezone.now(), done=2)

    html = page(browser, batch)
    assert ("tidak ada surat yang terbit" in html, "Coba lagi" in html) == (True, True)
    assert "Coba lagi" not in page(browse(province), batch)
    assert browse(province).post(f"/surat/paket/{batch.pk}/ulangi/").status_code == 404

    browser.post(f"/surat/paket/{batch.pk}/ulangi/")
    browser.post(f"/surat/paket/{batch.pk}/ulangi/")  # twice at once is once

    again = Batch.objects.get()
    assert (again.attempt, batches.life_of(again), DBTaskResult.objects.count()) == (2, Life.WAITING, 2)
    written(batch)  # the job that was given up
    assert Paper.objects.count() == 0
    assert written(again).finished_at is not None
    assert Paper.objects.count() == 3


def test_a_job_that_no_worker_takes_is_told(browse, officer):
    batch = asked(officer)
    Batch.objects.update(asked_at=timezone.now() - timedelta(minutes=2))

    assert "Belum ada pekerja latar" in page(browse(officer), batch)


def test_a_job_that_fails_in_the_middle_issues_nothing(officer, monkeypatch):
    batch = asked(officer)
    monkeypatch.setattr(batches.setting, "pdf", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        written(batch)

    assert (Paper.objects.count(), Batch.objects.get().finished_at) == (0, None)


def test_a_finished_package_is_not_made_twice(officer):
    batch = written(asked(officer))

    written(batch)

    assert Paper.objects.count() == 3


def test_the_same_key_gives_the_same_package(officer, province):
    first, second, other = asked(officer, key="sk-7"), asked(officer, key="sk-7"), asked(province, key="sk-7")

    assert first.pk == second.pk != other.pk


def test_wrong_data_fail_when_they_are_asked_for(officer):
    for wrong, error in (
        ([], ValidationError),
        ([Entry({"day": "kapan"})], ValueError),
        (entries(1) * (batches.MOST + 1), ValidationError),
    ):
        with door(officer, write=True), pytest.raises(error):
            order("handover_minutes", wrong, title="x", region_id=BOJONEGORO, by=officer)

    assert not Batch.objects.exists()


def test_a_package_is_reached_as_its_region_is_and_an_altered_one_is_not_given(browse, officer, own_folder):
    batch = written(asked(officer))
    who = ("provinsi", "kadinsos.bojonegoro", "tuban", "auditor", "upt")

    answers = [browse(member(name)).get(f"/surat/paket/{batch.pk}/berkas/").status_code for name in who]

    assert answers == [200, 200, 404, 403, 403]
    next(own_folder.glob("*/*")).write_bytes(b"other")
    assert browse(officer).get(f"/surat/paket/{batch.pk}/berkas/").status_code == 409


def test_the_file_of_an_unfinished_package_leads_to_its_page(browse, officer):
    batch = asked(officer)

    assert browse(officer).get(f"/surat/paket/{batch.pk}/berkas/").url == f"/surat/paket/{batch.pk}/"


def test_what_is_to_be_printed_lies_sealed_and_not_for_ever(officer):
    batch = asked(officer)
    assert b"Ngatini" not in bytes(batch.entries)
    Batch.objects.update(asked_at=timezone.now() - batches.KEPT - timedelta(days=1))

    assert batches.forget_old() == 1
    assert batches.life_of(Batch.objects.get()) == Life.DEAD


@pytest.mark.database_sensitive
def test_the_bare_role_tells_of_progress_and_reads_nothing(officer):
    batch = asked(officer)

    with bare():
        assert sql("update documents_batch set done = 1, started_at = now() where id = %s", batch.pk) == 1
        for column in ("entries", "title", "by_id"):
            with refused("permission denied"):
                sql(f"select {column} from documents_batch")


@pytest.mark.long
def test_the_list_asks_the_same_number_of_questions_however_long_it_is(browse, officer, django_assert_max_num_queries):
    asked(officer)
    browser = browse(officer)
    browser.get("/surat/paket/")
    for _ in range(9):
        written(asked(officer, 1))

    with django_assert_max_num_queries(10):
        browser.get("/surat/paket/")


def test_a_dossier_says_what_is_in_it_and_the_same_files_make_the_same_dossier():
    files = [
        dossier.Entry(PaperFactory(number="900/1/2026", subjects=[7]), "Surat"),
        dossier.Entry(AttachmentFactory(name="nota.jpg", subjects=[9, 7]), "Bukti"),
        dossier.Entry(AttachmentFactory(name="NOTA.jpg"), "Bukti"),
        dossier.Entry(AttachmentFactory(name="x.jpg"), "../..", '=cmd|"/c calc"'),
        dossier.Entry(AttachmentFactory(name="x.jpg"), name="SHA256SUMS"),
    ]
    first, second = io.BytesIO(), io.BytesIO()

    assert dossier.write(files, first) == [7, 9]
    dossier.write(files, second)

    assert first.getvalue() == second.getvalue()
    package = zipfile.ZipFile(first)
    names = [
        "Surat/receipt-900-1-2026.pdf",
        "Bukti/nota.jpg",
        "Bukti/NOTA (2).jpg",
        "-/=cmd---c calc-.jpg",
        "SHA256SUMS.jpg",
    ]
    assert package.namelist() == [*names, dossier.LIST, dossier.SUMS]
    for line in package.read(dossier.SUMS).decode().splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256(package.read(name)).hexdigest() == digest
    rows = list(csv.reader(io.StringIO(package.read(dossier.LIST).decode("utf-8-sig"))))
    assert rows[1][:5] == ["Surat/receipt-900-1-2026.pdf", "Kwitansi", "900/1/2026", "2020-08-26", "7"]
    assert rows[4][0] == "'-/=cmd---c calc-.jpg"


def test_a_dossier_with_an_altered_file_is_not_written(settings):
    attachment = AttachmentFactory()
    next((settings.MEDIA_ROOT / "lampiran").glob("*/*")).write_bytes(b"other")

    with pytest.raises(Altered):
        dossier.write([dossier.Entry(attachment)], io.BytesIO())
