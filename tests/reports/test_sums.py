"""Whatever happened where and whoever looks: kab/kota add up to the province, live and frozen, and each figure is its rows."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clients.models import Person
from monitoring.models import Business
from monitoring.reports.measures import Span
from monitoring.reports.models import EditionRow
from monitoring.reports.sources import SOURCES
from monitoring.reports.values import frozen, live
from tests.factories import ConsentFactory
from tests.office import door
from tests.people import BOJONEGORO, TUBAN, member
from tests.plans.helping import plan_for
from tests.referrals import ReferralFactory, sent_ago
from tests.reports.making import MONTH, SPAN, closed, declining, former, growing, on, seen, shut, stepped

pytestmark = pytest.mark.django_db
OFFICERS = {BOJONEGORO: "bojonegoro", TUBAN: "tuban"}
REGIONS = st.sampled_from(sorted(OFFICERS))
DAYS = st.integers(-40, 35)
STEPS = st.one_of(
    st.tuples(st.sampled_from(["growing", "declining", "shut"]), REGIONS),
    st.tuples(st.just("former"), REGIONS, st.integers(-40, 20)),
    st.tuples(st.just("visit"), st.integers(0, 5), st.integers(1, 28)),
    st.tuples(st.just("die"), st.integers(0, 5), st.integers(1, 25)),
    st.tuples(st.just("move"), st.integers(0, 5), REGIONS),
    st.tuples(st.just("plan"), st.integers(0, 5)),
    st.tuples(st.just("refer"), st.integers(0, 5), st.integers(1, 70)),
)


def do(name: str, *given_to: int) -> None:
    """One thing that an office does; nothing when there is nobody to do it to."""
    if name in {"growing", "declining", "shut"}:
        {"growing": growing, "declining": declining, "shut": shut}[name](*given_to)
    elif name == "former":
        former(given_to[0], since=on(given_to[1]))
    elif found := list(Business.objects.select_related("person").order_by("pk"))[given_to[0] : given_to[0] + 1]:
        _to(found[0], name, *given_to[1:])


def _to(business: Business, name: str, *how: int) -> None:
    if name == "visit":
        seen(business, on(how[0]), 1_000_000)
    elif name == "die" and business.person.status == "former_client":
        stepped(business.person, "die", on(how[0]))
    elif name == "move":
        Person.objects.filter(pk=business.person_id).update(region=how[0])
        Business.objects.filter(pk=business.pk).update(person=business.person_id)
    elif name == "plan" and not business.plans.exists():
        plan_for(business, began=40)
    elif name == "refer":
        sent_ago(ReferralFactory(consent=ConsentFactory(person=business.person), business=business), how[0])


@pytest.mark.long
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=4, max_size=12))
def test_kab_kota_sum_to_the_province(steps):
    with transaction.atomic():
        point = transaction.savepoint()
        for step in steps:
            do(*step)
        _check()
        transaction.savepoint_rollback(point)


def _check() -> None:
    province = member("provinsi")
    officers = {region: member(name) for region, name in OFFICERS.items()}
    edition = closed()
    for told in (lambda user: live(user, SPAN), lambda user: frozen(edition, user)):
        with door(province):
            whole = told(province)
        own = {}
        for region, officer in officers.items():
            with door(officer):
                own[region] = told(officer)
        for measure in whole.measures:
            parts = [own[region].of(measure.code) for region in own]
            assert [whole.of(measure.code, region) for region in own] == parts
            assert whole.of(measure.code) == sum(parts)
    _check_rows(province, edition)


def _check_rows(province, edition) -> None:
    span = Span(MONTH, MONTH.last)
    with door(province):
        for source in SOURCES:
            for measure in source.measures:
                rows = source.of(measure, province, span).count()
                assert rows == EditionRow.objects.filter(edition=edition, measure=measure.code).count()
