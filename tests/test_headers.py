"""What every answer carries, and what no page of ours contains: headers, tokens, inline scripts and styles."""

import re

import pytest

from tests.addresses import FILES, KNOWN, address
from tests.office import OfficeBrowser
from tests.people import member

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
BOX = {"default-src 'none'", "sandbox"}  # of a photo, even stricter
ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
ADMIN = ("/admin/", "/admin/accounts/user/")
WITHOUT_COOKIE = {
    "feedback_send",
    "feedback_check",
}  # no session to protect: the form's own pass counts it (decision 28)
NOT_THERE = ("/tidak-ada/", "/static/tidak-ada.css")


@pytest.fixture
def addresses(own):
    return [address(name, own) for name in KNOWN] + list(ADMIN)


@pytest.mark.long
@pytest.mark.parametrize("username", [None, "bojonegoro", "provinsi", "upt", "admin"])
def test_every_answer_carries_the_security_headers(addresses, username):
    browser = OfficeBrowser(member(username) if username else None)
    wrong = {}

    for place in (*addresses, *NOT_THERE):
        answer = browser.get(place)
        headers, is_photo = answer.headers, answer.streaming and answer.headers["Content-Type"] == "image/jpeg"
        if {name: headers.get(name) for name in ALWAYS} != ALWAYS:
            wrong[place] = dict(headers)
        if set(headers["Content-Security-Policy"].split("; ")) != (BOX if is_photo else POLICY):
            wrong[place] = headers["Content-Security-Policy"]

    assert wrong == {}


@pytest.mark.long
@pytest.mark.parametrize("username", [None, "bojonegoro", "provinsi", "upt"])
def test_no_page_of_ours_has_a_script_or_a_style_inside(own, username):
    browser = OfficeBrowser(member(username) if username else None)
    places = [address(name, own) for name in KNOWN if name not in FILES]

    found = {place: INLINE.findall(browser.get(place).content.decode()) for place in (*places, *NOT_THERE)}

    assert {place: what for place, what in found.items() if what} == {}


@pytest.mark.long
def test_no_post_anywhere_is_taken_without_its_token(own, officer):
    browser = OfficeBrowser(officer, enforce_csrf_checks=True)
    places = [*(address(name, own) for name in KNOWN if name not in WITHOUT_COOKIE), *ADMIN]

    statuses = {
        place: browser.post(place, {"reason": "Untuk kartu ATM.", "q": "ngatini"}).status_code for place in places
    }

    assert statuses == dict.fromkeys(places, 403)


def test_a_made_up_token_is_no_token(officer):
    browser = OfficeBrowser(officer, enforce_csrf_checks=True)
    browser.get("/cari/")

    answer = browser.post("/cari/", {"q": "ngatini", "csrfmiddlewaretoken": "x" * 64})

    assert (answer.status_code, "Formulir ini sudah kedaluwarsa" in answer.content.decode()) == (403, True)


def test_the_token_of_the_page_is_taken(officer):
    browser = OfficeBrowser(officer, enforce_csrf_checks=True)
    token = browser.get("/cari/").context["csrf_token"]

    assert browser.post("/cari/", {"q": "ngatini", "csrfmiddlewaretoken": str(token)}).status_code == 200


@pytest.mark.parametrize("username", [None, "bojonegoro"])
def test_what_is_not_found_says_so_in_our_own_words(username):
    browser = OfficeBrowser(member(username) if username else None)

    answer = browser.get("/tidak-ada/")

    assert (answer.status_code, "Halaman ini tidak ditemukan" in answer.content.decode()) == (404, True)


@pytest.mark.urls("tests.planted")
def test_an_error_is_a_page_without_details(officer):
    answer = OfficeBrowser(officer, raise_request_exception=False).get("/get_crashes")

    text = answer.content.decode()
    assert (answer.status_code, "PPKS Mandiri" in text) == (500, True)
    assert "Traceback" not in text
    assert "on purpose" not in text


def test_who_may_not_enter_is_told_so_in_our_own_words(auditor):
    answer = OfficeBrowser(auditor).get("/cari/")

    assert (answer.status_code, "Halaman ini di luar wewenang Anda" in answer.content.decode()) == (403, True)
