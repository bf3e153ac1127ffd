"""One-time links: expired, reused, tampered and foreign ones are refused with a sentence, and looking uses nothing up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from monitoring.referrals.links import ReferralLink, fingerprint, token_of
from monitoring.referrals.models import Referral, ReferralStep
from ppks.accounts.models import User
from ppks.audit.models import Look
from tests.factories import ConsentFactory
from tests.office import door, refused, sql
from tests.referrals import ReferralFactory, answered, linked, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@pytest.fixture
def referral(ngatini, officer):
    return ReferralFactory(consent=ConsentFactory(person=ngatini), by=officer)


def address(link: ReferralLink) -> str:
    return reverse("referral_answer", args=[token_of(link.key)])


def accept(browser, link: ReferralLink):
    return browser.post(address(link), {"answer": "accept", "note": ""})


def heading(answer) -> tuple[int, str]:
    return answer.status_code, answer.context["heading"]


def test_looking_at_the_address_uses_nothing_up_and_shows_nobody(referral, browse):
    link, browser = linked(referral), browse()

    pages = [browser.get(address(link)) for _ in range(3)]

    assert {page.status_code for page in pages} == {200}
    assert "Ngatini" not in pages[0].content.decode()
    assert referral.asked not in pages[0].content.decode()
    link.refresh_from_db()
    assert (link.opened_at, link.used_at, Look.objects.count()) == (None, None, 0)


def test_pressing_the_button_shows_what_is_consented_to_and_is_written_down(referral, browse):
    link = linked(referral)

    page = browse().post(address(link)).content.decode()

    assert "Ngatini" in page
    assert referral.asked in page
    link.refresh_from_db()
    assert (link.opened_at is not None, link.used_at) == (True, None)
    look = Look.objects.get()
    assert (look.subject, look.reason) == (referral.person.identity_id, f"lewat tautan, {referral.office}")


def test_an_answer_by_link_is_a_step_that_says_so(referral, browse, officer):
    answer = accept(browse(), linked(referral))

    referral.refresh_from_db()
    step = ReferralStep.objects.get()
    assert (answer.status_code, referral.status, step.move, step.by) == (
        200,
        "accepted",
        "accept",
        User.objects.system(),
    )
    assert f"lewat tautan, {referral.office}" in browse(officer).get(f"/rujukan/{referral.pk}/").content.decode()
    titles = [event.by for event in browse(officer).get(f"/klien/{referral.person_id}/riwayat/").context["events"]]
    assert f"lewat tautan, {referral.office}" in titles


def test_who_accepted_gets_a_link_to_tell_what_came_of_it(referral, browse):
    browser = browse()
    following = accept(browser, linked(referral)).context["following"]

    browser.post(following)
    browser.post(following, {"answer": "done", "note": "Lulus pelatihan."})

    referral.refresh_from_db()
    assert (referral.status, referral.steps.last().note) == ("done", "Lulus pelatihan.")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"answer": "", "note": ""}, "answer"),
        ({"answer": "done", "note": "x"}, "answer"),
        ({"answer": "withdraw", "note": "x"}, "answer"),
        ({"answer": "reject", "note": "  "}, "note"),
        ({"answer": "reject", "note": "a\x00b"}, "note"),
        ({"answer": "reject", "note": "x" * 1001}, "note"),
    ],
)
def test_an_answer_that_cannot_be_taken_is_said_at_its_field_and_uses_nothing_up(referral, browse, typed, field):
    link = linked(referral)

    answer = browse().post(address(link), typed)

    link.refresh_from_db()
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])
    assert (link.used_at, Referral.objects.get().status) == (None, "sent")


def test_a_used_link_is_refused(referral, browse):
    link, browser = linked(referral), browse()
    accept(browser, link)

    again = [browser.get(address(link)), accept(browser, link), browser.post(address(link))]

    assert [heading(answer) for answer in again] == [(410, "Tautan ini sudah dipakai")] * 3
    assert ReferralStep.objects.count() == 1


def test_an_expired_link_is_refused(referral, browse):
    link = linked(referral, lasts=timedelta(seconds=-1))

    assert heading(browse().get(address(link))) == (410, "Tautan ini sudah kedaluwarsa")
    assert heading(accept(browse(), link)) == (410, "Tautan ini sudah kedaluwarsa")
    assert Referral.objects.get().status == "sent"


@pytest.mark.parametrize(
    "change", [lambda token: token[:-1], lambda token: "10"[token[0] == "1"] + token[1:], lambda token: token + "a"]
)
def test_a_tampered_link_is_refused(referral, browse, change):
    token = change(token_of(linked(referral).key))
    browser, link = browse(), reverse("referral_answer", args=[token])

    assert heading(browser.get(link)) == (404, "Tautan ini tidak dikenal")
    assert heading(browser.post(link, {"answer": "accept"})) == (404, "Tautan ini tidak dikenal")


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "../../klien", "'; drop table clients_person; --"])
def test_what_is_no_link_at_all_is_refused(browse, token):
    assert browse().get(f"/jawab/{token}/").status_code == 404


def test_a_link_signed_elsewhere_is_refused(referral, browse):
    key = linked(referral).key
    elsewhere = Signer(key="another installation", salt="referrals.link", sep=".").sign(key.hex)

    assert heading(browse().get(reverse("referral_answer", args=[elsewhere]))) == (404, "Tautan ini tidak dikenal")


def test_a_signed_key_that_was_never_given_out_is_refused(referral, browse):
    assert heading(browse().get(reverse("referral_answer", args=[token_of(uuid4())]))) == (
        404,
        "Tautan ini tidak dikenal",
    )


def test_a_link_answers_its_own_referral_and_no_other(referral, browse):
    other = ReferralFactory(consent=referral.consent)

    accept(browse(), linked(referral))

    assert (Referral.objects.get(pk=other.pk).status, other.steps.count()) == ("sent", 0)


def test_a_newer_link_replaces_an_older_one(referral, browse):
    old, new = linked(referral), linked(referral)

    assert heading(browse().get(address(old))) == (410, "Tautan ini sudah diganti")
    assert browse().get(address(new)).status_code == 200


def test_an_answer_by_account_ends_the_link(referral, browse, partner):
    link = linked(referral)
    answered(referral, "accept", by=partner)

    assert heading(accept(browse(), link)) == (410, "Rujukan ini sudah berubah")


def test_taking_the_consent_back_ends_the_link_at_once(referral, browse):
    link, browser = linked(referral), browse()
    browser.post(address(link))

    withdrawn(referral.consent)

    answers = [browser.get(address(link)), browser.post(address(link)), accept(browser, link)]
    assert [heading(answer) for answer in answers] == [(410, "Data ini tidak lagi dibuka")] * 3
    assert all("Ngatini" not in answer.content.decode() for answer in answers)


def test_only_a_fingerprint_is_stored(referral):
    link = linked(referral)
    stored = " ".join(str(value) for value in sql("select * from referrals_referrallink")[0])

    assert token_of(link.key) not in stored
    assert fingerprint(token_of(link.key)) in stored


def test_an_officer_makes_a_link_and_reads_letter_code_and_message(referral, browse, officer):
    browser = browse(officer)

    answer = browser.post(f"/rujukan/{referral.pk}/tautan/", follow=True)

    page, link = answer.content.decode(), ReferralLink.objects.get()
    assert answer.redirect_chain[-1][0] == f"/rujukan/{referral.pk}/surat/"
    assert address(link) in page
    assert "<svg" in page
    assert "https://wa.me/" in page
    assert "Ngatini" not in page
    assert browser.get(f"/rujukan/{referral.pk}/surat/").status_code == 200  # shown again, without a new one
    assert ReferralLink.objects.count() == 1


def test_there_is_no_link_for_what_is_over(referral, browse, officer, partner):
    answered(referral, "reject", by=partner)

    answer = browse(officer).post(f"/rujukan/{referral.pk}/tautan/", follow=True)

    assert "Rujukan ini sudah berubah" in answer.content.decode()
    assert not ReferralLink.objects.exists()


def test_nobody_forges_that_a_link_was_used(referral, officer):
    linked(referral)

    with door(officer, write=True), refused("permission denied for table referrals_referrallink"):
        sql("update referrals_referrallink set used_at = now()")


def test_a_made_up_link_for_a_state_that_does_not_hold_is_refused(referral, officer):
    with door(officer, write=True), refused("Rujukan ini sudah berubah"):
        ReferralLink.objects.create(token_hash="x", referral=referral, version=3, by=officer, expires_at=timezone.now())
