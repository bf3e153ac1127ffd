"""Cohort curves, fit of skills and cost per independent person, equal to what was counted by hand, for every reach."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.models import Business
from ppks.dashboard.costs import costs
from ppks.dashboard.curves import fits, growth_curves, independence_curves
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from tests import granting
from tests.crawling import Page
from tests.factories import BusinessFactory, PastGrantFactory, PersonFactory, StayFactory, moved
from tests.grants import crowd
from tests.monitoring.independence.making import decided_ago
from tests.office import door, sql
from tests.people import BOJONEGORO, TUBAN, member
from tests.reports.making import seen

pytestmark = pytest.mark.django_db
TODAY = dates.today()
YEAR = (
    TODAY.year - 2
)  # its 31 December is more than twelve and less than twenty-four months ago, but on a last day of a year
NEXT = YEAR + 1


def recipient(region: int = BOJONEGORO, *, year: int | None = YEAR, amount: int | None = None):
    person = moved(PersonFactory(region_id=region), "register_former")
    PastGrantFactory(person=person, year=year, amount=amount)
    return person


def business_of(person, *visits: tuple[date, int | None], **fields: object) -> Business:
    made = BusinessFactory(person=person, **fields)
    for day, turnover in visits:
        seen(made, day, turnover)
    return Business.objects.get(pk=made.pk)


def growing(region: int = BOJONEGORO) -> Business:
    figures = ((date(NEXT, 4, 1), 1_000_000), (date(NEXT, 8, 1), 1_300_000), (date(NEXT, 11, 15), 1_500_000))
    return business_of(recipient(region), *figures)


def declining(region: int = BOJONEGORO) -> Business:
    figures = ((date(NEXT, 4, 1), 1_000_000), (date(NEXT, 8, 1), 800_000), (date(NEXT, 11, 15), 700_000))
    return business_of(recipient(region), *figures)


@pytest.fixture
def cohort(province):
    """Of one year: four that grew, two that declined, one seen long before, one never; another of an unknown year."""
    for region in (BOJONEGORO, BOJONEGORO, BOJONEGORO, TUBAN):
        growing(region)
    declining(), declining(TUBAN)
    business_of(recipient(), (date(NEXT, 1, 10), 900_000), (date(NEXT, 2, 20), 950_000))
    business_of(recipient(TUBAN))
    business_of(recipient(year=None))


def rows_of(user, picture, name: str, day: date = TODAY) -> dict[str, list]:
    """The table of a picture: what each row says, by its first cell."""
    with door(user):
        table = picture(Figures(user, day))[name]
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}


def test_growth_by_months_since_the_grant(cohort, province):
    assert rows_of(province, growth_curves, "growth_table") == {
        "Semua tahun, 6 bulan": ["8", "1", "–", "n < 5"],
        "Semua tahun, 12 bulan": ["8", "6", "4", "67%"],
        f"{YEAR}, 6 bulan": ["8", "1", "–", "n < 5"],
        f"{YEAR}, 12 bulan": ["8", "6", "4", "67%"],
    }


def test_the_sentence_says_of_how_many_something_is_known(cohort, province):
    with door(province):
        shown = growth_curves(Figures(province, TODAY))
    assert shown["growth_sentence"] == "12 bulan sesudah hibah, 4 dari 6 usaha yang diketahui berkembang (67%)"
    assert [(one.label, one.last) for one in shown["growth_cohorts"]] == [("Semua", "67%"), (f"{YEAR}", "67%")]
    assert [len(one.curve.dots) for one in shown["growth_cohorts"]] == [1, 1]


def test_a_kab_kota_counts_its_own_and_says_no_share_of_fewer_than_five(cohort, stranger):
    assert rows_of(stranger, growth_curves, "growth_table")[f"{YEAR}, 12 bulan"] == ["3", "2", "1", "n < 5"]
    with door(stranger):
        shown = growth_curves(Figures(stranger, TODAY))
    assert shown["growth_sentence"] == (
        "Belum ada lima usaha yang keadaannya diketahui pada bulan yang sama sesudah hibah"
    )
    assert all(not one.curve.dots for one in shown["growth_cohorts"])


def test_a_month_that_was_not_reached_on_the_day_is_not_told(cohort, province):
    told = rows_of(province, growth_curves, "growth_table", date(NEXT, 12, 30))
    assert set(told) == {"Semua tahun, 6 bulan", f"{YEAR}, 6 bulan"}


def test_what_a_later_visit_tells_of_the_month_counts(cohort, province):
    never = Business.objects.get(last_visit_on=None, person__past_grants__year=YEAR)
    for month, turnover in ((3, 1_000_000), (7, 1_200_000), (12, 1_300_000)):
        seen(never, date(NEXT, month, 1), turnover)
    assert rows_of(province, growth_curves, "growth_table")[f"{YEAR}, 12 bulan"] == ["8", "7", "5", "71%"]


def test_a_grant_that_this_system_paid_counts_from_its_day_under_its_own_year(province):
    call = granting.call(granting.allocation(amount=9 * granting.MILLION).line)
    (one,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    crowd.paid(one)
    sql("set constraints all immediate")
    sql("alter table grants_disbursement disable trigger user")
    sql("update grants_disbursement set paid_on = paid_on - 200")
    sql("select counts_reckon_grants(%s)", [one.person_id])
    business_of(one.person, (TODAY, 1_000_000))
    with door(province):
        (business,) = Business.objects.visible_to(province).as_of(TODAY).with_grant_year(TODAY)
        reached = Business.objects.visible_to(province).as_of(TODAY).after_grant(6, TODAY).count()
    paid_on = TODAY.toordinal() - 200
    assert (business.grant_year, reached) == (date.fromordinal(paid_on).year, 1)


def test_independence_by_months_since_the_grant(cohort, province):
    people = [business.person for business in Business.objects.filter(person__past_grants__year=YEAR).order_by("pk")]
    decided_ago(people[0], date(NEXT, 6, 1))
    decided_ago(people[1], date(NEXT, 9, 1))
    decided_ago(people[2], TODAY)

    assert rows_of(province, independence_curves, "mandiri_table") == {
        "Semua tahun, 6 bulan": ["8", "1", "13%"],
        "Semua tahun, 12 bulan": ["8", "2", "25%"],
        f"{YEAR}, 6 bulan": ["8", "1", "13%"],
        f"{YEAR}, 12 bulan": ["8", "2", "25%"],
    }


def test_who_had_fallen_back_by_the_month_was_not_independent(cohort, province):
    person = Business.objects.filter(person__past_grants__year=YEAR).earliest("pk").person
    decided_ago(person, date(NEXT, 3, 1))
    sql("set constraints all immediate")
    sql("alter table independence_graduation disable trigger user")
    sql("update independence_graduation set ended_on = %s", date(NEXT, 12, 1))

    assert rows_of(province, independence_curves, "mandiri_table")[f"{YEAR}, 6 bulan"] == ["8", "1", "13%"]
    assert rows_of(province, independence_curves, "mandiri_table")[f"{YEAR}, 12 bulan"] == ["8", "–", "0%"]


def test_growth_by_fit_of_skills(province):
    for training, number, grows in (("Menjahit", 5, 4), ("Memijat", 5, 2), ("", 1, 1)):
        for each in range(number):
            person = moved(PersonFactory(), "register_former")
            if training:
                StayFactory(person=person, training=training)
            figures = ((date(TODAY.year - 1, 12, 20), 1_000_000), (TODAY, 1_500_000 if each < grows else 800_000))
            business_of(person, *figures, trade_as_written="Permak jahit")

    table = rows_of(province, fits, "fit_table")

    assert {name: (cells[0], cells[-2], cells[-1]) for name, cells in table.items()} == {
        "Sesuai keterampilan": ("4", "5", "80%"),
        "Tidak sesuai keterampilan": ("2", "5", "40%"),
        "Belum dapat dinilai": ("1", "1", "n < 5"),
    }
    with door(province):
        assert fits(Figures(province, TODAY))["fit_sentence"] == (
            "80% dari 5 usaha yang sesuai keterampilan berkembang, dan 40% dari 5 yang tidak sesuai"
        )


def test_few_are_not_compared(province):
    business_of(recipient())
    with door(province):
        assert fits(Figures(province, TODAY))["fit_sentence"].startswith("Belum ada lima usaha")


def test_cost_per_independent_person(province):
    for number in range(6):
        person = recipient(amount=2_000_000, region=TUBAN if number == 5 else BOJONEGORO)
        if number < 5:
            decided_ago(person, date(NEXT, 6, 1))
    recipient(amount=None)
    decided_ago(recipient(amount=None, year=YEAR - 1), date(NEXT, 6, 1))

    assert rows_of(province, costs, "cost_table") == {
        "Semua tahun": ["8", "6", "Rp12.000.000", "5", "Rp2.400.000"],
        f"{YEAR - 1}": ["1", "–", "–", "–", "belum ada yang mandiri"],
        f"{YEAR}": ["7", "6", "Rp12.000.000", "5", "Rp2.400.000"],
    }
    with door(province):
        assert costs(Figures(province, TODAY))["cost_sentence"] == (
            "Rp12.000.000 untuk 6 penerima yang nilai hibahnya tercatat; 5 mandiri, Rp2.400.000 per orang mandiri"
        )


def test_too_few_independent_people_are_not_divided_by(province):
    decided_ago(recipient(amount=2_000_000), date(NEXT, 6, 1))
    assert rows_of(province, costs, "cost_table")[f"{YEAR}"] == ["1", "1", "Rp2.000.000", "1", "n < 5"]


def test_money_that_came_back_is_no_cost(province):
    call = granting.call(granting.allocation(amount=9 * granting.MILLION).line)
    (one,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    crowd.paid(one)
    PastGrantFactory(person=one.person, year=YEAR, amount=500_000)
    assert rows_of(province, costs, "cost_table")["Semua tahun"][2] == "Rp1.500.000"


def test_nothing_yet_says_why(browse, province):
    page = browse(province).get("/dasbor/hasil/").content.decode()
    assert "Belum ada hibah yang dicatat" in page
    assert "Titik muncul sesudah" in page
    assert "Belum ada yang ditetapkan mandiri" in page


@pytest.mark.parametrize("who", ["provinsi", "kepala", "bojonegoro", "kadinsos.bojonegoro", "auditor"])
def test_every_role_gets_the_page_with_its_files(cohort, browse, who):
    browser = browse(member(who))
    page = browser.get("/dasbor/hasil/")
    assert page.status_code == 200
    files = [anchor.url for anchor in Page(page.content.decode()).anchors if "/gambar/" in anchor.url]
    assert len(files) == 8
    assert {browser.get(url).status_code for url in files} == {200}


def test_a_unit_is_offered_no_filter_of_grants_or_independence(browse, upt_officer):
    for query in ("sesudah=12-mandiri", "hibah=2009", "nilai=tercatat"):
        answer = browse(upt_officer).get(f"/klien/?{query}")
        assert answer.status_code == 200
        assert "Disaring" not in answer.content.decode()


def test_more_businesses_ask_no_more(browse, province):
    def asked() -> int:
        browser = browse(province)
        browser.get("/dasbor/hasil/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/dasbor/hasil/")
        return len(queries)

    growing()
    few = asked()
    for _ in range(20):
        growing(TUBAN)
    assert asked() == few
