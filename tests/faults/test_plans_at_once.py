"""Two people plan for one business at the same moment, or end one step: one plan, one end, and answers that make sense."""

import pytest

from monitoring.plans.models import HelpNeed, Plan, PlanAction
from ppks.kit import dates
from tests.faults.test_twice_at_once import at_once
from tests.office import OfficeBrowser
from tests.plans.helping import needy, plan_for, step_of
from tests.plans.test_pages import typed

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

TIMES = 5


def test_the_same_plan_twice_at_once_is_one_plan(tailoring, officer, regional_head):
    needy(tailoring, obstacles=("PASAR",))
    browsers = [OfficeBrowser(user) for user in (officer, officer, regional_head, regional_head)]
    for _ in range(TIMES):
        sendings = [(browser, f"/usaha/{tailoring.pk}/rencana/", typed(tailoring, browser)) for browser in browsers]
        answers = at_once(*sendings)
        plan = Plan.objects.get(status="open")
        assert {answer.url for answer in answers} == {f"/rencana/{plan.pk}/"}
        assert PlanAction.objects.filter(plan=plan).count() == 1
        assert HelpNeed.objects.get(business=tailoring).plan_id == plan.pk
        officer_browser = browsers[0]
        officer_browser.post(f"/rencana/{plan.pk}/stop/", {"note": "Sekali lagi"})
        assert HelpNeed.objects.get(business=tailoring).plan_id is None


def test_a_step_ends_once_however_many_say_so(tailoring, officer, regional_head):
    plan = plan_for(needy(tailoring))
    steps = [step_of(plan, f"Langkah ke-{number}") for number in range(TIMES)]
    browsers = [OfficeBrowser(user) for user in (officer, regional_head, officer)]
    done = {"done_on": dates.long(dates.today()), "note": "Sudah dikerjakan"}
    for step in steps:
        at_once(*[(browser, f"/langkah/{step.pk}/finish/", done) for browser in browsers])
        assert step.steps.count() == 1


def test_a_step_added_while_the_plan_closes_is_in_the_plan_or_refused(tailoring, officer, regional_head):
    for number in range(TIMES):
        plan = plan_for(needy(tailoring) if number == 0 else tailoring)
        given = {
            "key": f"{number:032}",
            "what": "Antar ke pasar",
            "office": "Baznas",
            "due_on": dates.long(dates.today()),
        }
        answers = at_once(
            (OfficeBrowser(officer), f"/rencana/{plan.pk}/langkah/", given),
            (OfficeBrowser(regional_head), f"/rencana/{plan.pk}/stop/", {"note": "Tidak berlanjut"}),
        )
        assert [answer.status_code for answer in answers] == [302, 302]
        plan.refresh_from_db()
        assert plan.status == "stopped"
