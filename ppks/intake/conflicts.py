"""What speaks against a row that only the database and the rest of the list can know, in Indonesian, by cell."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from clients import names
from ppks.intake.results import ERROR, Problem, Recipient
from ppks.intake.vocabulary import plain
from ppks.regions.models import Region

MESSAGES = {
    "region_out_of_reach": "{region} di luar wilayah Anda; baris ini hanya dapat diimpor oleh kantor di sana.",
    "nik_elsewhere": "NIK ini sudah terdaftar di kab/kota lain; minta alih wilayah.",
    "nik_unknown": "NIK ini belum terdaftar sebagai klien; daftar ini tidak membuat orang baru.",
    "person_ambiguous": "Ada {count} orang yang cocok dengan baris ini; isi NIK agar jelas yang mana.",
    "duplicate_person": "Orang ini sama dengan yang di {first}; satu orang ditulis satu kali saja, atau isi NIK keduanya.",
}


def conflict(row: Any, field: str, code: str, **parts: object) -> Problem:
    """A problem at a field's cell, or at the name's where the list has no such column."""
    cell = row.cell(field) or row.cell("name") or row.cell("nik") or f"A{row.row}"
    return Problem(row.sheet, cell, ERROR, code, MESSAGES[code].format(**parts))


class Reach:
    """The regions that a user may import into: all for the province."""

    def __init__(self, user: Any):
        self.is_all = user.role_entry.posted_to != "region"
        regions = Region.objects.all() if self.is_all else Region.objects.exclude(pk__in=user.reach)
        self.beyond = {} if self.is_all else {region.code: str(region) for region in regions}

    def fault(self, row: Recipient) -> Problem | None:
        name = self.beyond.get(row.region_code)
        return conflict(row, "region", "region_out_of_reach", region=name) if name else None


class Twins:
    """Rows of one list that mean one person: without a NIK a row is told apart only by name, birth date and region."""

    def __init__(self, rows: Iterable[Recipient]):
        self.seen: dict[tuple, list[Recipient]] = defaultdict(list)
        rows = list(rows)
        doubtful = {row.region_code for row in rows if not row.nik}  # most lists have few such rows
        for row in rows:
            if row.nik and row.region_code in doubtful:
                self.seen[_key(row)].append(row)

    def fault(self, row: Recipient) -> Problem | None:
        """Says so for each later row; a row with a NIK is never the later one."""
        if row.nik:
            return None
        others = self.seen[_key(row)]
        first = next((other for other in others if not (row.kk and other.kk and row.kk != other.kk)), None)
        if first is None:
            others.append(row)
            return None
        where = first.cell("name") if first.sheet == row.sheet else f"lembar “{first.sheet}” {first.cell('name')}"
        return conflict(row, "name", "duplicate_person", first=where)


def _key(row: Recipient) -> tuple:
    told_apart = row.birth_date or row.trade_code or plain(row.trade)
    return names.key(row.name), row.region_code, told_apart
