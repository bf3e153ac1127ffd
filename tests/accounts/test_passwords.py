"""Passwords: the first one must be changed before anything else, and a new one keeps the rules."""

import pytest

from ppks.accounts.models import User
from tests.addresses import KNOWN, OUTSIDE, POSTED, PUBLIC, address
from tests.people import PASSWORD, member

pytestmark = pytest.mark.django_db

NEW = "sepeda-motor-tua-biru"
COMMON = "password123456"


@pytest.fixture
def newcomer(officer):
    """The officer with a first password that the admin set."""
    return member("bojonegoro", must_change_password=True)


def change(browser, *, old=PASSWORD, new=NEW, again=None):
    return browser.post("/sandi/", {"old_password": old, "new_password1": new, "new_password2": again or new})


@pytest.mark.long
def test_no_page_comes_before_the_first_change(newcomer, browse, own):
    browser = browse(newcomer)
    answers = {}

    for name in set(KNOWN) - OUTSIDE - PUBLIC:
        send = browser.post if name in POSTED else browser.get
        answers[name] = send(address(name, own)).url

    assert answers == dict.fromkeys(answers, "/sandi/")


def test_the_admin_too_changes_the_first_password_before_anything_else(admin, browse):
    browser = browse(member("admin", must_change_password=True))

    assert [browser.get(path).url for path in ("/admin/", "/admin/accounts/user/")] == ["/sandi/", "/sandi/"]


def test_after_the_change_every_page_is_open(newcomer, browse):
    browser = browse(newcomer)

    answer = change(browser)

    assert (answer.status_code, answer.url) == (302, "/")
    assert browser.get("/").status_code == 200
    assert User.objects.get(pk=newcomer.pk).must_change_password is False


def test_the_new_password_holds_and_the_old_one_does_not(officer, browse, log_in):
    change(browse(officer))

    assert log_in("bojonegoro", NEW).status_code == 302
    assert log_in("bojonegoro", PASSWORD).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"old": "bukan-ini"}, "old_password"),
        ({"new": PASSWORD}, "new_password1"),
        ({"new": "pendek-12"}, "new_password2"),
        ({"new": COMMON}, "new_password2"),
        ({"new": "wahyu-pratomo"}, "new_password2"),
        ({"new": NEW, "again": NEW + "x"}, "new_password2"),
    ],
    ids=["the old one is wrong", "it stays the same", "too short", "too common", "one's own name", "typed differently"],
)
def test_a_password_that_breaks_a_rule_changes_nothing(newcomer, browse, typed, field):
    answer = change(browse(newcomer), **typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    kept = User.objects.get(pk=newcomer.pk)
    assert (kept.check_password(PASSWORD), kept.must_change_password) == (True, True)


def test_nothing_else_of_a_user_can_be_changed_on_that_page(newcomer, browse):
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}

    browse(newcomer).post("/sandi/", typed | {"role": "admin", "username": "lain", "is_active": "", "full_name": "X"})

    kept = User.objects.get(pk=newcomer.pk)
    assert (kept.role, kept.username, kept.is_active, kept.full_name) == (
        "officer",
        "bojonegoro",
        True,
        "Wahyu Pratomo",
    )


def test_a_password_is_stored_as_a_hash(newcomer, browse):
    change(browse(newcomer))

    assert NEW not in User.objects.get(pk=newcomer.pk).password
