"""Fit of skills, cost per independent person and a page without rows yet, equal to what was counted by hand."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from monitoring.models import Business
from ppks.dashboard.costs import cost_rows, costs, total_of
from ppks.dashboard.curves import fits
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from ppks.kit.listing import Asked
from tests import granting
from tests.dashboard.making import NEXT, YEAR, business_of, growing, recipient, rows_of
from tests.factories import PastGrantFactory, PersonFactory, StayFactory, moved
from tests.grants import crowd
from tests.monitoring.independence.making import decided_ago
from tests.office import door, sql
from tests.people import BOJONEGORO, TUBAN

pytestmark = pytest.mark.django_db


def test_a_grant_that_this_system_paid_counts_from_its_day_under_its_own_year(province):
    call = granting.call(granting.allocation(amount=9 * granting.MILLION).line)
    (one,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    crowd.paid(one)
    sql("set constraints all immediate")
    sql("alter table grants_disbursement disable trigger user")
    sql("update grants_disbursement set paid_on = paid_on - 200")
    sql("select counts_reckon_grants(%s)", [one.person_id])
    business_of(one.person, (dates.today(), 1_000_000))
    with door(province):
        (business,) = Business.objects.visible_to(province).as_of(dates.today()).with_grant_year(dates.today())
        reached = Business.objects.visible_to(province).as_of(dates.today()).after_grant(6, dates.today()).count()
    paid_on = dates.today().toordinal() - 200
    assert (business.grant_year, reached) == (date.fromordinal(paid_on).year, 1)


def test_growth_by_fit_of_skills(province):
    for training, number, grows in (("Menjahit", 5, 4), ("Memijat", 5, 2), ("", 1, 1)):
        for each in range(number):
            person = moved(PersonFactory(), "register_former")
            if training:
                StayFactory(person=person, training=training)
            figures = (
                (date(dates.today().year - 1, 12, 20), 1_000_000),
                (dates.today(), 1_500_000 if each < grows else 800_000),
            )
            business_of(person, *figures, trade_as_written="Permak jahit")

    table = rows_of(province, fits, "fit_table")

    assert {name: (cells[0], cells[-2], cells[-1]) for name, cells in table.items()} == {
        "Sesuai keterampilan": ("4", "5", "80%"),
        "Tidak sesuai keterampilan": ("2", "5", "40%"),
        "Belum dapat dinilai": ("1", "1", "n < 5"),
    }
    with door(province):
        assert fits(Figures(province, dates.today()))["fit_sentence"] == (
            "80% dari 5 usaha yang sesuai keterampilan berkembang, dan 40% dari 5 yang tidak sesuai"
        )


def test_few_are_not_compared(province):
    business_of(recipient())
    with door(province):
        assert fits(Figures(province, dates.today()))["fit_sentence"].startswith("Belum ada lima usaha")


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
        assert costs(Figures(province, dates.today()))["cost_sentence"] == (
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


def test_a_unit_is_offered_no_filter_of_grants_or_independence(browse, upt_officer):
    for query in ("sesudah=12-mandiri", "hibah=2009", "nilai=tercatat"):
        answer = browse(upt_officer).get(f"/klien/?{query}")
        assert answer.status_code == 200
        assert "Disaring" not in answer.content.decode()


@pytest.mark.long
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


@pytest.mark.parametrize(
    "codes",
    [
        "",
        "hibah=2018",
        "hibah=tanpa",
        "hibah=semua",
        "kab=35.23",
        "kab=35.22&hibah=2018",
        "tahap=independent",
        "tahap=former_client",
    ],
)
def test_the_total_over_the_people_is_the_sum_of_their_rows(province, codes):
    for year, region, amount in ((2018, BOJONEGORO, 1), (2018, TUBAN, 2), (None, BOJONEGORO, 4), (2019, BOJONEGORO, 8)):
        person = moved(PersonFactory(region_id=region), "register_former")
        PastGrantFactory(person=person, year=year, amount=amount * granting.MILLION)
    PastGrantFactory(person=moved(PersonFactory(), "register_former"), year=2018, amount=None)
    decided_ago(person, date(2025, 1, 1))

    with door(province):
        listing = cost_rows(Asked(province, QueryDict(codes)), dates.today())
        assert total_of(listing) == sum(row.received for row in listing.rows)
        assert total_of(listing) > 0
