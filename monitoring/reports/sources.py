"""All sources of a report in their order, and which of them a role may look at."""

from typing import Any

from monitoring.reports.helping import PLANS, REFERRALS
from monitoring.reports.measures import Source
from monitoring.reports.money import MONEY, REQUESTS
from monitoring.reports.people import INDEPENDENCE, PEOPLE, STEPS
from monitoring.reports.visiting import BUSINESSES, DUES, LATES, VISITS

SOURCES = (PEOPLE, STEPS, BUSINESSES, VISITS, DUES, LATES, PLANS, REFERRALS, INDEPENDENCE, REQUESTS, MONEY)
BY_MEASURE = {measure.code: (source, measure) for source in SOURCES for measure in source.measures}


def open_to(user: Any) -> list[Source]:
    """The sources whose rows this role may look at."""
    return [source for source in SOURCES if user.has_perm(source.permission)]
