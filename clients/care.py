"""Whether somebody was still in a UPT on a day, and the sentence that says so."""

from collections.abc import Iterable
from datetime import date

from clients.models import Stay
from ppks.kit import dates


def why_not_home(stays: Iterable[Stay], day: date, *, is_client: bool) -> str | None:
    """None when the person had gone home by `day`. Of a stay known by its year alone, that whole year counts as home."""
    stays = list(stays)
    ended = sorted((stay for stay in stays if stay.left_on), key=lambda stay: stay.left_on)
    if ended and _is_before(day, ended[0]):
        return _left(ended[0])
    for stay in ended[1:]:
        if stay.admitted_on and stay.admitted_on <= day and _is_before(day, stay):
            return _left(stay)
    still = [stay for stay in stays if stay.left_on is None] if is_client else []
    if any(stay.admitted_on is None or stay.admitted_on <= day or not ended for stay in still):
        return f"Orang ini masih tinggal di {_where(still[0])}. Catat dulu “Selesai pelayanan” pada halamannya."
    return None


def _is_before(day: date, stay: Stay) -> bool:
    if stay.left_precision == Stay.Precision.YEAR:
        return day.year < stay.left_on.year
    return day < stay.left_on


def _left(stay: Stay) -> str:
    is_year = stay.left_precision == Stay.Precision.YEAR
    when = f"tahun {stay.left_on.year}" if is_year else dates.long(stay.left_on)
    return f"Orang ini baru keluar dari {_where(stay)} {when}; usahanya tidak dapat dikunjungi sebelum itu."


def _where(stay: Stay) -> str:
    return str(stay.institution or stay.institution_as_written or "UPT")
