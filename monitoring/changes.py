"""What changed from one visit to the next, in sentences an officer can check against both."""

from collections.abc import Iterator

from monitoring.found import Found
from monitoring.visits import Visit
from ppks.kit import dates, rupiah

AMOUNTS = {
    "turnover": "Omzet",
    "profit": "Laba bersih",
    "debt": "Utang",
    "savings": "Tabungan",
    "assets": "Nilai aset usaha",
}


def changes(before: Found, after: Found) -> list[str]:
    """Only what both visits answered, or what one of them found; empty when all is as it was."""
    return [
        *_operating(before.visit, after.visit),
        *_amounts(before.visit, after.visit),
        *_workers(before.visit, after.visit),
        *_obstacles(before, after),
        *_aids(before, after),
        *_permits(before, after),
        *_habits(before.visit, after.visit),
    ]


def _operating(before: Visit, after: Visit) -> Iterator[str]:
    if before.operating and not after.operating:
        yield "Usaha tutup; pada kunjungan sebelumnya masih berjalan."
    if after.operating and not before.operating:
        yield "Usaha berjalan lagi."


def _amounts(before: Visit, after: Visit) -> Iterator[str]:
    for name, label in AMOUNTS.items():
        old, new = getattr(before, name), getattr(after, name)
        if old is None or new is None or old == new:
            continue
        moved = "naik" if new > old else "turun"
        share = f" ({abs(new - old) * 100 // old}%)" if old > 0 and new >= 0 else ""
        yield f"{label} {moved} {rupiah.format(abs(new - old))}{share}: dari {_money(old)} menjadi {_money(new)}."


def _money(amount: int) -> str:
    return f"rugi {rupiah.format(-amount)}" if amount < 0 else rupiah.format(amount)


def _workers(before: Visit, after: Visit) -> Iterator[str]:
    if None not in {before.workers, after.workers} and before.workers != after.workers:
        moved = "bertambah" if after.workers > before.workers else "berkurang"
        yield f"Tenaga kerja {moved} dari {before.workers} menjadi {after.workers} orang."


def _obstacles(before: Found, after: Found) -> Iterator[str]:
    old = {one.obstacle_id: one for one in before.obstacles}
    new = {one.obstacle_id: one for one in after.obstacles}
    for key, one in new.items():
        if key not in old:
            yield f"Hambatan baru: {one.obstacle} ({one.get_severity_display().lower()})."
        elif one.severity != old[key].severity:
            heavier = "lebih berat" if one.severity > old[key].severity else "lebih ringan"
            yield f"Hambatan {heavier}: {one.obstacle} ({one.get_severity_display().lower()})."
    for key, one in old.items():
        if key not in new:
            yield f"Hambatan yang tidak disebut lagi: {one.obstacle}."


def _aids(before: Found, after: Found) -> Iterator[str]:
    old = {aid.name.casefold(): aid for aid in before.aids}
    for aid in after.aids:
        was = old.get(aid.name.casefold())
        if was and was.state != aid.state:
            yield f"{aid.name}: dari {was.get_state_display().lower()} menjadi {aid.get_state_display().lower()}."


def _permits(before: Found, after: Found) -> Iterator[str]:
    old = {permit.kind: permit for permit in before.permits}
    for permit in after.permits:
        was = old.get(permit.kind)
        if permit.state == permit.State.HELD and was and was.state != permit.State.HELD:
            yield f"Izin baru: {permit.get_kind_display()}."
        if was and was.state == permit.State.HELD and permit.state != permit.State.HELD:
            yield f"{permit.get_kind_display()} tidak ada lagi."
        if was and was.valid_until and permit.valid_until and permit.valid_until > was.valid_until:
            yield f"{permit.get_kind_display()} diperpanjang sampai {dates.long(permit.valid_until)}."


def _habits(before: Visit, after: Visit) -> Iterator[str]:
    if None not in {before.bookkeeping, after.bookkeeping} and before.bookkeeping != after.bookkeeping:
        old, new = (one.get_bookkeeping_display().lower() for one in (before, after))
        yield f"Pembukuan: dari {old} menjadi {new}."
    if before.market and after.market and before.market != after.market:
        yield f"Jangkauan pasar: dari {before.get_market_display()} menjadi {after.get_market_display()}."
    if {before.has_online_sales, after.has_online_sales} == {True, False}:
        yield "Mulai berjualan daring." if after.has_online_sales else "Berhenti berjualan daring."
