"""Log-in and log-out: what is said to whom, where it leads, and that a session is one's own."""

import pytest

from ppks.accounts.models import User
from tests.office import OfficeBrowser
from tests.people import ONE_A_ROLE, PASSWORD, member

pytestmark = pytest.mark.django_db

REFUSED = "Nama pengguna atau kata sandi salah. Lupa kata sandi? Minta admin membuatkan yang baru."


def is_known(browser: OfficeBrowser) -> bool:
    return browser.get("/sandi/").status_code == 200


def test_the_right_password_leads_to_the_front_page(officer, log_in):
    answer = log_in("bojonegoro")

    assert (answer.status_code, answer.url) == (302, "/")
    assert is_known(answer.client)


@pytest.mark.parametrize("username", ONE_A_ROLE)
def test_every_role_lands_on_a_page_of_use(username, log_in):
    member(username)

    answer = log_in(username, follow=True)

    assert answer.status_code == 200
    assert answer.redirect_chain[-1][0] == {"admin": "/admin/", "mitra": "/rujukan/"}.get(username, "/")


@pytest.mark.parametrize("written", ["Bojonegoro", " bojonegoro ", "BOJONEGORO"])
def test_the_name_may_be_written_in_capitals(officer, log_in, written):
    assert log_in(written).status_code == 302


@pytest.mark.parametrize(("username", "password"), [("bojonegoro", "salah"), ("hantu", "salah"), ("hantu", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(officer, log_in, hashed, username, password):
    answer = log_in(username, password)

    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors() == [REFUSED]
    assert not is_known(answer.client)
    assert hashed == [password]


def test_a_user_who_was_switched_off_is_answered_like_an_unknown_one(officer, log_in, hashed):
    member("bojonegoro", is_active=False)

    answer = log_in("bojonegoro")

    assert answer.context["form"].non_field_errors() == [REFUSED]
    assert (len(hashed), is_known(answer.client)) == (1, False)


def test_the_system_user_cannot_log_in(log_in):
    assert [log_in("sistem", password).status_code for password in ("", "!", "sistem")] == [200, 200, 200]


@pytest.mark.parametrize(
    ("wish", "place"),
    [
        ("/klien/", "/klien/"),
        ("/klien/?kab=35.22", "/klien/?kab=35.22"),
        ("//evil.example", "/"),
        ("https://evil.example/", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_log_in_leads_on_within_the_office_only(officer, log_in, wish, place):
    from urllib.parse import urlencode

    assert log_in("bojonegoro", query=f"?{urlencode({'next': wish})}").url == place


def test_log_in_gives_a_new_session_key(officer, log_in):
    browser = OfficeBrowser()
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key

    log_in("bojonegoro", browser=browser)

    assert browser.session.session_key != planted
    assert not is_known(with_session(planted))


def with_session(key: str) -> OfficeBrowser:
    browser = OfficeBrowser()
    browser.cookies["sesi"] = key
    return browser


def test_log_out_kills_the_session_also_for_who_kept_its_cookie(officer, log_in):
    browser = log_in("bojonegoro").client
    kept = browser.session.session_key

    answer = browser.post("/keluar/")

    assert (answer.status_code, answer.url) == (302, "/masuk/")
    assert [is_known(browser), is_known(with_session(kept))] == [False, False]


def test_a_link_cannot_log_anybody_out(officer, browse):
    browser = browse(officer)

    assert browser.get("/keluar/").status_code == 405
    assert is_known(browser)


def test_who_is_switched_off_is_out_at_the_next_request(officer, browse):
    browser = browse(officer)
    assert is_known(browser)

    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert browser.get("/").url == "/masuk/?next=/"


def test_a_new_role_holds_at_the_next_request(officer, browse):
    browser = browse(officer)
    assert browser.get("/klien/").status_code == 200

    User.objects.filter(pk=officer.pk).update(role="partner")

    assert browser.get("/klien/").status_code == 403


def test_who_is_logged_in_already_is_sent_on_from_the_log_in_page(officer, browse):
    assert browse(officer).get("/masuk/").url == "/"


def test_the_log_in_page_is_never_cached_and_says_nothing_of_users(officer, browse):
    answer = browse().get("/masuk/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "bojonegoro" not in answer.content.decode().lower()
