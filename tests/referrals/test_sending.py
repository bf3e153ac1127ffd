"""Sending a referral: only with consent, only what it allows, once however often the form is sent; lists, days and reminders."""

from datetime import timedelta

import pytest
from django.urls import reverse

from monitoring.referrals import lists
from monitoring.referrals.models import Referral
from monitoring.referrals.periodic import escalate
from ppks.accounts.models import User
from ppks.inbox.models import Notice
from ppks.kit import dates, prepared
from tests.crawling import Page, rows_of_csv, rows_of_xlsx
from tests.factories import BusinessFactory, ConsentFactory
from tests.office import bare, door, refused
from tests.people import BOJONEGORO, OTHER_OFFICE, OWN_OFFICE, office
from tests.referrals import ReferralFactory, answered, sent_ago, withdrawn

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

KEY = "0192f0c1-0000-7000-8000-0000000000d1"


@pytest.fixture
def consent(ngatini):
    return ConsentFactory(person=ngatini, shared=["name", "phone"])


def typed(**changes) -> dict:
    honest = {
        "key": KEY,
        "office": str(office(OWN_OFFICE).pk),
        "kind": "training",
        "asked": "Mohon pelatihan menjahit.",
        "business": "",
        "shared": ["name"],
        "step": "store",
    }
    return honest | changes


def send(browser, person, **changes):
    return browser.post(reverse("referral_send", args=[person.pk]), typed(**changes))


def test_an_officer_refers_with_consent_and_the_partner_is_told(consent, ngatini, browse, officer, partner):
    answer = send(browse(officer), ngatini)

    made = Referral.objects.get()
    assert answer.url == f"/rujukan/{made.pk}/"
    assert (made.person, made.office, made.kind, made.shared) == (ngatini, office(OWN_OFFICE), "training", ["name"])
    assert (made.consent, made.region_id, made.sent_on, made.by) == (consent, BOJONEGORO, dates.today(), officer)
    assert [notice.user for notice in Notice.objects.all()] == [partner]
    assert "Ngatini" not in Notice.objects.get().text


def test_it_is_checked_before_it_is_sent(consent, ngatini, browse, officer):
    page = send(browse(officer), ngatini, step="check")

    assert (page.status_code, Referral.objects.count()) == (200, 0)
    assert "Periksa sebelum dikirim" in page.content.decode()
    assert ("shared", "name") in page.context["answers"]


def test_the_same_form_sent_twice_is_one_referral(consent, ngatini, browse, officer):
    answers = [send(browse(officer), ngatini).status_code for _ in range(2)]

    assert (answers, Referral.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize("ended", [False, True])
def test_without_consent_the_page_says_so_and_sends_nothing(ngatini, browse, officer, ended):
    if ended:
        withdrawn(ConsentFactory(person=ngatini))
    page = browse(officer).get(reverse("referral_send", args=[ngatini.pk]))

    assert "Belum dapat dirujuk" in page.content.decode()
    assert f"/klien/{ngatini.pk}/persetujuan/share/" in page.content.decode()
    assert (send(browse(officer), ngatini).status_code, Referral.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"office": ""}, "office"),
        ({"office": "999999"}, "office"),
        ({"kind": "money"}, "kind"),
        ({"asked": "x"}, "asked"),
        ({"asked": "x" * 1001}, "asked"),
        ({"asked": "Mohon\x00 pelatihan"}, "asked"),
        ({"shared": []}, "shared"),
        ({"shared": ["name", "address"]}, "shared"),
        ({"key": "nope"}, "key"),
    ],
)
def test_what_cannot_be_sent_is_said_at_its_field(consent, browse, officer, changes, field):
    answer = send(browse(officer), consent.person, **changes)

    assert (answer.status_code, [*answer.context["form"].errors], Referral.objects.count()) == (422, [field], 0)


def test_a_business_of_somebody_else_is_no_choice(consent, ngatini, fishery, browse, officer):
    answer = send(browse(officer), ngatini, business=str(fishery.pk))

    assert [*answer.context["form"].errors] == ["business"]


def test_the_database_takes_no_referral_without_consent(consent, ngatini, marsinah, officer):
    values = {
        "office": office(OWN_OFFICE),
        "kind": "work",
        "asked": "Mohon kerja.",
        "sent_on": dates.today(),
        "by": officer,
    }
    foreign, system = ConsentFactory(person=marsinah), User.objects.system()
    other = BusinessFactory(person=marsinah)
    with door(officer, write=True):
        for shared, under in ((["address"], consent), (["name"], foreign)):
            with refused("tidak .lagi. setuju"):
                Referral.objects.create(**values, person=ngatini, consent=under, shared=shared)
        with refused("atas nama sendiri"):
            Referral.objects.create(**values | {"by": system}, person=ngatini, consent=consent, shared=["name"])
        with refused("bukan usaha orang ini"):
            Referral.objects.create(**values, person=ngatini, consent=consent, shared=["name"], business=other)


def test_a_day_that_is_told_is_not_believed(consent):
    sent = ReferralFactory(consent=consent, sent_on=dates.today() - timedelta(days=99))

    assert sent.sent_on == dates.today()


@pytest.fixture
def some(consent, partner):
    """One of each state; the silent one for fourteen days."""
    made = {name: ReferralFactory(consent=consent) for name in ("sent", "late", "accepted", "rejected", "done")}
    sent_ago(made["late"], 14)
    sent_ago(made["sent"], 13)
    answered(made["accepted"], "accept", by=partner)
    answered(made["rejected"], "reject", by=partner)
    answered(sent_ago(made["done"], 5), "accept", "done", by=partner)
    return {name: Referral.objects.get(pk=row.pk) for name, row in made.items()}


def counts(page) -> dict[str, int]:
    return {tab["label"]: tab["count"] for tab in page.context["tabs"]}


ONE_EACH = {"Semua": 5, "Menunggu": 1, "Terlambat": 1, "Diterima": 1, "Ditolak": 1, "Selesai": 1, "Ditarik": 0}


@pytest.mark.parametrize("username", ["officer", "province", "auditor", "partner", "regional_head"])
def test_fourteen_days_of_silence_are_late_without_any_clock(some, browse, request, username):
    browser = browse(request.getfixturevalue(username))
    page = browser.get("/rujukan/")

    assert counts(page) == ONE_EACH
    for tab in page.context["tabs"]:
        assert browser.get(tab["url"]).context["list"].pager.total == tab["count"]
    assert [line.referral for line in browser.get("/rujukan/?keadaan=terlambat").context["rows"]] == [some["late"]]


def test_an_earlier_day_is_told_as_it_stood(some, browse, officer):
    day = (dates.today() - timedelta(days=1)).isoformat()

    assert counts(browse(officer).get(f"/rujukan/?per={day}")) == dict.fromkeys(ONE_EACH, 0) | {
        "Semua": 3,
        "Menunggu": 3,
    }


def test_another_region_sees_none(some, browse, stranger):
    assert browse(stranger).get("/rujukan/").context["list"].pager.total == 0


def test_files_have_the_rows_of_the_page(some, browse, officer):
    browser = browse(officer)

    assert rows_of_csv(browser.get("/unduh/rujukan.csv?keadaan=terlambat")) == 1
    assert rows_of_xlsx(browser.get("/unduh/rujukan.xlsx")) == 5


def test_the_report_counts_what_its_links_open(some, browse, officer):
    ReferralFactory(consent=some["sent"].consent, office=office(OTHER_OFFICE))
    browser = browse(officer)

    answer = browser.get("/rujukan/kantor/")

    figures = Page(answer.content.decode()).figures
    assert len(figures) > 8
    assert [
        (figure.url, figure.figure)
        for figure in figures
        if Page(browser.get(figure.url).content.decode()).total != figure.figure
    ] == []
    assert answer.context["sentence"] == (
        "1 dari 6 rujukan 14 hari atau lebih tidak dijawab; separuh jawaban datang dalam 0 hari"
    )
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in answer.context["table"].rows}
    assert rows == {
        "Dinas Koperasi dan UKM Kab. Bojonegoro": ["5", "1", "1", "1", "1", "1", "–", "0"],
        "Dinas Tenaga Kerja Kab. Tuban": ["1", "1", "–", "–", "–", "–", "–", "–"],
        "Jumlah": ["6", "2", "1", "1", "1", "1", "–", "0"],
    }


def test_silence_is_told_once_to_sender_and_head_however_often_the_clock_comes(some, officer, regional_head):
    Referral.objects.filter(pk=some["late"].pk).update(by=officer)
    clock = User.objects.clock()
    Notice.objects.all().delete()

    said = []
    for _ in range(3):
        with bare(), door(clock, write=True):
            said.append(escalate(dates.today()))

    assert said == [f"{n} pengingat tentang rujukan yang lama tidak dijawab." for n in (2, 0, 0)]
    assert {notice.user for notice in Notice.objects.all()} == {officer, regional_head}
    assert {notice.text for notice in Notice.objects.all()} == {
        f"Rujukan nomor {some['late'].pk} ke Dinas Koperasi dan UKM Kab. Bojonegoro sudah 14 hari atau lebih tidak dijawab."
    }


def test_the_persons_page_shows_what_runs_and_the_way_to_a_new_one(some, ngatini, browse, officer, auditor):
    page = browse(officer).get(f"/klien/{ngatini.pk}/").content.decode()

    assert f"/klien/{ngatini.pk}/rujuk/" in page
    assert f"/rujukan/{some['late'].pk}/" in page
    assert f"/klien/{ngatini.pk}/rujuk/" not in browse(auditor).get(f"/klien/{ngatini.pk}/").content.decode()


def test_without_consent_the_persons_page_says_why_not(ngatini, browse, officer):
    page = browse(officer).get(f"/klien/{ngatini.pk}/").content.decode()

    assert "Belum dapat dirujuk" in page
    assert f"/klien/{ngatini.pk}/rujuk/" not in page


@pytest.mark.parametrize("number", [1, 50])
def test_the_list_asks_as_much_for_many_as_for_one(consent, browse, officer, number, django_assert_num_queries):
    for _ in range(number):
        ReferralFactory(consent=consent)
    browser = browse(officer)
    browser.get("/rujukan/")
    with django_assert_num_queries(15):
        browser.get("/rujukan/")


def test_a_tab_of_more_than_lists_count_says_so(browse, province, monkeypatch):
    for _ in range(3):
        ReferralFactory()
    monkeypatch.setattr(lists, "COUNTED_EXACTLY", 2)
    monkeypatch.setattr(prepared, "_kept", {})
    page = browse(province).get("/rujukan/").content.decode()
    assert 'Semua <span class="count">lebih dari 1.000</span>' in page
    assert 'Ditolak <span class="count">0</span>' in page
