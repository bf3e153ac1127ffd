"""When somebody is reminded of a report, and who: a plain table of days before and after it falls due."""

from dataclasses import dataclass
from datetime import date

from ppks.kit import dates


@dataclass(frozen=True, slots=True)
class Stage:
    """So many days after the due day (below zero: before it), the holders of these roles are told."""

    code: str
    days: int
    roles: frozenset[str]


OFFICER, HEAD, PROVINCE = "officer", "regional_head", "province"
STAGES = (
    Stage("h-14", -14, frozenset({OFFICER})),
    Stage("h", 0, frozenset({OFFICER})),
    Stage("h+7", 7, frozenset({OFFICER, HEAD})),
    Stage("h+30", 30, frozenset({HEAD, PROVINCE})),
)
EARLIEST = min(stage.days for stage in STAGES)


def stage_for(role: str, *, due_on: date, today: date) -> Stage | None:
    """The newest stage of this role that has come; what was missed before it is not told any more."""
    came = [stage for stage in STAGES if role in stage.roles and (today - due_on).days >= stage.days]
    return came[-1] if came else None


def when(due_on: date, today: date) -> str:
    """How near or late the report is, in words."""
    days = (today - due_on).days
    if days > 0:
        return f"jatuh tempo {dates.long(due_on)}, lewat {days} hari"
    return f"jatuh tempo {dates.long(due_on)}, {'hari ini' if days == 0 else f'{-days} hari lagi'}"
