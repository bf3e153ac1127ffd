"""Decides where a row's person lives: region, district, village, by the row, its group, the title, the officer."""

from dataclasses import dataclass

from ppks.intake.cells import looks_like_formula, text
from ppks.intake.results import Problem, Recipient, problem
from ppks.intake.rows import Group
from ppks.intake.vocabulary import Places


@dataclass(frozen=True, slots=True)
class Fallback:
    """Where the people of a table without regions live: as its title or sheet name says, else the officer's own."""

    heading: str  # the cell at which a table without any region is at fault
    title: tuple[str, ...] = ()  # codes; two for a name that a kabupaten and a kota share
    own: str | None = None


_MOST_HINTS = 500  # looking for similar names takes longer than the rest of a row


class Locator:
    """Finds the places of the rows of one table."""

    def __init__(self, places: Places, sheet: str, fallback: Fallback):
        self.places, self.sheet, self.fallback = places, sheet, fallback
        self._faults: dict[tuple[str, str], Problem] = {}
        self._hints: dict[tuple[str, str], str] = {}

    def locate(self, person: Recipient, written: str, group: Group | None, problems: list[Problem]) -> None:
        """Fill in the codes of region, district and village of a row whose region cell says `written`.

        `person.district` and `person.village` are set. A place that hangs on a faulty one is not looked at.
        """
        if written:
            person.region_code = self._by_row(person, written, group, problems)
        elif group:
            person.region_code = self._by_group(person, group, problems)
        else:
            person.region_code = self._by_fallback(person, problems)
        if person.region_code and person.district and self.places.knows_districts(person.region_code):
            self._district(person, problems)

    def _by_row(self, person: Recipient, written: str, group: Group | None, problems: list[Problem]) -> str | None:
        codes = self.places.regions_named(written)
        if not codes:
            problems.append(self._unknown(person.cell("region"), written))
            return None
        if found := self._only(person, codes, group.regions if group else ()):
            return found
        problems.append(problem(self.sheet, person.cell("region"), "ambiguous_region", text=written))
        return None

    def _by_group(self, person: Recipient, group: Group, problems: list[Problem]) -> str | None:
        """A faulty group row is one fault, however many people stand under it."""
        if not group.regions:
            problems.append(self._fault(group.cell, "unknown_region", group.text))
            return None
        if found := self._only(person, group.regions, ()):
            return found
        problems.append(self._fault(group.cell, "ambiguous_region", group.text))
        return None

    def _by_fallback(self, person: Recipient, problems: list[Problem]) -> str | None:
        if self.fallback.title:
            if found := self._only(person, self.fallback.title, ()):
                return found
            cell = person.cell("region") or person.cell("district") or person.cell("name")
            name = self.places.regions[self.fallback.title[0]].name
            problems.append(problem(self.sheet, cell, "ambiguous_region", text=name))
            return None
        if self.fallback.own:
            return self.fallback.own
        if cell := person.cell("region"):
            problems.append(problem(self.sheet, cell, "region_empty"))
        else:
            problems.append(self._fault(self.fallback.heading, "no_region", ""))
        return None

    def _only(self, person: Recipient, codes: tuple[str, ...], group: tuple[str, ...]) -> str | None:
        """The one region of several meant: the one with the row's district, else the group's, the title's, one's own."""
        if len(codes) == 1:
            return codes[0]
        if person.district:
            having = [code for code in codes if self.places.district(code, person.district)]
            if len(having) == 1:
                return having[0]
        own = (self.fallback.own,) if self.fallback.own else ()
        for others in (group, self.fallback.title, own):
            common = [code for code in codes if code in others]
            if len(common) == 1:
                return common[0]
        return None

    def _district(self, person: Recipient, problems: list[Problem]) -> None:
        person.district_code = self.places.district(person.region_code, person.district)
        if not person.district_code:
            problems.append(self._wrong_district(person))
        elif person.village and self.places.knows_villages(person.district_code):
            person.village_code = self.places.village(person.district_code, person.village)
            if not person.village_code and not looks_like_formula(person.village):
                name = self.places.districts[person.district_code][1]
                cell = person.cell("village")
                said = {"text": person.village, "district": name}
                problems.append(problem(self.sheet, cell, "village_not_in_district", **said))

    def _wrong_district(self, person: Recipient) -> Problem:
        region = self.places.regions[person.region_code].full_name
        said = {"text": person.district, "region": region}
        hint = self._hint(person.region_code, person.district)
        return problem(self.sheet, person.cell("district"), "district_not_in_region", hint=hint, **said)

    def _unknown(self, cell: str, written: str) -> Problem:
        return problem(self.sheet, cell, "unknown_region", text=written, hint=self._hint("", written))

    def _hint(self, region: str, written: str) -> str:
        """What may be meant by the district of a region, or (no region) by a region, that is not known."""
        key = (region, written)
        if key not in self._hints:
            if len(self._hints) >= _MOST_HINTS:
                return ""
            self._hints[key] = self._district_hint(region, written) if region else self._region_hint(written)
        return self._hints[key]

    def _region_hint(self, written: str) -> str:
        alike = self.places.like_region(written)
        return f" Maksudnya {alike}?" if alike else ""

    def _district_hint(self, region: str, written: str) -> str:
        if alike := self.places.like_district(region, written):
            return f" Maksudnya {alike}?"
        elsewhere = [self.places.regions[code].full_name for code in self.places.regions_with_district(written)]
        return f" Kecamatan itu ada di {' dan '.join(elsewhere[:3])}." if elsewhere else ""

    def _fault(self, cell: str, code: str, written: str) -> Problem:
        """The same object for every row that hangs on one faulty cell."""
        key = (cell, code)
        if key not in self._faults:
            is_unknown = code == "unknown_region"
            said = {"text": written} if written else {}
            self._faults[key] = self._unknown(cell, written) if is_unknown else problem(self.sheet, cell, code, **said)
        return self._faults[key]


def region_text(cell: object) -> str:
    """A region as written; a code that Excel took for a number, 35.22 or 3522, counts."""
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.2f}"
    return text(cell)
