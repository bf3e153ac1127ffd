"""Consent per purpose: given in words that are kept, by a way that can be proven, taken back at once, never rewritten."""

import hashlib
from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from clients.consent_texts import TEXTS, Purpose, current, text_of
from clients.consents import Consent, ConsentWithdrawal, has_consent, people_with_consent
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import ConsentFactory, PersonFactory
from tests.monitoring.typing import photo
from tests.office import OfficeBrowser, door, refused

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

KEY = "0192f0c1-0000-7000-8000-0000000000c1"
PINNED = {  # what was read out to people; other words are a new version
    ("grant", 1): "8a3cf00b9768359d",
    ("publish", 1): "9482e21edec00a0e",
    ("share", 1): "1c1793d7104933d4",
}


def ago(days: int) -> date:
    return dates.today() - timedelta(days=days)


def taken_back(consent: Consent, on: date | None = None) -> ConsentWithdrawal:
    return ConsentWithdrawal.objects.create(
        consent=consent, withdrawn_on=on or dates.today(), reason="Diminta", by=consent.by
    )


def typed(**changes) -> dict:
    honest = {
        "key": KEY,
        "text_version": "1",
        "shared": ["name", "phone"],
        "way": "written",
        "given_on": dates.long(dates.today()),
    }
    return {name: value for name, value in (honest | changes).items() if value is not None}


def give_url(person, purpose: str = "share") -> str:
    return reverse("consent_give", args=[person.pk, purpose])


def withdraw_url(consent) -> str:
    return reverse("consent_withdraw", args=[consent.pk])


def test_words_that_somebody_agreed_to_never_change():
    told = {
        (purpose.value, text.version): hashlib.sha256("\n".join(text.paragraphs).encode()).hexdigest()[:16]
        for purpose, texts in TEXTS.items()
        for text in texts
    }

    assert told == PINNED


@pytest.mark.parametrize("purpose", Purpose)
def test_versions_count_up_and_the_last_is_read_out(purpose):
    assert [text.version for text in TEXTS[purpose]] == [*range(1, len(TEXTS[purpose]) + 1)]
    assert current(purpose) is TEXTS[purpose][-1]


@pytest.mark.parametrize(("purpose", "version"), [("share", 99), ("share", 0), ("selling", 1)])
def test_a_text_that_never_was_is_none(purpose, version):
    with pytest.raises(KeyError):
        text_of(purpose, version)


def test_a_consent_holds_from_its_day_until_it_is_taken_back(ngatini):
    taken_back(ConsentFactory(person=ngatini, given_on=ago(20)), ago(5))

    held = {days: has_consent(ngatini, "share", ago(days)) for days in (21, 20, 6, 5, 0)}

    assert held == {21: False, 20: True, 6: True, 5: False, 0: False}


def test_one_purpose_says_nothing_of_another(ngatini):
    ConsentFactory(person=ngatini, purpose="grant")

    assert [has_consent(ngatini, purpose, dates.today()) for purpose in ("grant", "share", "publish")] == [
        True,
        False,
        False,
    ]


def test_nor_one_person_of_another(ngatini, marsinah):
    ConsentFactory(person=ngatini)

    assert people_with_consent([ngatini, marsinah], "share", dates.today()) == {ngatini.pk}


def test_a_later_word_takes_the_place_of_an_earlier_one(ngatini):
    ConsentFactory(person=ngatini, given_on=ago(20), shared=["name", "phone"])
    later = ConsentFactory(person=ngatini, given_on=ago(3), shared=["name"])

    assert Consent.objects.in_force("share", dates.today()).get() == later
    assert Consent.objects.in_force("share", ago(4)).get().shared == ["name", "phone"]


def test_taking_back_the_later_word_does_not_revive_the_earlier(ngatini):
    ConsentFactory(person=ngatini, given_on=ago(20))
    taken_back(ConsentFactory(person=ngatini, given_on=ago(3)), dates.today())

    assert not has_consent(ngatini, "share", dates.today())


def test_who_took_it_back_may_agree_anew_on_the_same_day(ngatini):
    taken_back(ConsentFactory(person=ngatini))
    ConsentFactory(person=ngatini)

    assert has_consent(ngatini, "share", dates.today())


class InForce(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(st.integers(0, 6), st.none() | st.integers(0, 6)), max_size=5), st.integers(0, 7))
    def test_at_most_one_holds_and_it_is_the_newest_word(self, told, days):
        """Compared with the rule as a clerk would apply it to the sheets of paper."""
        person, papers = PersonFactory(), []
        for given_ago, back_ago in told:
            paper = ConsentFactory(person=person, given_on=ago(given_ago))
            back = min(back_ago, given_ago) if back_ago is not None else None
            if back is not None:
                taken_back(paper, ago(back))
            papers.append((ago(given_ago), paper.pk, None if back is None else ago(back)))
        on = ago(days)
        known = sorted(paper for paper in papers if paper[0] <= on)
        newest = known[-1] if known else None
        expected = [newest[1]] if newest and (newest[2] is None or newest[2] > on) else []

        assert [*Consent.objects.in_force("share", on).values_list("pk", flat=True)] == expected


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"shared": []}, "consent_says_what_is_shared"),
        ({"purpose": "grant", "shared": ["name"]}, "consent_says_what_is_shared"),
        ({"shared": ["nik"]}, "consent_shares_known_data"),
        ({"purpose": "selling", "shared": []}, "consent_is_for_a_known_purpose"),
        ({"way": "spoken"}, "consent_way_has_its_witness"),
        ({"way": "signed"}, "consent_way_has_its_witness"),
        ({"way": "thumbprint"}, "consent_way_has_its_witness"),
        ({"guardian": "Sumarni"}, "consent_guardian_is_related"),
        ({"given_on": dates.today() + timedelta(days=2)}, "consent_not_in_the_future"),
    ],
)
def test_a_consent_that_could_not_be_proven_is_not_stored(ngatini, fields, constraint):
    with refused() as refusal:
        ConsentFactory(person=ngatini, **fields)

    assert refusal.value.__cause__.diag.constraint_name == constraint


@pytest.mark.parametrize(("days", "constraint"), [(21, "after_consent"), (-1, "not_in_the_future")])
def test_a_withdrawal_lies_between_the_consent_and_today(ngatini, days, constraint):
    consent = ConsentFactory(person=ngatini, given_on=ago(20))

    with refused() as refusal:
        taken_back(consent, ago(days))

    assert refusal.value.__cause__.diag.constraint_name == f"consent_withdrawal_{constraint}"


def test_nobody_records_a_consent_in_anothers_name(ngatini, officer, province):
    with door(officer, write=True), refused("atas nama sendiri"):
        Consent.objects.create(
            person=ngatini, purpose="grant", text_version=1, way="written", given_on=dates.today(), by=province
        )


def test_an_officer_records_what_was_agreed_to(ngatini, browse, officer):
    answer = browse(officer).post(give_url(ngatini), typed(way="spoken", witness=" Sumini "))

    made = Consent.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/klien/{ngatini.pk}/persetujuan/")
    assert (made.person, made.purpose, made.text_version, made.shared) == (ngatini, "share", 1, ["name", "phone"])
    assert (made.way, made.witness, made.given_on, made.by) == ("spoken", "Sumini", dates.today(), officer)


def test_the_same_form_sent_twice_is_one_consent(ngatini, browse, officer):
    browser = browse(officer)

    answers = [browser.post(give_url(ngatini), typed()).status_code for _ in range(2)]

    assert (answers, Consent.objects.count()) == ([302, 302], 1)


def test_a_scan_is_kept_with_the_consent_for_those_who_reach_the_person(ngatini, browse, officer, stranger):
    browser = browse(officer)

    for _ in range(2):
        browser.post(give_url(ngatini), typed(scan=photo()))

    made = Consent.objects.get()
    assert (made.scan.region_id, made.scan.subjects) == (ngatini.region_id, [ngatini.identity_id])
    page = browser.get(f"/klien/{ngatini.pk}/persetujuan/").content.decode()
    assert f"/berkas/{made.scan_id}/" in page
    statuses = [browse(user).get(f"/berkas/{made.scan_id}/").status_code for user in (officer, stranger)]
    assert statuses == [200, 404]


def test_what_is_no_photo_and_no_pdf_is_no_scan(ngatini, browse, officer):
    answer = browse(officer).post(give_url(ngatini), typed(scan=photo(b"MZ program", name="formulir.pdf")))

    assert (answer.status_code, [*answer.context["form"].errors], Consent.objects.count()) == (422, ["scan"], 0)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"shared": []}, "shared", "Pilih paling sedikit satu data yang boleh diperlihatkan."),
        ({"shared": ["nik"]}, "shared", None),
        ({"way": None}, "way", "Pilih caranya."),
        ({"way": "thumbprint"}, "witness", "Tulis nama saksinya."),
        ({"way": "thumbprint", "witness": "   "}, "witness", "Tulis nama saksinya."),
        ({"witness": "S\x00"}, "witness", None),
        ({"witness": "x" * 200}, "witness", None),
        ({"guardian": "Sumarni"}, "guardian_relation", "Tulis hubungan wali dengan orangnya."),
        ({"given_on": ""}, "given_on", "Isi tanggal persetujuan."),
        ({"given_on": "31 Februari 2026"}, "given_on", None),
        ({"given_on": "1 Januari 2019"}, "given_on", "Teks ini dipakai sejak 1 Januari 2026."),
        (
            {"text_version": "7"},
            "text_version",
            "Teks persetujuan sudah diganti. Buka halaman ini lagi dan bacakan teks yang baru.",
        ),
    ],
)
def test_what_cannot_be_stored_is_said_at_its_field(ngatini, officer, changes, field, sentence):
    answer = OfficeBrowser(officer).post(give_url(ngatini), typed(**changes))

    assert (answer.status_code, Consent.objects.count()) == (422, 0)
    assert [*answer.context["form"].errors] == [field]
    assert sentence is None or answer.context["form"].errors[field] == [sentence]


def test_a_day_to_come_is_said_at_its_field(ngatini, browse, officer):
    answer = browse(officer).post(give_url(ngatini), typed(given_on=dates.long(dates.today() + timedelta(days=1))))

    assert answer.context["form"].errors == {"given_on": ["Tanggal persetujuan tidak boleh sesudah hari ini."]}


@pytest.mark.parametrize(("years", "asked"), [(17, True), (18, False)])
def test_for_a_minor_the_guardian_is_asked(browse, officer, years, asked):
    born = date(dates.today().year - years, dates.today().month, 1)
    person = PersonFactory(birth_date=born)

    answer = browse(officer).post(give_url(person), typed())

    assert (answer.status_code == 422, Consent.objects.exists()) == (asked, not asked)


def test_a_purpose_that_shares_nothing_asks_no_kinds_of_data(ngatini, browse, officer):
    browse(officer).post(give_url(ngatini, "grant"), typed())

    assert (Consent.objects.get().purpose, Consent.objects.get().shared) == ("grant", [])


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_purpose_that_does_not_exist_is_not_found(ngatini, browse, officer, method):
    assert getattr(browse(officer), method)(give_url(ngatini, "selling"), typed()).status_code == 404


def test_taking_back_holds_at_once_and_is_told(ngatini, browse, officer):
    consent = ConsentFactory(person=ngatini)
    browser = browse(officer)

    browser.post(withdraw_url(consent), {"withdrawn_on": dates.long(dates.today()), "reason": "Diminta lewat telepon"})

    assert not has_consent(ngatini, "share", dates.today())
    page = browser.get(f"/klien/{ngatini.pk}/persetujuan/").content.decode()
    assert "Dicabut" in page
    assert "Diminta lewat telepon" in page
    titles = [event.title for event in browser.get(f"/klien/{ngatini.pk}/riwayat/").context["events"]]
    assert [title for title in titles if "mitra" in title] == [
        "Persetujuan dicabut: berbagi data dengan kantor mitra",
        "Setuju: berbagi data dengan kantor mitra",
    ]


def test_what_is_taken_back_already_cannot_be_taken_back_again(ngatini, browse, officer):
    consent = ConsentFactory(person=ngatini)
    form = {"withdrawn_on": dates.long(dates.today()), "reason": "Diminta lewat telepon"}
    browser = browse(officer)

    answers = [browser.post(withdraw_url(consent), form).status_code for _ in range(2)]

    assert (answers, ConsentWithdrawal.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"withdrawn_on": "1 Januari 2020"}, "withdrawn_on"),
        ({"withdrawn_on": ""}, "withdrawn_on"),
        ({"reason": " "}, "reason"),
        ({"reason": "a\x00bcdef"}, "reason"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_a_withdrawal_that_cannot_be_stored_is_said_at_its_field(ngatini, browse, officer, changes, field):
    consent = ConsentFactory(person=ngatini)
    form = {"withdrawn_on": dates.long(dates.today()), "reason": "Diminta"} | changes

    answer = browse(officer).post(withdraw_url(consent), form)

    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])
    assert not ConsentWithdrawal.objects.exists()


@pytest.mark.parametrize("number", [0, 12])
def test_the_tab_asks_as_much_for_many_consents_as_for_none(
    ngatini, browse, officer, number, django_assert_max_num_queries
):
    for _ in range(number):
        taken_back(ConsentFactory(person=ngatini))
    browser = browse(officer)
    browser.get(f"/klien/{ngatini.pk}/persetujuan/")
    with django_assert_max_num_queries(18):
        browser.get(f"/klien/{ngatini.pk}/persetujuan/")


def test_a_unit_reads_the_consents_of_its_people_and_records_none(ngatini, upt_officer, browse):
    assert User.objects.get(pk=upt_officer.pk).has_perm("clients.view_person")
    assert browse(upt_officer).post(give_url(ngatini), typed()).status_code == 403
