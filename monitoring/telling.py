"""A visit in words: groups of questions and answers, the same before it is stored and on its page afterwards."""

from dataclasses import dataclass
from typing import Any

from monitoring.found import Found
from monitoring.visits import Visit
from ppks.kit import dates, rupiah


@dataclass(frozen=True, slots=True)
class Pair:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    pairs: list[Pair]


def chapters(found: Found) -> list[Chapter]:
    """What was answered; a question without an answer is left out, and so is a chapter without any."""
    visit = found.visit
    told = [
        Chapter("Kunjungan", _meeting(visit)),
        Chapter("Usaha sebulan terakhir", _business(visit)),
        Chapter("Tenaga kerja", _workers(visit)),
        Chapter("Harta dan utang", _belongings(visit)),
        Chapter("Pembukuan dan pasar", _market(visit)),
        Chapter("Izin", [Pair(permit.get_kind_display(), permit_words(permit)) for permit in found.permits]),
        Chapter("Barang bantuan", [Pair(aid.name, aid.get_state_display()) for aid in found.aids]),
        Chapter("Hambatan dan bantuan", [*_obstacles(found), *_words(visit, help_wanted="Bantuan yang diharapkan")]),
        Chapter("Catatan", [*_words(visit, note="Catatan"), *_position(visit)]),
    ]
    return [chapter for chapter in told if chapter.pairs]


def _pairs(*candidates: tuple[str, Any]) -> list[Pair]:
    return [Pair(label, str(value)) for label, value in candidates if value not in {None, ""}]


def _money(amount: int | None) -> str | None:
    return None if amount is None else rupiah.format(amount)


def _people(number: int | None) -> str | None:
    return None if number is None else f"{number} orang"


def _meeting(visit: Visit) -> list[Pair]:
    return _pairs(
        ("Tanggal kunjungan", dates.long(visit.visited_on)),
        ("Bertemu siapa", visit.get_met_display()),
        ("Bertemu di mana", visit.get_place_display()),
    )


def _business(visit: Visit) -> list[Pair]:
    unknown = "tidak diketahui" if visit.operating and visit.turnover is None else None
    return _pairs(
        ("Usaha masih berjalan", "Ya" if visit.operating else "Tidak"),
        ("Omzet", unknown or _money(visit.turnover)),
        ("Biaya", _money(visit.costs)),
        ("Rugi" if (visit.profit or 0) < 0 else "Laba bersih", _money(visit.profit and abs(visit.profit))),
        ("Angka dari mana", visit.get_basis_display()),
    )


def _workers(visit: Visit) -> list[Pair]:
    return _pairs(
        ("Tenaga kerja selain pemilik", _people(visit.workers)),
        ("Laki-laki", _people(visit.men)),
        ("Perempuan", _people(visit.women)),
        ("Penyandang disabilitas", _people(visit.disabled)),
        ("Dibayar", _people(visit.paid)),
        ("Upah seluruhnya sebulan", _money(visit.wage_bill)),
    )


def _belongings(visit: Visit) -> list[Pair]:
    return _pairs(
        ("Nilai aset usaha", _money(visit.assets)),
        ("Tabungan", _money(visit.savings)),
        ("Utang", _money(visit.debt)),
        ("Utang kepada", visit.get_lender_display()),
    )


def _market(visit: Visit) -> list[Pair]:
    online = {True: "Ya", False: "Tidak", None: None}[visit.has_online_sales]
    return _pairs(
        ("Pembukuan", visit.get_bookkeeping_display()),
        ("Jangkauan pasar", visit.get_market_display()),
        ("Berjualan daring", online),
    )


def permit_words(permit) -> str:
    until = f", berlaku sampai {dates.long(permit.valid_until)}" if permit.valid_until else ""
    return f"{permit.get_state_display()}{until}"


def _obstacles(found: Found) -> list[Pair]:
    return [
        Pair(str(one.obstacle), one.get_severity_display(), "" if found.visit.is_masked else one.note)
        for one in found.obstacles
    ]


def _words(visit: Visit, **labels: str) -> list[Pair]:
    return [] if visit.is_masked else _pairs(*((label, getattr(visit, name)) for name, label in labels.items()))


def _position(visit: Visit) -> list[Pair]:
    if visit.is_masked or visit.latitude is None:
        return []
    return [Pair("Letak", f"{visit.latitude}, {visit.longitude}")]


def doubts(found: Found) -> list[str]:
    """What is possible but odd: said before saving, never a reason to refuse."""
    visit = found.visit
    said = []
    if None not in {visit.turnover, visit.costs, visit.profit} and visit.turnover - visit.costs != visit.profit:
        left = visit.turnover - visit.costs
        said.append(
            f"Omzet dikurangi biaya {_result(left)}, tetapi laba ditulis {_result(visit.profit)}. Periksa sekali lagi."
        )
    if visit.debt and not visit.lender:
        said.append("Ada utang, tetapi belum diisi kepada siapa.")
    if visit.wage_bill and visit.paid == 0:
        said.append("Ada upah, tetapi tenaga kerja yang dibayar ditulis 0 orang.")
    return said


def _result(amount: int) -> str:
    return f"rugi {rupiah.format(-amount)}" if amount < 0 else rupiah.format(amount)
