"""A month that is over, with people, visits, plans, referrals and money in it; and its report, closed by the province."""

from datetime import date, timedelta

from clients.lifecycle import LIFECYCLE
from clients.models import Person
from monitoring.assessing import assess_from
from monitoring.models import Business
from monitoring.reports.closing import close
from monitoring.reports.measures import Span
from monitoring.reports.models import Edition
from monitoring.reports.periods import Period
from monitoring.reports.values import Values, frozen, live
from monitoring.schedule import add_months
from ppks.accounts.models import User
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory
from tests.office import door
from tests.people import BOJONEGORO, member

MONTH = Period(add_months(dates.today().replace(day=1), -1), 1)
SPAN = Span(MONTH, MONTH.last)


def on(day: int) -> date:
    """That day of the month; zero and below lie before it."""
    return MONTH.first + timedelta(days=day - 1)


def former(region: int = BOJONEGORO, *, since: date | None = None, **fields: object) -> Person:
    """A former client, registered long before the month unless `since` says otherwise."""
    return stepped(PersonFactory(region_id=region, **fields), "register_former", since or on(-400))


def stepped(person: Person, move: str, day: date) -> Person:
    """The person after a move that took effect on that day."""
    system = User.objects.system()
    with door(system, write=True):
        LIFECYCLE.make(move, person, by=system, note="Menurut surat keterangan.", effective_on=day)
    return Person.objects.get(pk=person.pk)


def business(region: int = BOJONEGORO, *visits: tuple[date, int | None], **fields: object) -> Business:
    """A business of somebody there, visited on these days; without turnover it was found shut."""
    made = BusinessFactory(person=former(region), **fields)
    for day, turnover in visits:
        seen(made, day, turnover)
    return Business.objects.get(pk=made.pk)


def seen(of: Business, day: date, turnover: int | None, **fields: object) -> None:
    VisitFactory(business=of, visited_on=day, turnover=turnover, operating=turnover is not None, **fields)
    assess_from(of, day)


def growing(region: int = BOJONEGORO) -> Business:
    """Three visits, the last two well above the first; the last one in the month."""
    return business(region, (on(-120), 1_000_000), (on(-60), 1_300_000), (on(10), 1_500_000))


def declining(region: int = BOJONEGORO) -> Business:
    return business(region, (on(-120), 1_000_000), (on(-60), 800_000), (on(12), 700_000))


def shut(region: int = BOJONEGORO) -> Business:
    return business(region, (on(-60), 1_000_000), (on(20), None))


def told(user: User) -> dict[str, int]:
    """The live figures of the month that are not zero, as this user counts them."""
    with door(user):
        return _not_zero(live(user, SPAN))


def kept(edition: Edition, user: User) -> dict[str, int]:
    """The frozen ones."""
    with door(user):
        return _not_zero(frozen(edition, user))


def _not_zero(values: Values) -> dict[str, int]:
    return {measure.code: value for measure in values.measures if (value := values.of(measure.code))}


def closed(period: Period = MONTH, *, by: User | None = None, reason: str = "") -> Edition:
    by = by or member("provinsi")
    with door(by, write=True):
        return close(period, by=by, reason=reason)
