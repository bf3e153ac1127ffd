"""Who on a list is known already: by NIK, else by name, birth date and region, else by name, region and trade."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from clients import names
from clients.models import Person, PersonQuerySet
from ppks.intake.results import Recipient
from ppks.intake.vocabulary import plain
from ppks.kit.computed import index_of
from ppks.regions.reference_tables import number

BATCH = 5_000
RELATED = (
    "past_grants",
    "stays",
    "categories__kind",
    "disabilities__kind",
    "businesses__trade",
    "businesses__listed_figures",
)


class Known:
    """The people within the user's reach that these rows may mean, with all that hangs on them."""

    def __init__(self, recipients: Iterable[Recipient], user: Any):
        recipients = list(recipients)
        people = Person.objects.visible_to(user).prefetch_related(*RELATED)
        self.by_nik = {
            p.nik_index: p for p in _fetch(people, "nik_index", [index_of(r.nik) for r in recipients if r.nik])
        }
        self.by_name: dict[tuple, list[Person]] = defaultdict(list)
        for person in _fetch(people, "name_key", [names.key(r.name) for r in recipients if not r.nik]):
            self.by_name[person.name_key, person.region_id].append(person)

    def person(self, row: Recipient) -> Person | None:
        """The person a row means, or None for somebody new."""
        if row.nik:
            return self.by_nik.get(index_of(row.nik))
        namesakes = self.by_name.get((names.key(row.name), number(row.region_code)), ())
        matching = [person for person in namesakes if _same(person, row)]
        return matching[0] if len(matching) == 1 else None


def _same(person: Person, row: Recipient) -> bool:
    if row.birth_date is None and person.birth_date is None:
        return any(same_trade(business, row) for business in person.businesses.all())
    if person.birth_date != row.birth_date:
        return False
    return not (row.kk and person.kk_index) or index_of(row.kk) == person.kk_index


def same_trade(business: Any, row: Recipient) -> bool:
    """Whether a stored business is the one that a row tells of."""
    if row.trade_code and business.trade:
        return business.trade.code == row.trade_code
    return plain(business.trade_as_written) == plain(row.trade)


def _fetch(people: PersonQuerySet, column: str, values: list[str]) -> Iterable[Person]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), BATCH):
        yield from people.filter(**{f"{column}__in": wanted[start : start + BATCH]})
