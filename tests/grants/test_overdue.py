"""A report that is overdue keeps its owner from being proposed anew, until the head lets him."""

from datetime import timedelta

import pytest

from grants.accountability.workflow import REPORT
from grants.applications.facts import why_not_proposable
from grants.applications.statuses import Status
from grants.models import Waiver
from ppks.kit import dates
from tests import granting
from tests.granting import allocation, brought_to, call, paid
from tests.office import door

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@pytest.fixture
def owing(db):
    """Somebody whose report fell due yesterday."""
    application = brought_to(Status.DECREED)
    return paid(application, on=dates.today() - timedelta(days=91))


def test_an_overdue_report_stands_against_its_owner_in_words(owing, officer):
    later = call(allocation().line)

    with door(officer):
        said = why_not_proposable(owing.person, later, dates.today())

    due = dates.long(dates.today() - timedelta(days=1))
    assert said == [f"SPJ hibah sebelumnya belum selesai: hibah {owing.year} tahap 1, jatuh tempo {due}."]


def test_the_head_lets_somebody_apply_all_the_same(owing, officer, head):
    later = call(allocation().line)
    with door(head, write=True):
        Waiver.objects.create(identity=owing.person, year=later.line.year, reason="Sakit lama, nota menyusul.", by=head)

    with door(officer):
        assert why_not_proposable(owing.person, later, dates.today()) == []


def test_a_report_that_was_sent_stands_against_nobody_until_it_comes_back(owing, officer, pptk):
    sent, later = granting.reported(owing), call(allocation().line)
    with door(officer):
        waiting = why_not_proposable(owing.person, later, dates.today())
    with door(pptk, write=True):
        REPORT.make("return", sent.reports.get(), by=pptk, note="Foto buram.")
    with door(officer):
        back = why_not_proposable(owing.person, later, dates.today())

    assert waiting == []
    assert len(back) == 1


def test_a_report_that_was_approved_stands_against_nobody(owing, officer):
    granting.approved(granting.reported(owing))
    later = call(allocation().line)

    with door(officer):
        assert why_not_proposable(owing.person, later, dates.today()) == []
