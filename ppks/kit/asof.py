"""The day that a page, a list or a file tells of: today, or an earlier one that the address asks for as `per=2026-06-30`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.shortcuts import render

from ppks.kit import dates

PARAMETER = "per"
EARLIEST = date(2000, 1, 1)


class NoSuchDay(BadRequest):
    """The address asks for a day of which nothing can be told; the sentence is for the reader."""


def asked_day(params: Mapping[str, str], today: date | None = None) -> date:
    """The day asked for, today when none is. Raises NoSuchDay for one to come and for what is not a day."""
    today = today or dates.today()
    typed = params.get(PARAMETER, "")
    if not typed:
        return today
    try:
        day = dates.parse(typed)
    except ValueError as error:
        raise NoSuchDay(str(error)) from None
    if day > today:
        raise NoSuchDay(
            f"{dates.long(day)} belum tiba. Keadaan hanya dapat dilihat sampai hari ini, {dates.long(today)}."
        )
    if day < EARLIEST:
        raise NoSuchDay(f"Tidak ada catatan dari {dates.long(day)}.")
    return day


def codes_of(day: date) -> dict[str, str]:
    """What an address carries so that the next page tells of the same day; nothing for today."""
    return {PARAMETER: day.isoformat()} if day < dates.today() else {}


def refused(request: Any, exception: Exception) -> Any:
    """The answer to a bad request; names the day when that is what was bad."""
    sentence = str(exception) if isinstance(exception, NoSuchDay) else ""
    return render(request, "400.html", {"sentence": sentence}, status=400)
