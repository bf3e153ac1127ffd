"""Who on a list is known already, and what is known of them: by NIK, else by name, birth date and region, else by trade."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from clients import names
from clients.models import Category, Disability, Person, PersonQuerySet, Stay
from grants.models import PastGrant
from monitoring.models import Business, ListedFigure
from ppks.intake.results import Recipient
from ppks.intake.vocabulary import plain
from ppks.kit.computed import index_of
from ppks.regions.reference_tables import number

Amounts = tuple[int | None, int | None, int | None]


class People:
    """The people within the user's reach that have one of these NIKs, and the NIKs that are registered beyond it."""

    def __init__(self, people: PersonQuerySet, niks: Iterable[str]):
        self.indexes = {nik: index_of(nik) for nik in niks}
        wanted = list(self.indexes.values())
        self.by_nik = {person.nik_index: person for person in people.filter(nik_index__in=wanted)}
        self.elsewhere = registered_elsewhere([index for index in wanted if index not in self.by_nik])

    def person(self, nik: str) -> Person | None:
        return self.by_nik.get(self.indexes[nik])

    def is_elsewhere(self, nik: str) -> bool:
        return self.indexes[nik] in self.elsewhere


def reached(user: Any, *, lock: bool = False) -> PersonQuerySet:
    """The people of a user, without the sealed numbers (their indexes say whether one differs); locked before a write."""
    people = Person.objects.visible_to(user).defer("nik", "kk").order_by("pk")
    return people.select_for_update(of=("self",)) if lock else people


def registered_elsewhere(indexes: list[str]) -> set[str]:
    """Those of the blind indexes that belong to somebody out of the reach of whose door is open."""
    if not indexes:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("select * from registered_elsewhere(%s)", [indexes])
        return {row[0] for row in cursor.fetchall()}


class Known:
    """The people that these rows may mean, with what is stored of them; needs an open door."""

    def __init__(self, rows: Iterable[Recipient], user: Any, *, lock: bool = False):
        rows = list(rows)
        people = reached(user, lock=lock)
        self.people = People(people, [row.nik for row in rows if row.nik])
        self.by_name: dict[tuple, list[Person]] = defaultdict(list)
        for person in people.filter(name_key__in={names.key(row.name) for row in rows if not row.nik}):
            self.by_name[person.name_key, person.region_id].append(person)
        found = [*self.people.by_nik.values(), *(person for group in self.by_name.values() for person in group)]
        self._read_facts([person.pk for person in found], user)

    def _read_facts(self, ids: list[int], user: Any) -> None:
        """A query a table: prefetching would make a manager for every person and table."""
        rows = {"person__in": ids}
        stays = Stay.objects.visible_to(user).filter(**rows)
        self.stays = _sets((s.person_id, (s.institution_id, s.institution_as_written, s.left_on and s.left_on.year))
                           for s in stays)  # fmt: skip
        kinds = Category.objects.visible_to(user).filter(**rows, until_on=None)
        self.kinds = _sets(kinds.values_list("person", "kind__code"))
        self.disabilities = _sets(
            Disability.objects.visible_to(user).filter(**rows).values_list("person", "kind__code")
        )
        grants = PastGrant.objects.visible_to(user).filter(**rows).values_list("person", "year", "form", "amount")
        self.grants = _sets((person, tuple(told)) for person, *told in grants)
        self.businesses: dict[int, list[Business]] = defaultdict(list)
        for business in Business.objects.visible_to(user).filter(**rows).select_related("trade").order_by("pk"):
            self.businesses[business.person_id].append(business)
        figures = ListedFigure.objects.visible_to(user).filter(business__person__in=ids).order_by("pk")
        self.figures: dict[tuple, Amounts] = {
            (business, day): tuple(amounts)  # the last list that speaks of a day
            for business, day, *amounts in figures.values_list(
                "business", "observed_on", "turnover", "profit", "workers"
            )
        }

    def meant(self, row: Recipient) -> list[Person]:
        """The stored people a row may mean: none for somebody new, several when it does not say enough."""
        if row.nik:
            person = self.people.person(row.nik)
            return [person] if person else []
        namesakes = self.by_name.get((names.key(row.name), number(row.region_code)), ())
        return [person for person in namesakes if self._is_same(person, row)]

    def _is_same(self, person: Person, row: Recipient) -> bool:
        if row.birth_date is None and person.birth_date is None:
            return any(same_trade(business, row) for business in self.businesses.get(person.pk, ()))
        if person.birth_date != row.birth_date:
            return False
        return not (row.kk and person.kk_index) or index_of(row.kk) == person.kk_index


def same_trade(business: Any, row: Recipient) -> bool:
    """Whether a stored business is the one that a row tells of."""
    if row.trade_code and business.trade:
        return business.trade.code == row.trade_code
    return plain(business.trade_as_written) == plain(row.trade)


def _sets(pairs: Iterable[tuple[int, Any]]) -> dict[int, set]:
    found: dict[int, set] = defaultdict(set)
    for person, value in pairs:
        found[person].add(value)
    return found
