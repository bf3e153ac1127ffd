"""The second factor: asked of the roles that see the whole province, before anything else and at every log-in."""

import time
from base64 import b32decode

import pytest
from django.conf import settings as project
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.addresses import KNOWN, OUTSIDE, POSTED, PUBLIC, address
from tests.people import ONE_A_ROLE, member

pytestmark = pytest.mark.django_db

ASKED = {"provinsi", "verifikator", "pptk", "kepala", "bendahara", "auditor", "admin"}


@pytest.fixture(autouse=True)
def _required(settings):
    settings.TOTP_REQUIRED = True


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """What the app on the phone shows now, or so many steps of 30 seconds later."""
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def enrolled(browser) -> TOTPDevice:
    browser.get("/kode/")
    browser.post("/kode/", {"code": code_of(TOTPDevice.objects.get())})
    return TOTPDevice.objects.get()


@pytest.mark.parametrize("username", ONE_A_ROLE)
def test_it_is_asked_of_who_sees_the_whole_province(username, browse):
    answer = browse(member(username)).get("/")

    unasked = "/rujukan/" if username == "mitra" else None
    assert answer.get("Location") == ("/kode/" if username in ASKED else unasked)


def test_in_this_run_it_is_off_unless_a_test_turns_it_on(browse, province, settings):
    settings.TOTP_REQUIRED = project.PRODUCTION

    assert browse(province).get("/").status_code == 200


@pytest.mark.long
def test_no_page_comes_before_it(browse, province, own):
    browser, answers = browse(province), {}

    for name in (set(KNOWN) - OUTSIDE - PUBLIC) | {"own_password"}:
        send = browser.post if name in POSTED else browser.get
        answers[name] = send(address(name, own)).url

    assert answers == dict.fromkeys(answers, "/kode/")


def test_the_admins_pages_come_after_it_too(browse, admin):
    assert browse(admin).get("/admin/accounts/user/").url == "/kode/"


def test_the_first_time_a_phone_is_enrolled_with_a_picture_or_a_key(browse, province):
    page = browse(province).get("/kode/")

    device = TOTPDevice.objects.get()
    assert (device.user, device.confirmed) == (province, False)
    assert b32decode(page.context["secret"].replace(" ", "")) == device.bin_key  # as apps take it
    assert "<svg" in page.content.decode()


def test_asking_again_does_not_make_another_key(browse, province):
    browser = browse(province)

    keys = [browser.get("/kode/").context["secret"] for _ in range(2)]

    assert keys[0] == keys[1]


def test_the_right_code_opens_the_system(browse, province):
    browser = browse(province)

    device = enrolled(browser)

    assert device.confirmed is True
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("code", ["", "abcdef", "12345", "１２３４５６", "000000000000"])
def test_a_wrong_code_opens_nothing(browse, province, code):
    browser = browse(province)
    browser.get("/kode/")

    answer = browser.post("/kode/", {"code": code})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert TOTPDevice.objects.get().confirmed is False
    assert browser.get("/").url == "/kode/"


def test_the_next_log_in_asks_for_a_code_and_shows_no_key(browse, province):
    device = enrolled(browse(province))
    browser = browse(province)

    assert browser.get("/").url == "/kode/"
    page = browser.get("/kode/")
    assert "secret" not in page.context
    assert device.key not in page.content.decode()
    browser.post("/kode/", {"code": code_of(device, steps=1)})
    assert browser.get("/").status_code == 200


def test_a_code_opens_only_once(browse, province):
    device = enrolled(browse(province))
    code = code_of(device, steps=1)

    answers = [browse(province).post("/kode/", {"code": code}).status_code for _ in range(2)]

    assert answers == [302, 422]


def test_after_wrong_codes_even_the_right_one_must_wait(browse, province):
    device = enrolled(browse(province))
    browser = browse(province)
    for _ in range(3):
        browser.post("/kode/", {"code": "000000"})

    assert browser.post("/kode/", {"code": code_of(device, steps=1)}).status_code == 422


def test_another_users_code_opens_nothing(browse, province, head):
    device = enrolled(browse(province))
    browser = browse(head)
    browser.get("/kode/")

    assert browser.post("/kode/", {"code": code_of(device, steps=1)}).status_code == 422


def test_the_first_password_is_changed_after_the_code(browse, province):
    browser = browse(member("provinsi", must_change_password=True))

    enrolled(browser)

    assert browser.get("/").url == "/sandi/"
    assert browser.get("/sandi/").status_code == 200


def test_a_passer_by_enrols_nothing(browse):
    assert browse().get("/kode/").url == "/masuk/?next=/kode/"
    assert not TOTPDevice.objects.exists()
