"""NIK and KK: masked on every page of every role; whole on one page only, for a reason, written down with it."""

import pytest

from ppks.audit.models import Look
from tests.about import about
from tests.addresses import KNOWN, address, text_of
from tests.factories import StayFactory
from tests.people import ONE_A_ROLE, member

pytestmark = pytest.mark.django_db

NIK, KK = "3522015708720001", "3522011203080002"
REASON = "Untuk permohonan kartu ATM di bank."


def ask(browser, person, reason=REASON):
    return browser.post(f"/klien/{person.pk}/nik/", {"reason": reason})


def test_a_reason_shows_both_numbers_once(browse, officer, ngatini):
    browser = browse(officer)

    shown, afterwards = (
        ask(browser, ngatini).content.decode(),
        browser.get(f"/klien/{ngatini.pk}/nik/").content.decode(),
    )

    assert (NIK in shown, KK in shown) == (True, True)
    assert (NIK in afterwards, KK in afterwards) == (False, False)


def test_it_is_written_down_with_the_reason(browse, officer, ngatini):
    ask(browse(officer), ngatini)

    assert Look.objects.filter(reason=REASON).values_list("user", "subject", "page").get() == (
        officer.pk,
        ngatini.identity_id,
        "person_reveal",
    )


@pytest.mark.parametrize("reason", ["", "   ", "perlu", "         x"])
def test_without_a_true_reason_nothing_is_shown(browse, officer, ngatini, reason):
    answer = ask(browse(officer), ngatini, reason)

    text = answer.content.decode()
    assert (answer.status_code, NIK in text, KK in text) == (422, False, False)


@pytest.mark.parametrize("username", [name for name in ONE_A_ROLE if name not in {"provinsi", "bojonegoro"}])
def test_only_registry_staff_may_ask(browse, ngatini, username):
    assert ask(browse(member(username)), ngatini).status_code == 403


def test_the_page_with_the_numbers_is_never_stored(browse, officer, ngatini):
    assert "no-store" in ask(browse(officer), ngatini).headers["Cache-Control"]


@pytest.mark.long
@pytest.mark.parametrize("username", ["provinsi", "verifikator", "bojonegoro", "kadinsos.bojonegoro", "upt", "auditor"])
def test_no_other_page_and_no_file_shows_a_whole_number(browse, ngatini, tailoring, username):
    StayFactory(person=ngatini)
    user = member(username)
    browser, whom, told = browse(user), about(tailoring, user), {}

    for name in KNOWN:
        text = text_of(browser.get(address(name, whom)))
        told[name] = [number for number in (NIK, KK, NIK[:6], NIK[-6:], KK[:6], KK[-6:]) if number in text]

    assert {name: numbers for name, numbers in told.items() if numbers} == {}


def test_the_list_and_the_page_show_the_mask(browse, officer, ngatini):
    browser = browse(officer)

    pages = [browser.get(place).content.decode() for place in ("/klien/", f"/klien/{ngatini.pk}/")]

    assert ["3522********0001" in page for page in pages] == [True, True]
