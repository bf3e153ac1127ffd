"""Gathers what is known of people for the rule: business, visits, household, aid, agreement, home visit; few queries for many."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

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
from ppks.regions.models import MinimumWage, PovertyLine, Region

CURRENT_RULE = RULES[max(RULES)]
PUBLISHED_AFTER = 5  # months: the line of March comes out in July, that of September in January
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
    ids = [person.pk for person in people]
    rows = Business.objects.filter(person__in=ids).as_of(on).select_related("trade").order_by("pk")
    businesses = {business.person_id: business for business in rows}
    visits = _visits(businesses.values(), on)
    households = _newest(HouseholdFact.objects.filter(person__in=ids).order_by("as_of", "pk"))
    words = Agreement.objects.filter(person__in=ids).only("person", "said_on", "agrees")
    agreements = _newest(words.order_by("said_on", "pk"))
    aids, spells = _aids(ids), _spells(ids)
    trips = _home_visits(spells.values())
    found = {}
    for pk in ids:
        business, home, said = businesses.get(pk), households.get(pk), agreements.get(pk)
        proposer, trip = trips.get(pk, (None, None))
        evidence = Evidence(
            category=business.state if business else Category.UNKNOWN,
            trend=business.state_trend if business else "",
            seen_on=business.seen_on if business else None,
            figures=visits.get(business.pk, ()) if business else (),
            household=home and Household(home.as_of, home.size, home.other_income, AID[home.aid], home.aid_last_on),
            aids=aids.get(pk, ()),
            agreement=said and Said(said.said_on, said.agrees),
            home_visit=trip,
            proposer=proposer,
        )
        found[pk] = Known(evidence, business, spells.get(pk))
    return found


def _newest(rows: Iterable[Any]) -> dict[int, Any]:
    return {row.person_id: row for row in rows}


def _visits(businesses: Iterable[Business], today: date) -> dict[int, list[Figure]]:
    """The visits of the last six months that stand, oldest first, each with the yardsticks of its day."""
    ids = [business.pk for business in businesses]
    rows = Visit.objects.filter(business__in=ids, replaced_by=None, visited_on__gte=add_months(today, -7))
    rows = list(rows.only("business", "region", "visited_on", "profit", "operating").order_by("visited_on", "pk"))
    wages, lines = yardsticks({visit.region_id for visit in rows})
    found: dict[int, list[Figure]] = defaultdict(list)
    for visit in rows:
        day, region = visit.visited_on, visit.region_id
        line = last_known(lines[region], day) or last_known(lines[None], day)
        found[visit.business_id].append(
            Figure(day, visit.profit, last_known(wages[region], day), line, operating=visit.operating)
        )
    return found


def yardsticks(regions: set[int]) -> tuple[dict[Any, list[Yardstick]], dict[Any, list[Yardstick]]]:
    """UMK and poverty lines by region id; the province's line under None."""
    wages, lines = defaultdict(list), defaultdict(list)
    if not regions:
        return wages, lines
    names = Region.objects.in_bulk(regions)
    for wage in MinimumWage.objects.filter(region__in=regions):
        period = f"UMK {names[wage.region_id]} {wage.valid_from.year}"
        wages[wage.region_id].append(Yardstick(wage.valid_from, period, wage.amount))
    for line in PovertyLine.objects.exclude(region__isnull=False, region__in=Region.objects.exclude(pk__in=regions)):
        period = f"garis kemiskinan {dates.month(line.period)}"
        lines[line.region_id].append(Yardstick(add_months(line.period, PUBLISHED_AFTER), period, line.amount))
    return wages, lines


def _aids(ids: list[int]) -> dict[int, list[date]]:
    """The days of aid that lists tell of; of one known by its year alone the last possible day."""
    found: dict[int, list[date]] = defaultdict(list)
    for aid in OtherAid.objects.filter(person__in=ids).select_related("source"):
        day = aid.source.list_date
        if aid.given_on:
            day = aid.given_on
        elif aid.year:
            day = min(day, date(aid.year, 12, 31))
        found[aid.person_id].append(day)
    return found


def _spells(ids: list[int]) -> dict[int, Graduation]:
    """By person, the graduation that is under way or that stands."""
    current = Graduation.objects.filter(person__in=ids, status__in=[*OPEN, Graduation.Status.INDEPENDENT])
    return {spell.person_id: spell for spell in current.order_by("pk")}


def _home_visits(spells: Iterable[Graduation]) -> dict[int, tuple[int | None, Seen | None]]:
    """By person: who proposed the graduation that is under way, and the last home visit to it."""
    under_way = [spell for spell in spells if spell.is_open]
    if not under_way:
        return {}
    proposals = Proposal.objects.filter(graduation__in=under_way).order_by("pk")
    proposers = dict(proposals.values_list("graduation", "by"))
    rows = HomeVisit.objects.filter(graduation__in=under_way).order_by("pk")
    trips = {row.graduation_id: Seen(row.visited_on, row.by_id) for row in rows.only("graduation", "visited_on", "by")}
    return {spell.person_id: (proposers.get(spell.pk), trips.get(spell.pk)) for spell in under_way}


def frozen(evidence: Evidence) -> dict[str, Any]:
    """The evidence as a proposal keeps it: days in ISO, amounts in whole rupiah."""
    return _plain(asdict(evidence))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
