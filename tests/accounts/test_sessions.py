"""Sessions end: after an hour without a request, after twelve hours in any case, and when the password changes."""

import pytest

from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

ENDED = "Sesi Anda berakhir karena lama tidak dipakai."


def test_an_hour_without_a_request_ends_the_session(officer, log_in, later):
    browser = log_in("bojonegoro").client

    later(minutes=60, seconds=1)

    assert browser.get("/").url == "/masuk/"
    assert ENDED in browser.get("/masuk/").content.decode()
    assert browser.get("/").url == "/masuk/?next=/"


def test_a_request_within_the_hour_keeps_it_open(officer, log_in, later):
    browser = log_in("bojonegoro").client

    for _ in range(3):
        later(minutes=59)
        assert browser.get("/").status_code == 200


def test_after_twelve_hours_it_ends_however_busy_it_was(officer, log_in, later):
    browser = log_in("bojonegoro").client
    for _ in range(14):
        later(minutes=50)
        assert browser.get("/").status_code == 200

    later(minutes=21)

    assert browser.get("/").url == "/masuk/"


def test_the_end_is_told_once(officer, log_in, later):
    browser = log_in("bojonegoro").client
    later(hours=2)
    browser.get("/")

    told = [ENDED in browser.get("/masuk/").content.decode() for _ in range(2)]

    assert told == [True, False]


def test_requests_in_the_same_minute_do_not_write_the_session(officer, log_in, django_assert_num_queries):
    browser = log_in("bojonegoro").client
    browser.get("/sandi/")

    with django_assert_num_queries(4) as found:  # set role, session, user, reset role
        browser.get("/sandi/")

    assert [query["sql"].split()[0].lower() for query in found.captured_queries] == ["set", "select", "select", "reset"]


def test_a_changed_password_ends_every_other_session(officer, log_in):
    here, elsewhere = log_in("bojonegoro").client, log_in("bojonegoro").client
    new = "sepeda-motor-tua-biru"

    here.post("/sandi/", {"old_password": PASSWORD, "new_password1": new, "new_password2": new})

    assert [browser.get("/").status_code for browser in (here, elsewhere)] == [200, 302]


def test_the_cookie_of_the_session_is_kept_from_scripts_and_other_sites(officer, log_in):
    cookie = log_in("bojonegoro").cookies["sesi"]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"], cookie["path"]) == (True, "Lax", "", "/")
