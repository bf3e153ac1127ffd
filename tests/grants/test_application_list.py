"""The list of applications: one set of rows for page, tabs, queues and files, in a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grants.applications.completeness import lacks
from grants.applications.models import Application
from grants.applications.queues import QUEUES, counted, queues_of
from grants.applications.readiness import is_filled
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.models import BudgetItem, BusinessPlan
from ppks.kit import dates
from tests import granting
from tests.crawling import Page, rows_of_csv, rows_of_xlsx
from tests.granting import allocation, applicant, brought_to, call, draft_of, drafted
from tests.office import door
from tests.people import TUBAN, member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
WAITS = {  # who finds what in which queue, when there is one application at each station
    "bojonegoro": {"draf": 1, "perbaiki": 0, "spj": 1},
    "kadinsos.bojonegoro": {"ajukan": 1},
    "verifikator": {"verifikasi": 1, "nilai": 1},
    "provinsi": {"nilai": 1},
    "pptk": {"peringkat": 1, "konsep": 1, "periksa": 0, "tutup": 1},
    "kepala": {"sk": 1},
    "bendahara": {"salur": 1, "lunas": 0},
    "auditor": {},
}


@pytest.fixture(scope="module")
def stations(world):
    """One application at each station of Bojonegoro's call."""
    opened = call(allocation(amount=60 * granting.MILLION).line)
    drafted(opened)
    for status in granting.STATIONS:
        brought_to(status, opened)


@pytest.mark.parametrize("username", WAITS)
def test_each_role_finds_its_own_queues(stations, username):
    user = member(username)

    with door(user):
        lengths = counted(Application.objects.visible_to(user), queues_of(user), dates.today())

    assert lengths == WAITS[username]


@pytest.mark.long
@pytest.mark.parametrize("username", ["bojonegoro", "kadinsos.bojonegoro", "pptk", "auditor"])
def test_every_tab_counts_the_rows_it_opens_and_its_files_hold(stations, browse, username):
    browser = browse(member(username))
    page = Page(browser.get("/hibah/").content.decode())

    for tab in page.figures:
        opened = Page(browser.get(tab.url).content.decode())
        assert opened.total == tab.figure, tab.url
        assert rows_of_csv(browser.get(opened.files("csv")[0])) == tab.figure
        assert rows_of_xlsx(browser.get(opened.files("xlsx")[0])) == tab.figure


def test_a_region_lists_its_own_applications_alone(browse, officer, stranger):
    draft_of(applicant())
    foreign = draft_of(applicant(TUBAN, name="Marsinah Rengel"))

    own, theirs = (browse(user).get("/hibah/").content.decode() for user in (officer, stranger))

    assert "Marsinah" not in own
    assert "Marsinah" in theirs
    assert browse(officer).get(f"/hibah/{foreign.pk}/").status_code == 404


def queries(browser, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    return len(asked)


@pytest.mark.long
@pytest.mark.parametrize("username", ["bojonegoro", "pptk", "auditor"])
def test_fifty_applications_ask_as_many_queries_as_one(browse, username):
    opened, browser = call(allocation().line), browse(member(username))
    people = [applicant() for _ in range(50)]

    def add(some):
        for person in some:
            Application.objects.create(person=person, call=opened, by=granting.system())

    add(people[:1])
    one = queries(browser, "/hibah/")
    add(people[1:])
    fifty = queries(browser, "/hibah/")

    assert one == fifty


@pytest.mark.parametrize("missing", ["nothing", "plan", "items", "paper", "sum"])
def test_what_the_database_calls_filled_is_what_the_page_calls_complete(missing):
    application = drafted(call(allocation().line))
    match missing:
        case "plan":
            BusinessPlan.objects.filter(application=application).delete()
        case "items":
            BudgetItem.objects.filter(application=application).delete()
        case "paper":
            application = draft_of(applicant())
        case "sum":
            Application.objects.filter(pk=application.pk).update(requested=1)
    application = granting.again(application)

    filled = Application.objects.filter(is_filled(dates.today()), pk=application.pk).exists()

    assert filled == (not list(lacks(application)))
    assert filled == (missing == "nothing")


def test_queues_have_codes_of_their_own():
    assert len({queue.code for queue in QUEUES}) == len(QUEUES)
    assert {queue.permission.partition(".")[0] for queue in QUEUES} == {"grants"}


def test_a_withdrawn_application_waits_for_nobody(stations, officer):
    with door(officer, write=True):
        draft = Application.objects.get(status=Status.DRAFT)
        APPLICATION.make("withdraw", draft, by=officer, note="Pindah ke luar provinsi.")
        lengths = counted(Application.objects.visible_to(officer), QUEUES[:2], dates.today())

    assert lengths == {"draf": 0, "perbaiki": 0}
