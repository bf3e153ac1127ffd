"""What a list changes of the counts by day is added up by a job of its own, when the clerk has the result already."""

import pytest

from monitoring.counts.models import DayCount
from ppks.intake.stages import Stage
from tests.intake.desk import RECIPIENTS, decided, run_jobs, uploaded

pytestmark = pytest.mark.django_db


def changes() -> int:
    return DayCount.objects.filter(grain=DayCount.Grain.CHANGE).count()


def test_a_list_is_added_up_after_its_result(browse, province):
    browser = browse(province)

    listing = decided(browser, uploaded(browser, RECIPIENTS.read_bytes()))
    with_the_result = changes()
    run_jobs()

    assert listing.stage == Stage.DONE
    assert with_the_result > 0
    assert changes() == 0
