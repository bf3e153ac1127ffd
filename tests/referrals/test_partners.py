"""What a partner office sees: what was referred to it, what was consented to, and nothing from the moment that is taken back."""

import json

import pytest
from django.urls import reverse

from clients.consent_texts import Shared
from clients.models import Disability, DisabilityKind, Person
from monitoring.referrals.models import Referral, ReferralStep
from ppks.inbox.models import Notice
from ppks.kit.roles import AUDITOR, PUBLIC, UPT, database_role
from tests.factories import ConsentFactory, visited
from tests.office import bare, column, door, refused, sql
from tests.people import OTHER_OFFICE, member, office
from tests.referrals import ReferralFactory, answered, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

PRIVATE = {
    "name": "Ngatini Sukaesih",
    "phone": "+6281234567890",
    "address": "Jalan Teuku Umar 14",
    "birth_date": "1972-08-17",
}
TOLD = {  # what each kind of data puts on the page
    "name": "Ngatini Sukaesih",
    "phone": "0812-3456-7890",
    "address": "Jalan Teuku Umar 14",
    "age": "Perempuan",
    "disability": "Tongkat ketiak",
    "business": "Permak dan jahit",
    "figures": "Rp3.333.000",
}


@pytest.fixture
def person(ngatini, tailoring):
    """Ngatini with everything that could be told of her."""
    Person.objects.filter(pk=ngatini.pk).update(**PRIVATE, name_key="ngatinisukaesih", initials="N. S.")
    Disability.objects.create(person=ngatini, kind=DisabilityKind.objects.first(), aids="Tongkat ketiak")
    visited(tailoring, 3_000_000, 3_333_000, workers=4)
    return Person.objects.get(pk=ngatini.pk)


@pytest.fixture
def referral(person, tailoring):
    return ReferralFactory(consent=ConsentFactory(person=person), business=tailoring)


def url(referral: Referral) -> str:
    return reverse("referral_detail", args=[referral.pk])


def shared_with(user, referral: Referral) -> dict | None:
    with door(user):
        found = column("select data::text from referrals_shared(%s)", [referral.pk])
    return json.loads(found[0]) if found and found[0] else None


@pytest.mark.parametrize("kind", Shared.values)
def test_each_kind_of_data_shows_only_itself(person, tailoring, browse, partner, kind):
    referral = ReferralFactory(consent=ConsentFactory(person=person), business=tailoring, shared=[kind])

    html = browse(partner).get(url(referral)).content.decode()

    assert {name for name, words in TOLD.items() if words in html} == {kind}
    assert ("N. S." in html) == (kind != "name")


def test_what_was_chosen_is_narrowed_by_a_later_consent_at_once(referral, person, partner):
    ConsentFactory(person=person, shared=["phone"])

    assert shared_with(partner, referral) == {"initials": "N. S.", "phone": "+6281234567890"}


def test_the_list_of_a_partner_names_whom_it_may_name(referral, person, browse, partner):
    unnamed = ReferralFactory(consent=referral.consent, shared=["phone"])

    rows = browse(partner).get("/rujukan/").context["rows"]

    assert [(line.referral, line.name) for line in rows] == [(referral, "Ngatini Sukaesih"), (unnamed, "N. S.")]


def test_nothing_else_of_the_person_reaches_a_partner(referral, browse, partner):
    html = browse(partner).get(url(referral)).content.decode()

    assert "3522015708720001" not in html
    assert f"/klien/{referral.person_id}/" not in html
    with door(partner):
        for table in ("clients_person", "clients_consent", "monitoring_business", "referrals_referrallink"):
            with refused(f"permission denied for table {table}"):
                sql(f"select 1 from {table}")


def test_taking_the_consent_back_empties_the_partners_view_at_once(referral, browse, partner):
    done = answered(ReferralFactory(consent=referral.consent), "accept", "done", by=partner)
    browser = browse(partner)
    assert browser.get(url(referral)).status_code == 200

    withdrawn(referral.consent)

    assert [browser.get(url(one)).status_code for one in (referral, done)] == [404, 404]
    assert browser.get("/rujukan/").context["list"].pager.total == 0
    assert browser.post(reverse("referral_move", args=[referral.pk, "accept"])).status_code == 404
    assert shared_with(partner, referral) is None
    with door(partner):  # as a view that forgot `visible_to`, and as raw SQL
        assert (Referral.objects.count(), ReferralStep.objects.count()) == (0, 0)
        assert sql("select * from referrals_referral") == []


def test_taking_it_back_ends_what_is_open_and_says_so(referral, officer, browse):
    withdrawn(referral.consent)

    referral.refresh_from_db()
    step = referral.steps.get()
    assert (referral.status, step.move, step.note) == ("withdrawn", "withdraw", "Persetujuan berbagi data dicabut.")
    assert "Persetujuan sudah dicabut" in browse(officer).get(url(referral)).content.decode()


def test_taking_it_back_by_page_does_the_same(referral, officer, browse):
    form = {"withdrawn_on": "hari ini", "reason": "Diminta lewat telepon"}
    form["withdrawn_on"] = referral.sent_on.strftime("%d-%m-%Y")

    answer = browse(officer).post(reverse("consent_withdraw", args=[referral.consent_id]), form)

    referral.refresh_from_db()
    assert (answer.status_code, referral.status, referral.steps.get().by) == (302, "withdrawn", officer)


def test_agreeing_anew_does_not_reopen_what_was_sent_before(referral, person, partner, browse):
    withdrawn(referral.consent)
    ConsentFactory(person=person)

    assert browse(partner).get(url(referral)).status_code == 404


def test_a_consent_renewed_without_a_break_keeps_it_open(referral, person, partner, browse):
    ConsentFactory(person=person)

    assert browse(partner).get(url(referral)).status_code == 200


def test_a_partner_of_another_office_finds_nothing(referral, browse):
    stranger = member("mitra.lain")
    browser = browse(stranger)

    assert browser.get(url(referral)).status_code == 404
    assert browser.post(reverse("referral_move", args=[referral.pk, "accept"])).status_code == 404
    assert browser.get("/rujukan/").context["list"].pager.total == 0
    assert shared_with(stranger, referral) is None
    with door(stranger):
        assert (Referral.objects.count(), ReferralStep.objects.count()) == (0, 0)


def test_an_officer_of_another_region_learns_nothing_by_the_function(referral, stranger, officer, province):
    assert shared_with(stranger, referral) is None
    assert shared_with(officer, referral)["name"] == shared_with(province, referral)["name"] == "Ngatini Sukaesih"


@pytest.mark.parametrize("role", [UPT, AUDITOR, PUBLIC])
def test_the_function_is_for_no_other_role(role):
    asked = "has_function_privilege(%s, 'referrals_shared(bigint[])', 'execute')"

    assert column(f"select {asked}", database_role(role)) == [False]
    assert column("select has_function_privilege(%s, 'referral_data(bigint)', 'execute')", database_role(role)) == [
        False
    ]


def test_a_partner_answers_and_the_sender_is_told(person, browse, partner, officer):
    referral = ReferralFactory(consent=ConsentFactory(person=person), by=officer)
    browser = browse(partner)

    browser.post(reverse("referral_move", args=[referral.pk, "accept"]))
    browser.post(reverse("referral_move", args=[referral.pk, "done"]), {"note": "Lulus pelatihan 40 jam."})

    referral.refresh_from_db()
    assert (referral.status, referral.answered_on, referral.closed_on) == ("done", referral.sent_on, referral.sent_on)
    assert [(step.move, step.by) for step in referral.steps.all()] == [("accept", partner), ("done", partner)]
    told = f"Rujukan nomor {referral.pk} ke {referral.office}:"
    assert sorted(Notice.objects.filter(user=officer).values_list("text", flat=True)) == [
        f"{told} diterima.",
        f"{told} selesai.",
    ]


@pytest.mark.parametrize("move", ["reject", "done"])
def test_an_answer_that_needs_words_is_not_taken_without(referral, browse, partner, move):
    answered(referral, "accept", by=partner)
    answer = browse(partner).post(reverse("referral_move", args=[referral.pk, move]), {"note": " "}, follow=True)

    assert "Tulis alasan" in answer.content.decode()
    assert Referral.objects.get().status == "accepted"


def test_a_partner_takes_nothing_back_and_sends_nothing(referral, browse, partner):
    browser = browse(partner)

    assert browser.post(reverse("referral_move", args=[referral.pk, "withdraw"]), {"note": "x"}).status_code == 403
    assert browser.post(reverse("referral_send", args=[referral.person_id])).status_code == 403
    with door(partner, write=True), refused("permission denied for table referrals_referral"):
        sql("insert into referrals_referral (asked) values ('x')")
    with door(partner, write=True), refused("Keadaan berubah hanya melalui langkah"):
        sql("update referrals_referral set version = 9")


def test_an_office_without_its_partners_is_reached_by_nobody(referral):
    Referral.objects.update(office=office(OTHER_OFFICE))

    with door(member("mitra")):
        assert Referral.objects.count() == 0


def test_outside_every_door_referrals_are_closed(referral):
    with bare(), refused("permission denied for table referrals_referral"):
        sql("select 1 from referrals_referral")


@pytest.mark.parametrize("number", [1, 30])
def test_a_partners_list_asks_as_much_for_many_as_for_one(person, browse, partner, number, django_assert_num_queries):
    consent = ConsentFactory(person=person)
    for _ in range(number):
        ReferralFactory(consent=consent)
    browser = browse(partner)
    browser.get("/rujukan/")
    with django_assert_num_queries(15):
        browser.get("/rujukan/")
