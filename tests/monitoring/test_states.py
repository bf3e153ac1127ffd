"""States asked of the columns give the same businesses as the state that is shown, for every category and every day."""

from datetime import timedelta
from itertools import product

import pytest

from monitoring.models import Business
from monitoring.progress import Category, Trend
from ppks.kit import dates
from tests.factories import BusinessFactory
from tests.office import sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_business(db):
    """One of each category, trend and end of validity, whether or not the rule would ever say so."""
    person = BusinessFactory().person
    today = dates.today()
    ends = (None, today - timedelta(days=1), today, today + timedelta(days=1))
    for category, trend, valid_until in product(Category.values, ("", *Trend.values), ends):
        business = BusinessFactory(person=person)
        sql(
            "update monitoring_business set category = %s, trend = %s, valid_until = %s where id = %s",
            category,
            trend,
            valid_until,
            business.pk,
        )


@pytest.mark.parametrize("days", [0, 1])
def test_filters_and_shown_states_agree(every_business, days):
    businesses = Business.objects.as_of(dates.today() + timedelta(days=days))
    shown = {business.pk: (business.state, business.state_trend) for business in businesses}
    assert len(shown) == 97
    for state in Category.values:
        expected = {pk for pk, (found, _) in shown.items() if found == state}
        assert set(businesses.in_state(state).values_list("pk", flat=True)) == expected, state
    helped = {pk for pk, (state, trend) in shown.items() if state in Category.needs_help or trend == Trend.FALLING}
    assert set(businesses.needing_help().values_list("pk", flat=True)) == helped
