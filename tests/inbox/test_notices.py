"""Notices: once a key and reader, for the reader's eyes alone, counted at the bell, read by opening."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from ppks.inbox.models import Notice
from ppks.inbox.sending import Everybody, notify
from ppks.kit.doors import PasserBy, entered
from tests.office import bare, door, refused, sql
from tests.people import BOJONEGORO, OTHER_OFFICE, OWN_OFFICE, TUBAN, member, office

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

TEXT = "Rujukan sudah 14 hari tidak dijawab."


def send(by, to, key: str = "referral:1:silent", **more) -> int:
    with door(by, write=True):
        return notify(key=key, to=to, text=TEXT, **{"url": "person_list"} | more)


def readers() -> list[str]:
    return sorted(Notice.objects.values_list("user__username", flat=True))


def test_a_notice_reaches_its_reader_once_however_often_it_is_sent(officer, province):
    counts = [send(province, officer) for _ in range(3)]

    assert (counts, readers()) == ([1, 0, 0], ["bojonegoro"])


def test_another_stage_is_another_notice(officer, province):
    assert [send(province, officer, key=f"referral:1:{stage}") for stage in ("silent", "late")] == [1, 1]


def test_everybody_of_a_role_at_a_place_gets_it_and_nobody_else(officer, stranger, regional_head, province):
    assert send(province, Everybody("officer", BOJONEGORO)) == 1
    assert readers() == ["bojonegoro"]


def test_partners_of_an_office_get_it(partner, province):
    member("mitra.lain")

    send(province, Everybody("partner", office(OWN_OFFICE).pk))

    assert readers() == ["mitra"]


def test_without_a_place_all_of_the_role_get_it(officer, stranger, province):
    assert send(province, [Everybody("officer"), province]) == 3


def test_the_id_of_another_kind_of_place_is_no_place(officer, partner, province):
    assert send(province, Everybody("officer", office(OWN_OFFICE).pk)) == 0


def test_who_is_switched_off_gets_nothing(province):
    member("bojonegoro", is_active=False)

    assert send(province, Everybody("officer", BOJONEGORO)) == 0


@pytest.mark.parametrize("sender", ["bojonegoro", "provinsi", "upt", "mitra"])
def test_every_office_may_send(officer, sender):
    assert send(member(sender), officer) == 1


@pytest.mark.parametrize("sender", ["auditor", "admin"])
def test_who_only_looks_on_sends_nothing(officer, sender):
    with pytest.raises(DatabaseError, match="permission denied for function inbox_notify"):
        send(member(sender), officer)


def test_a_passer_by_sends_nothing(officer):
    refusal = pytest.raises(DatabaseError, match="permission denied for function inbox_notify")
    with bare(), refusal, entered(PasserBy(), write=True):
        notify(key="x", to=officer, text=TEXT)


def test_nobody_writes_one_past_the_function(officer, province):
    with door(province, write=True), refused("permission denied for table inbox_notice"):
        sql(
            "insert into inbox_notice (user_id, key, text, url_name, url_args, made_at) values (1, 'a', 'b', '', '{}', now())"
        )


def test_nobody_sees_or_reads_what_is_for_somebody_else(officer, stranger, province):
    send(province, officer)

    with door(stranger, write=True):
        assert (Notice.objects.count(), Notice.objects.update(read_at="2026-01-01T00:00+07")) == (0, 0)
        with refused("permission denied for table inbox_notice"):
            sql("update inbox_notice set text = 'lain'")


def test_the_bell_counts_what_is_unread_and_leads_to_it(browse, officer, province):
    for stage in ("a", "b"):
        send(province, officer, key=stage)
    browser = browse(officer)

    html = browser.get("/klien/").content.decode()

    assert 'href="/kotak-masuk/?dibaca=belum" data-figure="2"' in html
    assert browser.get("/kotak-masuk/?dibaca=belum").context["list"].pager.total == 2


def test_the_bell_is_silent_when_nothing_is_unread(browse, officer):
    html = browse(officer).get("/klien/").content.decode()

    assert 'href="/kotak-masuk/"' in html
    assert 'class="iconbtn bell" href="/kotak-masuk/" aria-label="Kotak masuk"' in html


@pytest.mark.parametrize("address", ["/sandi/", "/masuk/"])
def test_there_is_no_bell_outside_the_doors(browse, officer, address):
    assert "kotak-masuk" not in browse(officer).get(address, follow=False).content.decode()


def test_opening_reads_it_and_leads_to_the_page_it_is_about(browse, officer, province, tailoring):
    send(province, officer, url="person_detail", args=[tailoring.person.pk])
    notice, browser = Notice.objects.get(), browse(officer)

    answer = browser.post(reverse("notice_open", args=[notice.pk]))

    assert answer.url == f"/klien/{tailoring.person.pk}/"
    first = Notice.objects.get().read_at
    browser.post(reverse("notice_open", args=[notice.pk]))
    assert Notice.objects.get().read_at == first is not None


def test_a_notice_whose_page_is_gone_leads_back(browse, officer, province):
    send(province, officer, url="no_such_page")
    browser = browse(officer)

    assert browser.get("/kotak-masuk/").status_code == 200
    assert browser.post(reverse("notice_open", args=[Notice.objects.get().pk])).url == "/kotak-masuk/"


def test_somebody_elses_notice_is_not_found(browse, officer, stranger, province):
    send(province, officer)

    assert browse(stranger).post(reverse("notice_open", args=[Notice.objects.get().pk])).status_code == 404
    assert Notice.objects.get().read_at is None


def test_all_are_read_at_once(browse, officer, stranger, province):
    send(province, [officer, stranger])

    browse(officer).post("/kotak-masuk/dibaca/")

    assert {notice.user: notice.read_at is not None for notice in Notice.objects.all()} == {
        officer: True,
        stranger: False,
    }


def test_the_newest_stands_first_page_after_page(browse, officer, province):
    for number in range(60):
        send(province, officer, key=str(number))
    browser, seen, address = browse(officer), [], "/kotak-masuk/"
    while address:
        page = browser.get(address).context["list"]
        seen += [notice.key for notice in page.rows]
        address = page.pager.next_url

    assert seen == [str(number) for number in reversed(range(60))]


@pytest.mark.parametrize("number", [1, 50])
def test_the_inbox_asks_as_much_for_many_as_for_one(browse, officer, province, number, django_assert_num_queries):
    for each in range(number):
        send(province, officer, key=str(each))
    browser = browse(officer)
    browser.get("/kotak-masuk/")
    with django_assert_num_queries(12):
        browser.get("/kotak-masuk/")


def test_places_are_those_of_the_cast(officer, stranger):
    assert (officer.reach, stranger.reach) == ([BOJONEGORO], [TUBAN])
    assert member("mitra.lain").reach == [office(OTHER_OFFICE).pk]
