"""The doors: who may pass, what cannot be read or written inside, what is true when the answer leaves."""

from urllib.parse import urlsplit

import pytest
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import path

from clients.models import Person
from monitoring.models import Business
from ppks.kit.doors import entered
from tests import planted
from tests.office import bare, door, refused, sql

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.planted"), pytest.mark.database_sensitive]


@pytest.fixture
def both(ngatini, marsinah, tailoring, fishery):
    return ngatini, marsinah


def test_a_view_that_forgets_the_scope_leaks_nothing_to_the_officer(both, browse, officer):
    answer = browse(officer).get("/unscoped").json()

    assert answer == {
        "names": ["Ngatini"],
        "count": 1,
        "steps": 1,
        "businesses": ["Permak dan jahit"],
        "visits": 0,
        "history": ["Ngatini"],
        "raw": ["Ngatini"],
    }


def test_the_same_view_shows_the_province_everything(both, browse, province):
    assert browse(province).get("/unscoped").json()["raw"] == ["Marsinah Rengel", "Ngatini"]


def test_an_officer_posted_nowhere_sees_nothing(both, browse, officer):
    officer.postings.all().delete()

    assert browse(officer).get("/unscoped").json()["raw"] == []


def test_a_lazy_template_is_rendered_inside_the_door(both, browse, officer):
    assert browse(officer).get("/lazy").content == b"Ngatini;"


def test_a_stream_is_refused(both, browse, officer):
    with pytest.raises(TypeError, match="cannot stream"):
        browse(officer).get("/stream")


def test_a_file_may_leave(browse, officer):
    answer = browse(officer).get("/file")

    assert b"".join(answer.streaming_content).startswith(b'"""Views with the mistakes')


@pytest.mark.parametrize("address", ["/get_writes", "/get_locks"])
def test_a_get_cannot_write(both, browse, officer, address):
    with refused("read-only transaction"):
        browse(officer).get(address)


def test_a_door_opened_for_writing_inside_a_get_still_cannot_write(ngatini, officer):
    with door(officer), pytest.raises(DatabaseError, match="read-only"), entered(officer, write=True):
        Person.objects.update(note="diubah")


def test_outside_every_door_case_data_cannot_be_read(both, browse, officer):
    with pytest.raises(DatabaseError, match="permission denied for table clients_person"):
        browse(officer).get("/outside_reads")


def test_case_roles_cannot_read_the_column_of_passwords(browse, officer):
    with pytest.raises(DatabaseError, match="permission denied for table accounts_user"):
        browse(officer).get("/user_columns")


def test_a_passer_by_is_sent_to_the_log_in_page(browse):
    answer = browse().get("/whoami")

    assert (answer.status_code, answer.url) == (302, "/masuk/?next=/whoami")


def test_who_lacks_the_permission_is_refused(browse, auditor):
    assert browse(auditor).post("/post_whoami").status_code == 403


@pytest.mark.parametrize(("method", "address"), [("post", "/whoami"), ("get", "/post_whoami"), ("put", "/post_whoami")])
def test_a_method_that_the_door_does_not_name_is_refused(browse, officer, method, address):
    assert getattr(browse(officer), method)(address).status_code == 405


def test_a_user_who_must_change_the_password_first_is_sent_there(browse, officer):
    officer.must_change_password = True
    officer.save()

    assert urlsplit(browse(officer).get("/whoami").url).path == "/sandi/"


def test_a_user_who_was_switched_off_enters_no_door(officer):
    officer.is_active = False

    with pytest.raises(PermissionDenied), door(officer):
        pass


def test_what_leaves_a_door_is_never_stored_by_a_cache(browse, officer):
    assert "no-store" in browse(officer).get("/whoami").headers["Cache-Control"]


def test_an_exception_takes_back_what_was_written(ngatini, browse, officer):
    with pytest.raises(ValueError, match="on purpose"):
        browse(officer).post("/post_crashes")

    assert Person.objects.get().note == ""


def test_an_answer_of_409_takes_nothing_back(ngatini, browse, officer):
    assert browse(officer).post("/post_refuses").status_code == 409

    assert Person.objects.get().note == "disimpan"


def test_a_broken_reference_speaks_inside_the_door(ngatini, browse, province):
    with pytest.raises(IntegrityError, match="foreign key"):
        browse(province).post("/dangling")


@pytest.mark.django_db(transaction=True)  # in a test's own transaction the savepoint would catch it, door or no door
def test_an_error_that_a_view_swallows_is_not_a_success(ngatini, browse, officer):
    with pytest.raises(DatabaseError, match="current transaction is aborted"):
        browse(officer).post("/swallows")

    assert Person.objects.get().note == ""


def test_a_door_costs_one_statement_beside_its_transaction(browse, officer, django_assert_num_queries):
    browser = browse(officer)
    browser.get("/whoami")  # asks once whether this is a demo

    with django_assert_num_queries(9) as found:
        browser.get("/whoami")

    words = [query["sql"].split()[0].lower() for query in found.captured_queries]
    session_and_user, enter_and_view = ["select", "select"], ["select", "select"]
    assert words == ["set", *session_and_user, "savepoint", *enter_and_view, "rollback", "release", "reset"]


def test_an_inner_door_gives_the_outer_one_back(both, officer, province):
    with door(province, write=True):
        with entered(officer, write=True):
            assert Person.objects.count() == 1
        assert Person.objects.count() == 2
        with entered(officer, write=False):
            assert Person.objects.count() == 1
        assert Person.objects.count() == 2


def test_after_the_commit_work_runs_outside_the_door(officer, django_capture_on_commit_callbacks):
    roles = []

    with bare(), django_capture_on_commit_callbacks(execute=True), entered(officer, write=True):
        transaction.on_commit(lambda: roles.append(sql("select current_user")[0][0]))

    assert [role.rpartition("_")[2] for role in roles] == ["app"]


def test_a_view_without_a_door_stops_the_start(settings, monkeypatch):
    monkeypatch.setattr(planted, "urlpatterns", [path("bocor", planted.no_door), *planted.urlpatterns])

    errors = [error.msg for error in run_checks(tags=["urls"]) if error.id == "ppks.E001"]

    assert errors == ["tests.planted.no_door has no door."]


def test_a_table_that_does_not_say_who_reaches_its_rows_stops_the_start(monkeypatch):
    monkeypatch.setattr(Business._meta, "constraints", [])

    errors = [error.msg for error in run_checks(tags=["models"]) if error.id == "ppks.E002"]

    assert errors == ["monitoring.Business has no Rows()."]


@pytest.mark.parametrize("url", ["/dasbor/hasil/?kab=%00", "/laporan/2026-10/?kab=35.22&kab=%00", "/klien/?%00=x"])
def test_an_address_with_a_null_character_is_refused_with_a_page(browse, province, url):
    answer = browse(province).get(url)

    assert answer.status_code == 400
    assert "Alamatnya tidak lengkap atau rusak." in answer.content.decode()
