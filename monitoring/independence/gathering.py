"""Gathers what is known of people for the rule: business, visits, household, aid, agreement, home visit; few queries for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from clients.models import HouseholdFact, Person
from grants.models import OtherAid
from monitoring.independence.models import Agreement, Graduation, HomeVisit, Proposal
from monitoring.independence.rule import RULES, Evidence, Figure, Household, Yardstick, last_known
from monitoring.independence.rule import Agreement as Said
from monitoring.independence.rule import HomeVisit as Seen
from monitoring.independence.workflow import OPEN
from monitoring.models import Business, Category, Visit
from monitoring.schedule import add_months
from ppks.kit import dates
from ppks.kit.prepared import NOBODY, prepared
from ppks.regions.models import MinimumWage, PovertyLine

CURRENT_RULE = RULES[max(RULES)]
PUBLISHED_AFTER = 5  # months: the line of March comes out in July, that of September in January
CURRENT = (*sorted(OPEN), Graduation.Status.INDEPENDENT)  # under way, or standing
AID = {HouseholdFact.Aid.NONE: False, HouseholdFact.Aid.RECEIVED: True, HouseholdFact.Aid.UNKNOWN: None}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person: evidence, the business it is about, the graduation that is under way or stands."""

    evidence: Evidence
    business: Business | None = None
    spell: Graduation | None = None


def evidence_for(person: Person) -> Evidence:
    """What is known today of one person, within the reach of who asks."""
    return known_of([person], on=dates.today())[person.pk].evidence


def known_of(people: Sequence[Person], *, on: date) -> dict[int, Known]:
    """The same for a page of people and a day from today on, by person id. The business recorded last counts."""
    ids = tuple(person.pk for person in people)
    businesses = {business.person_id: business for business in _businesses(NOBODY, ids, on)}
    visits = _figures(tuple(business.pk for business in businesses.values()), on)
    households = {home.person_id: home for home in _households(NOBODY, ids)}
    agreements = {person: Said(*told) for person, *told in _agreements(NOBODY, ids)}
    aids = _aid_days(ids)
    spells = {spell.person_id: spell for spell in _spells(NOBODY, ids)}
    trips = _home_visits(spells.values())
    found = {}
    for pk in ids:
        business, home = businesses.get(pk), households.get(pk)
        proposer, trip = trips.get(pk, (None, None))
        evidence = Evidence(
            category=business.state if business else Category.UNKNOWN,
            trend=business.state_trend if business else "",
            seen_on=business.seen_on if business else None,
            figures=visits.get(business.pk, ()) if business else (),
            household=home and Household(home.as_of, home.size, home.other_income, AID[home.aid], home.aid_last_on),
            aids=aids.get(pk, ()),
            agreement=agreements.get(pk),
            home_visit=trip,
            proposer=proposer,
        )
        found[pk] = Known(evidence, business, spells.get(pk))
    return found


# Questions about a page of people, in the order in which the last row of a person counts. The policies say who reads what.


@prepared
def _businesses(reader, people, on):
    return Business.objects.filter(person__in=people).as_of(on).select_related("trade").order_by("pk")


@prepared
def _households(reader, people):
    return HouseholdFact.objects.filter(person__in=people).order_by("as_of", "pk")


@prepared
def _agreements(reader, people):
    rows = Agreement.objects.filter(person__in=people).order_by("said_on", "pk")
    return rows.values_list("person", "said_on", "agrees")


@prepared
def _aids(reader, people):
    rows = OtherAid.objects.filter(person__in=people).order_by("pk")
    return rows.values_list("person", "given_on", "year", "source__list_date")


@prepared
def _spells(reader, people):
    return Graduation.objects.filter(person__in=people, status__in=CURRENT).order_by("pk")


@prepared
def _visits(reader, businesses, since):
    rows = Visit.objects.filter(business__in=businesses, replaced_by=None, visited_on__gte=since)
    return rows.order_by("visited_on", "pk").values_list("business", "region", "visited_on", "profit", "operating")


@prepared
def _wages(reader, regions):
    return MinimumWage.objects.filter(region__in=regions).select_related("region")


@prepared
def _lines(reader, regions):
    """Those of these regions and the province's own."""
    rows = PovertyLine.objects.filter(Q(region=None) | Q(region__in=regions))
    return rows.values_list("region", "period", "amount")


def _figures(businesses: tuple[int, ...], today: date) -> dict[int, list[Figure]]:
    """The visits of the last six months that stand, oldest first, each with the yardsticks of its day."""
    rows = _visits(NOBODY, businesses, add_months(today, -7)) if businesses else []
    wages, lines = yardsticks({region for _, region, *_ in rows})
    found: dict[int, list[Figure]] = defaultdict(list)
    for business, region, day, profit, operating in rows:
        line = last_known(lines[region], day) or last_known(lines[None], day)
        found[business].append(Figure(day, profit, last_known(wages[region], day), line, operating=operating))
    return found


def yardsticks(regions: set[int]) -> tuple[dict[Any, list[Yardstick]], dict[Any, list[Yardstick]]]:
    """UMK and poverty lines by region id; the province's line under None."""
    wages, lines = defaultdict(list), defaultdict(list)
    if not regions:
        return wages, lines
    keys = tuple(sorted(regions))
    for wage in _wages(NOBODY, keys):
        period = f"UMK {wage.region} {wage.valid_from.year}"
        wages[wage.region_id].append(Yardstick(wage.valid_from, period, wage.amount))
    for region, month, amount in _lines(NOBODY, keys):
        period = f"garis kemiskinan {dates.month(month)}"
        lines[region].append(Yardstick(add_months(month, PUBLISHED_AFTER), period, amount))
    return wages, lines


def _aid_days(people: tuple[int, ...]) -> dict[int, list[date]]:
    """The days of aid that lists tell of; of one known by its year alone the last possible day."""
    found: dict[int, list[date]] = defaultdict(list)
    for person, given_on, year, listed_on in _aids(NOBODY, people):
        of_year = min(listed_on, date(year, 12, 31)) if year else listed_on
        found[person].append(given_on or of_year)
    return found


def _home_visits(spells: Iterable[Graduation]) -> dict[int, tuple[int | None, Seen | None]]:
    """By person: who proposed the graduation that is under way, and the last home visit to it."""
    under_way = [spell for spell in spells if spell.is_open]
    if not under_way:
        return {}
    keys = tuple(spell.pk for spell in under_way)
    proposers = dict(_proposals(NOBODY, keys))
    trips = {graduation: Seen(*told) for graduation, *told in _trips(NOBODY, keys)}
    return {spell.person_id: (proposers.get(spell.pk), trips.get(spell.pk)) for spell in under_way}


@prepared
def _proposals(reader, graduations):
    return Proposal.objects.filter(graduation__in=graduations).order_by("pk").values_list("graduation", "by")


@prepared
def _trips(reader, graduations):
    rows = HomeVisit.objects.filter(graduation__in=graduations).order_by("pk")
    return rows.values_list("graduation", "visited_on", "by")


def frozen(evidence: Evidence) -> dict[str, Any]:
    """The evidence as a proposal keeps it: days in ISO, amounts in whole rupiah."""
    return _plain(asdict(evidence))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
