"""Recipients of one grant year, what became of their businesses, and the table that a picture tells of them."""

from datetime import date

from monitoring.models import Business
from ppks.dashboard.figures import Figures
from ppks.kit import dates
from tests.factories import BusinessFactory, PastGrantFactory, PersonFactory, moved
from tests.office import door
from tests.people import BOJONEGORO
from tests.reports.making import seen

YEAR = dates.today().year - 2  # its last day is between twelve and twenty-four months ago
NEXT = YEAR + 1


def recipient(region: int = BOJONEGORO, *, year: int | None = YEAR, amount: int | None = None):
    person = moved(PersonFactory(region_id=region), "register_former")
    PastGrantFactory(person=person, year=year, amount=amount)
    return person


def business_of(person, *visits: tuple[date, int | None], **fields: object) -> Business:
    made = BusinessFactory(person=person, **fields)
    for day, turnover in visits:
        seen(made, day, turnover)
    return Business.objects.get(pk=made.pk)


def growing(region: int = BOJONEGORO) -> Business:
    figures = ((date(NEXT, 4, 1), 1_000_000), (date(NEXT, 8, 1), 1_300_000), (date(NEXT, 11, 15), 1_500_000))
    return business_of(recipient(region), *figures)


def declining(region: int = BOJONEGORO) -> Business:
    figures = ((date(NEXT, 4, 1), 1_000_000), (date(NEXT, 8, 1), 800_000), (date(NEXT, 11, 15), 700_000))
    return business_of(recipient(region), *figures)


def rows_of(user, picture, name: str, day: date | None = None) -> dict[str, list]:
    """The table of a picture: what each row says, by its first cell."""
    with door(user):
        table = picture(Figures(user, day or dates.today()))[name]
    return {row[0].text: [cell.text for cell in row[1:]] for row in table.rows}
