"""What a list changes of the counts by day is added up by a job of its own, when the clerk has the result already."""

import pytest

from monitoring.counts.models import DayCount
from ppks.intake.stages import Stage
from tests.intake.desk import decided, run_jobs, uploaded
from tests.intake.test_desk import listed, person
from tests.people import member

pytestmark = pytest.mark.django_db


def changes() -> int:
    return DayCount.objects.filter(grain=DayCount.Grain.CHANGE).count()


@pytest.mark.parametrize("who", ["provinsi", "bojonegoro"])
def test_a_list_is_added_up_after_its_result(browse, who):
    browser = browse(member(who))

    listing = decided(browser, uploaded(browser, listed(person())))
    with_the_result = changes()
    run_jobs()

    assert listing.stage == Stage.DONE
    assert with_the_result > 0
    assert changes() == 0
