"""The officer of Bojonegoro and Marsinah of Tuban: by no address, parameter, field or choice does he meet her."""

import uuid
from html.parser import HTMLParser

import pytest

from clients.models import Person, PersonStep
from grants.accountability.models import Report
from grants.applications.models import Application
from monitoring.models import Visit, VisitPhoto
from ppks.audit.models import Look
from ppks.kit import dates
from ppks.regions.models import Region
from tests.about import About
from tests.addresses import FILES, KNOWN, MOVE, OUTSIDE, PUBLIC, about_one, address, text_of
from tests.factories import PastGrantFactory, visited
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

NOBODY = 999_999_999
CLOSED_TO_HIM = [name for name in about_one() if name not in PUBLIC]  # a public page asks nobody where he is posted
NO_KEYS = ("0", "99999999999999999999999", "-1", "x", "1.0")
FILTERS = (
    "kab=35.23",
    "kab=35.23&kab=35.22",
    "region=3523",
    "region_id=3523",
    "region__code=35.23",
    "person__name__icontains=arsina",
    "q=arsina",
    "name_key__startswith=m",
    "o=name",
    "page=2",
    "daftar=2020&kab=35.23",
    "keadaan=growing&kab=35.23",
    "ukuran=bantuan",
)


@pytest.fixture(autouse=True)
def world(tailoring, fishery):
    """Both businesses grow and both people had a past grant; much of Marsinah's would give her away."""
    for business in (tailoring, fishery):
        visited(business, 1_000_000, 1_300_000)
        PastGrantFactory(person=business.person)


def gives_her_away(answer) -> list[str]:
    text = text_of(answer)
    return [word for word in ("Marsinah", "marsinah", "Ikan asap", "Rengel", "0812-3456-7890") if word in text]


@pytest.mark.long
@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_her_addresses_are_not_found_and_say_nothing(browse, officer, own, other, method):
    send = getattr(browse(officer), method)
    about_his = {name: send(address(name, own)).status_code for name in CLOSED_TO_HIM}
    closed_anyway = {name: status for name, status in about_his.items() if status in {403, 405}}

    answers = {name: send(address(name, other)) for name in CLOSED_TO_HIM}

    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert statuses == dict.fromkeys(CLOSED_TO_HIM, 404) | closed_anyway
    assert [name for name, answer in answers.items() if gives_her_away(answer)] == []


@pytest.mark.long
@pytest.mark.parametrize("method", ["get", "post"])
def test_she_is_answered_exactly_like_somebody_who_does_not_exist(browse, officer, other, method):
    send = getattr(browse(officer), method)
    unknown = {
        "photo": VisitPhoto(name="0" * 32),
        "person": Person(pk=NOBODY, region=Region(code="35.99")),
        "report": Report(pk=NOBODY, application_id=NOBODY),
        "application": Application(pk=NOBODY, year=dates.today().year, allocation_id=NOBODY),
    }
    nobody = About(**{what: type(row)(pk=NOBODY) for what, row in vars(other).items()} | unknown)

    about_her = {name: text_of(send(address(name, other))) for name in CLOSED_TO_HIM}
    about_nobody = {name: text_of(send(address(name, nobody))) for name in CLOSED_TO_HIM}

    assert about_her == about_nobody


@pytest.mark.long
def test_no_page_and_no_file_that_he_can_open_gives_her_away(browse, officer, own):
    browser = browse(officer)

    found = {name: gives_her_away(browser.get(address(name, own))) for name in KNOWN}

    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    "place", ["/", "/klien/", "/usaha/", "/pantau/", "/kab-kota/", "/unduh/klien.csv", "/gambar/peta.csv"]
)
def test_no_parameter_of_a_list_brings_her_in(browse, officer, place):
    browser = browse(officer)
    answers = {query: browser.get(f"{place}?{query}") for query in FILTERS}

    told = {query: words for query, answer in answers.items() if (words := gives_her_away(answer))}

    assert told == {}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}


def test_no_figure_on_his_front_page_counts_her(browse, officer):
    figures = browse(officer).get("/").context["figures"]

    assert [figure.value for figure in figures] == [1, 0, 0, 0, 0]


class Options(HTMLParser):
    """The codes offered by every <select> and by every box to tick, by field."""

    def __init__(self, text: str):
        super().__init__()
        self.select, self.found = "", {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "select":
            self.select = given["name"]
        if tag == "option":
            self.found.setdefault(self.select, []).append(given["value"])
        if tag == "input" and given.get("type") in {"radio", "checkbox"}:
            self.found.setdefault(given["name"], []).append(given.get("value"))


@pytest.mark.parametrize("place", ["/klien/", "/usaha/"])
def test_the_choices_of_a_filter_are_his_own_region_only(browse, officer, place):
    assert Options(text_of(browse(officer).get(place))).found["kab"] == ["", "35.22"]


def test_the_province_may_choose_all_38(browse, province):
    assert len(Options(text_of(browse(province).get("/klien/"))).found["kab"]) == 39


@pytest.mark.long
def test_no_form_of_his_offers_anything_of_another_region(browse, officer, own):
    browser, offered = browse(officer), set()

    for name in set(KNOWN) - OUTSIDE - FILES - PUBLIC:  # what is public asks nobody where he is posted
        found = Options(text_of(browser.get(address(name, own)))).found
        offered |= {code for codes in found.values() for code in codes if code}

    assert [code for code in offered if code.startswith("35.")] == ["35.22"]


def test_a_visit_cannot_be_bent_to_her_business_nor_to_another_name(browse, officer, stranger, own, fishery):
    before = Visit.objects.filter(business=fishery).count()
    typed = {"key": str(uuid.uuid4()), "visited_on": dates.today().isoformat(), "met": "owner", "operating": "ya"}
    bent = {"business": fishery.pk, "business_id": fishery.pk, "region": 3523, "by": stranger.pk, "by_id": stranger.pk}

    answer = browse(officer).post(address("visit_add", own), typed | bent | {"turnover": "1.400.000"})

    visit = Visit.objects.order_by("-pk").first()
    assert answer.status_code == 302
    assert (visit.business, visit.by, visit.region_id) == (own.business, officer, BOJONEGORO)
    assert Visit.objects.filter(business=fishery).count() == before


def test_a_move_cannot_be_bent_to_her(browse, officer, own, marsinah):
    bent = {"person": marsinah.pk, "pk": marsinah.pk, "status": "deceased", "target": "deceased", "region": 3523}

    browse(officer).post(address("person_move", own), bent | {"note": "Menurut surat keterangan."})

    step = PersonStep.objects.order_by("-pk").first()
    assert (step.person, step.move, step.region_id) == (own.person, MOVE, BOJONEGORO)
    assert Person.objects.get(pk=marsinah.pk).status == "former_client"


@pytest.mark.long
def test_trying_her_addresses_writes_nothing_and_logs_no_look(browse, officer, other):
    browser, typed = browse(officer), {"note": "Menurut surat keterangan.", "reason": "Ingin tahu saja."}
    before = Visit.objects.filter(business=other.business).count()

    for name in CLOSED_TO_HIM:
        browser.post(address(name, other), typed)
        browser.get(address(name, other))

    assert not Look.objects.filter(subject=other.person.identity_id).exists()
    assert Person.objects.get(pk=other.person.pk).version == 1
    assert Visit.objects.filter(business=other.business).count() == before


def test_a_key_that_is_none_is_not_found(browse, officer):
    browser = browse(officer)

    assert [browser.get(f"/klien/{key}/").status_code for key in NO_KEYS] == [404] * len(NO_KEYS)
