"""What stands after the latest visits: permits and when they end, obstacles, what became of the aid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitoring.findings import VisitObstacle, VisitPermit
from monitoring.found import Found
from ppks.kit import dates

SOON = 60  # days before a permit ends in which the page warns
TONES = {VisitObstacle.Severity.HEAVY: "error", VisitObstacle.Severity.MEDIUM: "warn", VisitObstacle.Severity.LIGHT: ""}


@dataclass(frozen=True, slots=True)
class Item:
    """A line with a tag at its end."""

    label: str
    note: str
    tag: str
    tone: str


def obstacles(visits: Sequence[Found]) -> list[Item]:
    """Those of the last visit, the heaviest first, with who could help."""
    if not visits:
        return []
    last = visits[0]
    return [
        Item(
            str(one.obstacle),
            " ".join(
                filter(None, ["" if last.visit.is_masked else _sentence(one.note), _helpers(one.obstacle.offices)])
            ),
            one.get_severity_display(),
            TONES[one.severity],
        )
        for one in last.obstacles
    ]


def _sentence(words: str) -> str:
    return words if not words or words[-1] in ".!?" else f"{words}."


def _helpers(offices: str) -> str:
    return f"Dapat dibantu {offices.replace(';', ',')}." if offices else ""


def permits(visits: Sequence[Found], day: date) -> list[Item]:
    """Each as the last visit that asked about it found it."""
    known = {permit.kind: (permit, found.visit) for found in reversed(visits) for permit in found.permits}
    told = [known[kind] for kind in VisitPermit.Kind if kind in known]
    return [
        Item(permit.get_kind_display(), f"Menurut kunjungan {dates.short(visit.visited_on)}", *_validity(permit, day))
        for permit, visit in told
    ]


def _validity(permit: VisitPermit, day: date) -> tuple[str, str]:
    if permit.state != VisitPermit.State.HELD or permit.valid_until is None:
        return permit.get_state_display(), "ok" if permit.state == VisitPermit.State.HELD else ""
    left = (permit.valid_until - day).days
    if left < 0:
        return f"Habis {dates.short(permit.valid_until)}", "error"
    if left <= SOON:
        return f"Habis {left} hari lagi" if left else "Habis hari ini", "warn"
    return f"Sampai {dates.short(permit.valid_until)}", "ok"


def aids(visits: Sequence[Found]) -> list[Item]:
    """Each item of the aid as it was last seen."""
    known = {aid.name.casefold(): (aid, found.visit) for found in reversed(visits) for aid in found.aids}
    return [
        Item(
            aid.name,
            f"Menurut kunjungan {dates.short(visit.visited_on)}",
            aid.get_state_display(),
            "ok" if aid.state == aid.State.USED else "warn",
        )
        for aid, visit in sorted(known.values(), key=lambda pair: pair[0].name.casefold())
    ]
