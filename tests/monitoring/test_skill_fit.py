"""Whether a business fits what was learned: the database's answer is the rule's, kept up to date, and read without the words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.applications.plan import BusinessPlan
from grants.applications.skills import FAMILIES, PREFIXES, families_in, fit
from monitoring.models import Business, SkillFit, Trade
from tests.factories import BusinessFactory, PersonFactory, StayFactory
from tests.granting import applicant, draft_of
from tests.office import column, door
from tests.people import TUBAN

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]
STEMS = sorted({stem for stems in FAMILIES.values() for stem in stems})
WORDS = st.builds(
    "".join, st.tuples(st.sampled_from(PREFIXES), st.sampled_from(STEMS), st.sampled_from(("", "an", "wan", "s")))
)
TEXTS = st.lists(
    WORDS | st.sampled_from(("dan", "usaha", "di", "rumah", "Tahun", "2019", "kue-kue", "MENJAHIT,")), max_size=5
).map(" ".join)
ANSWERS = {True: "fits", False: "other", None: "unknown"}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_the_database_finds_the_same_families(text):
    (found,) = column("select monitoring_skill_families(%s)", text)
    assert set(found) == families_in(text)


def kept(business: Business) -> str:
    return SkillFit.objects.get(business=business).fit


@pytest.mark.parametrize(
    ("trade", "training", "experience"),
    [
        ("Permak dan jahit", "Menjahit tingkat dasar", ""),
        ("Warung kopi", "Menjahit", ""),
        ("Warung kopi", "", "Lama berjualan kopi di pasar"),
        ("Warung kopi", "", ""),
        ("Usaha keluarga", "Menjahit", ""),
        ("Bengkel", "Las", "Montir sejak 2009"),
    ],
)
def test_a_business_is_judged_as_a_plan_would_be(trade, training, experience):
    person = applicant()
    if training:
        StayFactory(person=person, training=training)
    business = BusinessFactory(person=person, trade_as_written=trade)
    if experience:
        plan = {"trade": trade, "product": "-", "market": "-", "experience": experience}
        BusinessPlan.objects.create(application=draft_of(person), **plan)

    ruled = fit(trade=trade, trainings=[training] if training else [], experience=experience)

    assert kept(business) == ANSWERS[ruled.is_fit]


def test_it_follows_what_is_learned_and_done_later():
    business = BusinessFactory(trade_as_written="Permak jahit")
    assert kept(business) == "unknown"
    StayFactory(person=business.person, training="Memijat")
    assert kept(business) == "other"
    StayFactory(person=business.person, training="Menjahit")
    assert kept(business) == "fits"
    Business.objects.filter(pk=business.pk).update(trade_as_written="Jual pulsa")
    assert kept(business) == "other"
    Business.objects.filter(pk=business.pk).update(trade=Trade.objects.get(code="JAHIT"))
    assert kept(business) == "fits"


def test_a_business_that_goes_takes_its_answer_along():
    business = BusinessFactory()
    business.delete()
    assert not SkillFit.objects.exists()


@pytest.mark.parametrize(("who", "expected"), [("province", 2), ("officer", 1), ("auditor", 2)])
def test_who_may_read_no_words_still_reads_the_answer(request, who, expected):
    BusinessFactory()
    BusinessFactory(person=PersonFactory(region_id=TUBAN))
    user = request.getfixturevalue(who)
    with door(user):
        assert SkillFit.objects.visible_to(user).count() == SkillFit.objects.count() == expected
