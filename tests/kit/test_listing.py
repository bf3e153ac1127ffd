"""Lists: pages by number as far as row 1,000 and by key beyond, filters of codes, and a fixed number of queries."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clients.models import Person, Stay
from monitoring.models import Business
from ppks.kit import dates, listing
from ppks.kit.contributions import contributed
from ppks.regions.models import Institution
from tests.factories import BusinessFactory, PersonFactory, visited
from tests.people import BOJONEGORO, CAST, OWN_UPT, TUBAN, member

pytestmark = pytest.mark.django_db

PERSON = re.compile(r'class="name" href="/klien/(\d+)/"')
NEXT = re.compile(r'href="([^"]+)" rel="next"')
CHIP = re.compile(r'<a class="chip" href="([^"]*)" aria-label="([^"]*), hapus saringan">')
NONSENSE = (
    "page=0",
    "page=-1",
    "page=1e3",
    "page=²",
    "page=999999999",
    "page=",
    "kab=",
    "kab=99.99",
    "kab=35.22'--",
    "x=y",
)


def crowd(number: int) -> list[int]:
    """Ids of so many people, in the order of the list; many of them share a name."""
    Person.objects.bulk_create(Person(name=f"Orang {n % 400}", region_id=BOJONEGORO) for n in range(number))
    return list(Person.objects.in_order().values_list("pk", flat=True))


def owners(number: int) -> None:
    """So many people, each with a business and staying in the UPT."""
    people = Person.objects.bulk_create(Person(name=f"Pemilik {n}", region_id=BOJONEGORO) for n in range(number))
    Business.objects.bulk_create(Business(person=person, trade_as_written="Warung") for person in people)
    unit = Institution.objects.get(code=OWN_UPT)
    Stay.objects.bulk_create(Stay(person=person, institution=unit) for person in people)


def people_on(answer) -> list[int]:
    return [int(pk) for pk in PERSON.findall(answer.content.decode())]


def next_page(answer) -> str | None:
    found = NEXT.search(answer.content.decode())
    return unescape(found[1]) if found else None


def test_following_the_links_meets_everybody_once_also_where_pages_have_no_number(browse, officer, monkeypatch):
    monkeypatch.setattr(listing, "LAST_NUMBERED_ROW", 100)
    everybody = crowd(160)
    browser, address, met, addresses = browse(officer), "/klien/", [], []

    while address:
        answer = browser.get(address)
        met += people_on(answer)
        address = next_page(answer)
        addresses.append(address)

    numbered = [f"/klien/?page={number}" for number in (2, 3, 4)]
    assert met == everybody
    assert addresses == [*numbered, *(f"/klien/?after={everybody[row]}" for row in (99, 124, 149)), None]


def test_any_page_up_to_row_1000_can_be_asked_for_by_number(browse, officer):
    everybody = crowd(1_060)
    browser = browse(officer)

    assert people_on(browser.get("/klien/?page=17")) == everybody[400:425]
    assert people_on(browser.get("/klien/?page=40")) == everybody[975:1000]
    assert people_on(browser.get("/klien/?page=41")) == everybody[975:1000]


def test_the_pager_tells_which_rows_these_are_and_how_many_there_are(browse, officer):
    crowd(30)
    browser = browse(officer)

    pages = [browser.get(f"/klien/?page={number}").context["list"].pager for number in (1, 2)]

    assert [(p.first, p.last, p.total_text, p.previous_url) for p in pages] == [
        (1, 25, "30", None),
        (26, 30, "30", "/klien/?page=1"),
    ]


@pytest.mark.parametrize(("number", "text"), [(1_000, "1.000"), (1_001, "lebih dari 1.000")])
def test_rows_are_counted_exactly_as_far_as_a_thousand(browse, officer, number, text):
    crowd(number)

    assert browse(officer).get("/klien/").context["list"].pager.total_text == text


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_nonsense_in_the_address_is_left_aside(ngatini, browse, officer, nonsense):
    answer = browse(officer).get(f"/klien/?{nonsense}")

    assert (answer.status_code, CHIP.findall(answer.content.decode())) == (200, [])


@pytest.mark.parametrize("after", ["0", "-1", "²", "x", "9" * 30, "9" * 5_000])
def test_nonsense_as_a_key_is_no_error(ngatini, browse, officer, after):
    assert browse(officer).get("/klien/", {"after": after}).status_code == 200


def test_the_key_of_somebody_out_of_reach_tells_nothing(ngatini, marsinah, browse, officer):
    assert people_on(browse(officer).get(f"/klien/?after={marsinah.pk}")) == []


def test_a_filter_narrows_the_list_and_its_chip_takes_it_off(ngatini, marsinah, browse, province):
    answer = browse(province).get("/klien/?kab=35.22&tahap=former_client&page=1")

    assert people_on(answer) == [ngatini.pk]
    assert [(unescape(url), label) for url, label in CHIP.findall(answer.content.decode())] == [
        ("/klien/?tahap=former_client", "Kab/kota: Kab. Bojonegoro"),
        ("/klien/?kab=35.22", "Tahap: Eks klien"),
    ]


def test_a_filter_without_a_field_of_its_own_rides_along_in_the_form(ngatini, browse, officer):
    form = browse(officer).get("/klien/?nik=tanpa").context["list"].filter_form

    assert [field.name for field in form.hidden_fields()] == ["nik"]
    assert [field.name for field in form.visible_fields()] == ["kab", "keadaan", "kunjungan"]


@pytest.fixture
def varied(ngatini, tailoring):
    """Ngatini and her unvisited business, and people whose names say what is special about them."""
    numbered = {"Tumbuh": "3522015708720011", "Tutup": "3522015708720012", "Lama": "3522015708720013"}
    owners = [PersonFactory(name=name, nik=nik) for name, nik in numbered.items()]
    grows, shut, long_ago = (BusinessFactory(person=owner) for owner in owners)
    PersonFactory(name="Tanpa Nomor")
    visited(grows, 1_000_000, 1_200_000)
    visited(shut, 1_000_000, None)
    visited(long_ago, 1_000_000, 1_000_000, until=dates.today() - timedelta(days=91))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("nik=tanpa", ["Tanpa Nomor"]),
        ("tahap=former_client", ["Ngatini"]),
        ("keadaan=growing", ["Tumbuh"]),
        ("keadaan=unknown", ["Ngatini"]),
        ("bantuan=perlu", ["Tutup"]),
        ("kunjungan=belum", ["Ngatini"]),
        ("kunjungan=lama", ["Lama"]),
        ("daftar=2020", []),
    ],
)
def test_each_filter_of_people_keeps_what_it_names(varied, browse, officer, query, names):
    shown = people_on(browse(officer).get(f"/klien/?{query}"))

    assert [person.name for person in Person.objects.in_order() if person.pk in shown] == names


@pytest.mark.parametrize(
    ("address", "username"),
    [("/klien/", name) for name in ("bojonegoro", "provinsi", "auditor", "upt")]
    + [("/usaha/", name) for name in ("bojonegoro", "provinsi", "auditor")],
)
def test_a_list_asks_as_often_for_50_rows_as_for_one(browse, address, username):
    browser = browse(member(username))
    owners(1)
    browser.get(address)

    with CaptureQueriesContext(connection) as for_one:
        browser.get(address)
    owners(49)
    with CaptureQueriesContext(connection) as for_fifty:
        browser.get(address)

    assert len(for_fifty) == len(for_one)


def test_a_list_that_is_asked_all_day_is_answered_anew_for_each_reader_filter_and_page(browse, officer, stranger):
    own = crowd(30)
    elsewhere = PersonFactory(name="Zubaidah", region_id=TUBAN).pk
    mine, theirs = browse(officer), browse(stranger)

    for _ in range(2):
        assert people_on(mine.get("/klien/")) == own[:25]
        assert people_on(mine.get("/klien/?page=2")) == own[25:]
        assert people_on(mine.get("/klien/?tahap=client")) == []
        assert people_on(theirs.get("/klien/")) == [elsewhere]

    Person.objects.filter(pk=own[0]).update(name="Zulaikha", name_key="zulaikha")
    assert people_on(mine.get("/klien/")) == own[1:26]
    assert people_on(mine.get("/klien/?page=2")) == [*own[26:], own[0]]


@pytest.mark.long
@pytest.mark.parametrize("username", CAST)
def test_every_filter_of_people_that_is_offered_opens_for_whom_it_is_offered_to(browse, username):
    user = member(username)
    browser, expected = browse(user), 200 if user.has_perm("clients.view_person") else 403
    offered = [(each.name, code) for each in contributed("person_filter") for code, _ in each.choices(user)]

    answers = {(name, code): browser.get("/klien/", {name: code}).status_code for name, code in offered}

    assert answers == dict.fromkeys(offered, expected)


def test_a_unit_is_offered_no_filter_of_businesses_which_it_does_not_see(browse, upt_officer):
    page = browse(upt_officer).get("/klien/").content.decode()

    assert re.findall(r'<select[^>]*name="(\w+)"', page) == ["kab"]
