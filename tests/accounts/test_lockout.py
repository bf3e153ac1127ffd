"""Lock-out: five wrong passwords close one name from one address for a quarter of an hour."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt

from tests.office import OfficeBrowser
from tests.people import PASSWORD, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def fail(officer, log_in):
    """`fail(times)`: the officer's name with a wrong password."""
    return lambda times, username="bojonegoro", **more: [
        log_in(username, "salah", **more).status_code for _ in range(times)
    ]


def test_the_fifth_failure_locks_also_for_the_right_password(fail, log_in):
    assert fail(5) == [200, 200, 200, 200, 429]

    assert log_in("bojonegoro").status_code == 429


def test_the_lock_says_how_long_it_holds(fail, log_in):
    fail(5)

    answer = log_in("bojonegoro").content.decode()

    assert "Masuk dikunci selama 15 menit" in answer
    assert "bojonegoro" not in answer


def test_somebody_else_logs_in_meanwhile_from_the_same_address(fail, log_in, stranger):
    fail(5)

    assert log_in("tuban").status_code == 302


def test_nothing_is_hashed_for_a_locked_name(fail, log_in, hashed):
    fail(5)
    hashed.clear()

    log_in("bojonegoro")

    assert hashed == []


def test_an_unknown_name_is_locked_like_a_known_one(fail):
    assert fail(6, "hantu") == [200, 200, 200, 200, 429, 429]


def test_writing_the_name_differently_gives_no_further_tries(log_in, officer):
    spellings = ("bojonegoro", "Bojonegoro", "BOJONEGORO", " bojonegoro", "bojonegoro ", "bOJONEGORO")

    assert [log_in(name, "salah").status_code for name in spellings] == [200, 200, 200, 200, 429, 429]


def test_a_made_up_forwarding_header_gives_no_further_tries(log_in, officer):
    tries = [log_in("bojonegoro", "salah", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}").status_code for n in range(6)]

    assert tries == [200, 200, 200, 200, 429, 429]


def test_a_new_browser_gives_no_further_tries(fail, log_in):
    assert fail(5, browser=OfficeBrowser())[-1] == 429

    assert log_in("bojonegoro", browser=OfficeBrowser()).status_code == 429


def test_a_success_starts_the_count_anew(fail, log_in):
    fail(4)
    assert log_in("bojonegoro").status_code == 302

    assert fail(4) == [200, 200, 200, 200]
    assert log_in("bojonegoro").status_code == 302


def test_after_a_quarter_of_an_hour_the_lock_opens(fail, log_in):
    fail(5)

    attempt = AccessAttempt.objects.get()
    attempt.attempt_time -= timedelta(minutes=15, seconds=1)
    attempt.save()

    assert log_in("bojonegoro").status_code == 302


def test_an_open_session_goes_on_while_its_name_is_locked(fail, browse):
    browser = browse(member("bojonegoro"))

    fail(5)

    assert browser.get("/").status_code == 200


def test_no_password_is_kept_with_the_failures(fail, log_in):
    log_in("bojonegoro", PASSWORD + "x")

    kept = AccessAttempt.objects.get()

    assert PASSWORD not in f"{kept.get_data}{kept.post_data}{kept.username}"
