"""`tick`: every periodic work by itself, in the clock's role; twice is once, missed days are made up for, one failure is one."""

import os
from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clients.models import Person
from ppks.accounts.models import User
from ppks.intake import exports
from ppks.intake.models import Import
from ppks.kit import contributions, dates
from ppks.kit.periodic import BUSY, Work
from tests.intake.desk import RECIPIENTS, send, uploaded
from tests.office import bare, door, refused, sql

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@pytest.fixture
def tick(capsys):
    """Run it as the server does, and return the lines on stdout."""

    def run() -> list[str]:
        capsys.readouterr()
        with bare():
            call_command("tick")
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def only(monkeypatch):
    """`only(work, …)` are all the works there are."""
    return lambda *works: monkeypatch.setitem(contributions._lists, "tick", list(works))


def asked(listing: Import, *, days: int) -> None:
    Import.objects.filter(pk=listing.pk).update(asked_at=timezone.now() - timedelta(days=days))


def test_every_work_says_what_it_did_and_nothing_is_left_for_a_second_run(tick):
    first, second = tick(), tick()

    assert [line.partition(":")[0] for line in first] == [work.name for work in contributions.contributed("tick")]
    assert second == [f"{name}: {said}" for name, said in (line.split(": ", 1) for line in first)]
    assert all(" 0 " in line or line.split(": ")[1].startswith("0 ") for line in second)


def test_a_work_runs_in_the_clocks_role_as_the_system_on_todays_day(tick, only):
    heard = []

    def listen(day: date) -> str:
        heard.append((day, *sql("select current_user, current_setting('ppks.user')")[0]))
        return "didengar."

    only(Work("dengar", listen))

    assert tick() == ["dengar: didengar."]
    assert heard == [(dates.today(), "ppks_clock", str(User.objects.system().pk))]


def test_the_clock_may_do_no_more_than_its_works_need(ngatini):
    clock = User.objects.clock()
    with door(clock, write=True):
        with refused("permission denied"):
            Person.objects.update(name="Bukan Ngatini")
        with refused("permission denied"):
            sql("select typed from monitoring_draft")
        with refused("permission denied"):
            sql("select session_data from django_session")
    assert not clock.role_entry.permissions
    assert "clock" not in dict(User._meta.get_field("role").choices)


def test_one_that_fails_is_taken_back_told_without_what_it_holds_and_stops_no_other(capsys, only):
    person = "Ngatini 3522015708720001"

    def fail(day: date) -> str:
        sql("insert into accounts_user (username) values (%s)", person)
        return "tidak sampai"

    def break_a_rule(day: date) -> str:
        sql("delete from monitoring_upload")
        raise ValueError(person)

    only(Work("izin", fail), Work("aturan", break_a_rule), Work("sesudahnya", lambda day: "jalan."))
    with pytest.raises(CommandError, match="Gagal: izin, aturan") as failure, bare():
        call_command("tick")

    out, err = capsys.readouterr()
    assert failure.value.returncode == 1
    assert out.splitlines() == ["sesudahnya: jalan."]
    assert "izin: gagal (InsufficientPrivilege)" in err
    assert "aturan: gagal (ValueError)" in err
    assert "test_tick.py" in err  # where
    assert "ngatini" not in err.lower()
    assert "3522" not in err


def test_what_a_failing_work_wrote_is_not_kept(capsys, only, browse, officer):
    listing = uploaded(browse(officer), RECIPIENTS.read_bytes())
    asked(listing, days=8)

    def half(day: date) -> str:
        sql("update intake_import set stage = 'dropped', upload = null")
        raise IntegrityError

    only(Work("setengah", half))
    with pytest.raises(CommandError), bare():
        call_command("tick")

    assert Import.objects.get().stage == Import.Stage.PREVIEW


def test_a_work_at_which_another_process_is_is_left_to_it(tick, only):
    only(Work("lama", lambda day: "dikerjakan."))
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("select pg_advisory_lock(hashtext('tick'), hashtext('lama'))")
        assert tick() == [f"lama: {BUSY}"]
    finally:
        other.close()
    assert tick() == ["lama: dikerjakan."]


def test_sessions_that_ended_go_and_the_others_stay(tick, browse, officer):
    browse(officer)
    for days in (-1, -40):
        Session.objects.create(session_key=f"lama{days}", expire_date=timezone.now() + timedelta(days=days))

    assert "sesi: 2 sesi yang sudah berakhir dibuang." in tick()
    assert Session.objects.count() == 1


def test_results_of_jobs_go_after_thirty_days_and_waiting_jobs_never(tick, browse, officer):
    uploaded(browse(officer), RECIPIENTS.read_bytes())
    uploaded(browse(officer), RECIPIENTS.read_bytes() + b" ")
    send(browse(officer), RECIPIENTS.read_bytes() + b"  ")
    ended = DBTaskResult.objects.exclude(finished_at=None)
    old = ended.first()
    old.finished_at = timezone.now() - timedelta(days=31)
    old.save()

    assert "pekerjaan latar: 1 catatan pekerjaan latar yang lama dibuang." in tick()
    assert DBTaskResult.objects.count() == 2


def test_a_preview_nobody_decided_on_is_kept_for_seven_days(tick, browse, officer):
    asked(uploaded(browse(officer), RECIPIENTS.read_bytes()), days=6)

    assert "impor: 0 impor lewat tujuh hari dikosongkan." in tick()
    assert Import.objects.get().upload is not None


@pytest.mark.parametrize("days", [8, 90])
def test_a_preview_nobody_decided_on_is_emptied_then_however_late_the_clock(tick, browse, officer, days):
    asked(uploaded(browse(officer), RECIPIENTS.read_bytes()), days=days)

    assert "impor: 1 impor lewat tujuh hari dikosongkan." in tick()
    assert Import.objects.values_list("stage", "upload", "report").get() == ("dropped", None, None)


def test_an_upload_whose_job_never_came_is_emptied_too(tick, browse, officer):
    send(browse(officer), RECIPIENTS.read_bytes())
    asked(Import.objects.get(), days=8)

    assert "impor: 1 impor lewat tujuh hari dikosongkan." in tick()
    assert Import.objects.values_list("stage", "upload").get() == ("dropped", None)


def test_files_that_went_out_go_after_a_day(tick):
    for name, age in (("lama.xlsx", timedelta(days=1, minutes=1)), ("baru.xlsx", timedelta(hours=23))):
        file = exports.folder() / name
        file.touch()
        then = (timezone.now() - age).timestamp()
        os.utime(file, (then, then))

    assert "unduhan: 1 berkas unduhan lewat sehari dibuang." in tick()
    assert [file.name for file in exports.folder().iterdir()] == ["baru.xlsx"]
    (exports.folder() / "baru.xlsx").unlink()
