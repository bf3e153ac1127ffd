"""Fills the database of the benchmark through COPY: people with NIK, stays, grants and businesses, and their visits."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from benchmarks import fates
from benchmarks.copying import refill
from clients import names
from clients.models import Person, PersonStep, Stay
from grants.models import PastGrant
from monitoring.models import Assessment, Business, DueVisit, ListedFigure, Trade, Visit
from monitoring.progress import Category, Trend
from monitoring.schedule import add_months
from ppks.accounts.models import User
from ppks.audit.models import Source
from ppks.intake.demo.users import officers
from ppks.kit import dates
from ppks.kit.computed import index_of
from ppks.regions.models import District, Institution

LIST_DATE = date(2020, 8, 26)
SYLLABLES = (
    "su", "ri", "wa", "ti", "no", "di", "ma", "sa", "yu", "ni", "har", "ji", "pra", "la", "ra", "kar", "man", "to",
)  # fmt: skip
GIVEN = ("Siti", "Sri", "Nur", "Dwi", "Tri", "Eko", "Agus", "Budi", "Wahyu", "Dewi", "Rina", "Endang", "Slamet", "Umi")
FIRST_LIST = 376  # people on the list of 2020, which never grows; the others came with a list a year later or more
NO_NIK = 20  # every so many has none

VISITS = """
    insert into monitoring_visit (key, business_id, region_id, visited_on, met, place, operating, turnover, profit, workers,
                                  basis, lender, market, help_wanted, note, by_id, recorded_at)
    select gen_random_uuid(), id, region_id, last_visit_on - 91 * back, %(met)s, '', true, usual + 10000 * (back %% 7),
      usual / 3, 1, %(basis)s, '', '', '', '', %(by)s, now()
    from (
      select id, region_id, last_visit_on, 500000 + 10000 * (id * 7919 %% 250) as usual, row_number() over (order by id) as number
      from monitoring_business where last_visit_on is not null
    ) business cross join lateral generate_series(0, %(each)s + (number <= %(more)s)::int - 1) back
"""  # three months apart, the last one where the business says


def fill(cursor: Any, crowd: "Crowd") -> None:
    """Empty the case tables and fill them. `cursor` is the superuser's with triggers switched off: rows come as they end."""
    refill(
        cursor,
        {
            Person: crowd.people(),
            PersonStep: crowd.steps(),
            Stay: crowd.stays(),
            PastGrant: crowd.grants(),
            Business: crowd.businesses(),
            ListedFigure: crowd.listed(),
            Visit: (),
            Assessment: crowd.assessments(),
            DueVisit: crowd.dues(),
        },
    )
    cursor.execute(VISITS, crowd.visited())


def reckon(cursor: Any, crowd: "Crowd") -> None:
    """After everything else: what triggers would have counted."""
    cursor.execute("analyze")
    cursor.execute("select monitoring_rebuild_tallies()")
    cursor.execute("select monitoring_reckon_fit(array(select id from monitoring_business))")
    cursor.execute("select counts_rebuild()")


class Crowd:
    """Everybody by number from 1: person, step, stay, grant and business of one person share it."""

    def __init__(self, people: int, visits: int, seed: int = 2026):
        self.number, self.visit_number, self.seed = people, visits, seed
        self.places = list(District.objects.values_list("pk", "region_id"))
        self.units = list(Institution.objects.values_list("pk", flat=True))
        self.trades = list(Trade.objects.values_list("pk", flat=True))
        self.by = User.objects.system().pk
        self.officers = {region: officer.pk for region, officer in officers().items()}
        self.source = Source.objects.get_or_create(
            name="benchmark.xlsx", sha256="0" * 64, list_date=LIST_DATE, by_id=self.by
        )[0].pk
        self.today = dates.today()

    @staticmethod
    def _word(number: int) -> str:
        word, size = "", len(SYLLABLES)
        for _ in range(3):
            number, rest = divmod(number, size)
            word += SYLLABLES[rest]
        return word.capitalize()

    def _each(self, table: str) -> Iterator[tuple[int, random.Random]]:
        chance = random.Random(f"{self.seed} {table}")
        return ((number, chance) for number in range(1, self.number + 1))

    def place(self, number: int) -> tuple[int, int]:
        return self.places[number * 7919 % len(self.places)]

    def people(self) -> Iterator[dict[str, Any]]:
        words = len(SYLLABLES) ** 3
        for number, chance in self._each("people"):
            district, region = self.place(number)
            name = " ".join((chance.choice(GIVEN), *(self._word(chance.randrange(words)) for _ in "ab")))
            born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
            sex, path = chance.choice(Person.Sex.values), self._path(number)
            digits = f"{district:06}{born.day + 40 * (sex == Person.Sex.FEMALE):02}{born:%m%y}{number % 10_000:04}"
            yield {
                "id": number,
                "identity_id": number,
                "name": name,
                "name_key": names.key(name),
                "initials": names.initials(name),
                "nik": digits if number % NO_NIK else None,
                "nik_index": index_of(digits) if number % NO_NIK else None,
                "nik_status": Person.NikStatus.PRESENT if number % NO_NIK else Person.NikStatus.NONE,
                "kk": f"{district:06}010110{number % 10_000:04}",
                "sex": sex,
                "birth_date": born,
                "birth_place": "Surabaya",
                "phone": f"+62812{number:08}",
                "address": f"Jl. Melati {number % 200} RT 01 RW 02",
                "district_id": district,
                "region_id": region,
                "ppks_as_written": "Penyandang disabilitas",
                "status": path[-1][1],
                "version": len(path),
                "source_id": self.source,
            }

    def steps(self) -> Iterator[dict[str, Any]]:
        key = 0
        for number, _ in self._each("steps"):
            source = "new"
            for version, (move, target, day) in enumerate(self._path(number), 1):
                key += 1
                yield {
                    "id": key,
                    "person_id": number,
                    "region_id": self.place(number)[1],
                    "version": version,
                    "move": move,
                    "source": source,
                    "target": target,
                    "by_id": self.by,
                    "effective_on": day,
                    "note": "" if move != "relapse" else "Usahanya tutup.",
                }
                source = target

    def _path(self, number: int) -> list[tuple[str, str, date]]:
        """The steps of a person: move, status, day."""
        path, spell = [("register_former", "former_client", LIST_DATE)], fates.spell(number, self.today)
        if spell and spell.decided_on:
            path.append(("graduate", "independent", spell.decided_on))
        if spell and spell.ended_on:
            path.append(("relapse", "former_client", spell.ended_on))
        return path

    def stays(self) -> Iterator[dict[str, Any]]:
        for number, chance in self._each("stays"):
            left_on = date(chance.randint(2008, 2019), 12, 31)
            yield {
                "id": number,
                "person_id": number,
                "institution_id": chance.choice(self.units),
                "left_on": left_on,
                "left_precision": Stay.Precision.YEAR,
                "source_id": self.source,
            }

    def grants(self) -> Iterator[dict[str, Any]]:
        for number, chance in self._each("grants"):
            yield {
                "id": number,
                "person_id": number,
                "region_id": self.place(number)[1],
                "year": chance.randint(2009, 2020),
                "form": chance.choice(PastGrant.Form.values),
                "amount": chance.randrange(1_500_000, 5_000_000, 500_000),
                "source_id": self.source,
                "cell": f"DATA!B{number}",
                "list_date": LIST_DATE if number <= FIRST_LIST else date(2021 + number % 5, 8, 26),
            }

    def dues(self) -> Iterator[dict[str, Any]]:
        """The next visit of every business: five months after the last, or within two months."""
        for number, chance in self._each("dues"):
            last, _ = self.last_visit(number)
            opens_on = last or self.today - timedelta(days=30)
            yield {
                "id": number,
                "business_id": number,
                "region_id": self.place(number)[1],
                "due_on": add_months(last, 5) if last else opens_on + timedelta(days=chance.randint(1, 60)),
                "opens_on": opens_on,
                "officer_id": self.officers[self.place(number)[1]],
            }

    def last_visit(self, number: int) -> tuple[date | None, Category]:
        return fates.last_visit(number, self.today)

    def spells(self) -> Iterator[tuple[int, fates.Spell]]:
        """Everybody with a graduation."""
        for number in range(1, self.number + 1):
            if spell := fates.spell(number, self.today):
                yield number, spell

    def businesses(self) -> Iterator[dict[str, Any]]:
        for number, chance in self._each("businesses"):
            last, state = self.last_visit(number)
            known = state != Category.UNKNOWN
            yield {
                "id": number,
                "person_id": number,
                "region_id": self.place(number)[1],
                "trade_id": chance.choice(self.trades),
                "reported_condition": chance.choice(("growing", "steady", "stagnant", "declining")),
                "reported_on": LIST_DATE,
                "source_id": self.source,
                "category": state,
                "trend": chance.choice(Trend.values) if known else "",
                "valid_until": last + timedelta(days=183) if known else None,
                "last_visit_on": last,
                "last_turnover": chance.randrange(500_000, 9_000_000, 10_000),
            }

    def assessments(self) -> Iterator[dict[str, Any]]:
        """The last one of each, as it stands on the business."""
        for business in self.businesses():
            if business["last_visit_on"]:
                kept = ("category", "trend", "valid_until", "last_visit_on", "last_turnover")
                yield {name: business[name] for name in kept} | {
                    "id": business["id"],
                    "business_id": business["id"],
                    "on": business["last_visit_on"],
                    "reasons": ["Percobaan."],
                    "rule": 1,
                }

    def listed(self) -> Iterator[dict[str, Any]]:
        for number, chance in self._each("listed"):
            yield {
                "id": number,
                "business_id": number,
                "observed_on": LIST_DATE,
                "source_id": self.source,
                "cell": f"DATA!T{number}",
                "turnover": chance.randrange(500_000, 3_000_000, 10_000),
                "workers": 0,
            }

    def visited(self) -> dict[str, Any]:
        """What `VISITS` must know: as many for every visited business as there are to share out."""
        businesses = self.number - self.number // fates.NEVER_VISITED
        each, more = divmod(self.visit_number, max(businesses, 1))
        return {"each": each, "more": more, "by": self.by, "met": Visit.Met.OWNER, "basis": Visit.Basis.ESTIMATE}
