"""The list of plans: in tabs by their stage, narrowed in codes, with who does what next; what its page and its files share."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

from clients.models import Person
from monitoring import named
from monitoring.lists import CHUNK
from monitoring.models import Business
from monitoring.plans.effect import Outcome
from monitoring.plans.helped import what_helped
from monitoring.plans.models import ActionStatus, Experience, Plan, PlanAction, PlanCause
from monitoring.reference import Obstacle
from ppks.kit import dates
from ppks.kit.contributions import contribute
from ppks.kit.exporting import COUNT, DAY, Book, Column
from ppks.kit.listing import Filter, Listing
from ppks.kit.prepared import prepared
from ppks.kit.roles import AUDITOR
from ppks.kit.sheets import Sheet, said_of
from ppks.regions.models import Region, region_choices

SEE = "monitoring.view_business"
STAGES = {"semua": "semua rencana", "terlambat": "terlambat", "selesai": "selesai atau dihentikan"}


def _in_stage(plans: Any, code: str, day: date) -> Any:
    match code:
        case "terlambat":
            return plans.overdue(day)
        case "selesai":
            return plans.closed()
    return plans


def _people(user: Any) -> list[tuple[str, str]]:
    """Who is posted in the user's reach; an auditor does not read postings."""
    if user.role_entry.enters == AUDITOR:
        return []
    return [(str(one.pk), str(one)) for one in _posted(user)]


@prepared
def _posted(user):
    posted = get_user_model().names.filter(postings__region__in=Region.objects.visible_to(user))
    return posted.distinct().order_by("full_name", "pk")


@prepared
def _causes(user):
    return Obstacle.objects.current()


def _kinds(user: Any) -> list[tuple[str, str]]:
    return [
        (one.kind.code, ", ".join(filter(None, (one.group, one.obstacle.lower(), one.suggestion.lower()))))
        for one in what_helped(user)
    ]


def _of_kind(plans: Any, code: str, day: date) -> Any:
    group, obstacle, *suggestion = code.split("-")
    told = Experience.objects.filter(plan=OuterRef("pk"), group=group, obstacle__code=obstacle)
    told = told.filter(suggestion__code=suggestion[0]) if suggestion else told.filter(suggestion=None)
    return plans.filter(Exists(told))


def _owned_by(plans: Any, code: str, day: date) -> Any:
    own = PlanAction.objects.filter(plan=OuterRef("pk"), status=ActionStatus.OPEN, owner=int(code))
    return plans.filter(Exists(own))


REGION = Filter(
    "kab",
    "Kab/kota",
    region_choices,
    lambda rows, code, day: rows.filter(region__code=code),
)
STAGE = Filter("tahap", "Rencana", lambda user: list(STAGES.items()), _in_stage, in_form=False)
CAUSE = Filter(
    "sebab",
    "Sebab",
    lambda user: [(cause.code, cause.label) for cause in _causes(user)],
    lambda plans, code, day: plans.filter(Plan.with_cause(code)),
)
OWNER = Filter("oleh", "Penanggung jawab", _people, _owned_by)
OUTCOME = Filter(
    "hasil", "Hasil", lambda user: Outcome.choices, lambda plans, code, day: plans.filter(outcome=code), in_form=False
)
KIND = Filter("serupa", "Usaha serupa", _kinds, _of_kind, in_form=False)
FILTERS = (REGION, CAUSE, OWNER, STAGE, OUTCOME, KIND)


def plans(asked: Any, day: date) -> Listing:
    """The open plans in reach, or those of the stage asked for; what is late first where that is asked."""
    stage = asked.GET.get(STAGE.name)
    keys = ("next_due_on", "pk") if stage == "terlambat" else ("pk",)
    return Listing(asked, _shown if stage in STAGES else _open, filters=FILTERS, keys=keys, day=day)


def _shown(user: Any, day: date) -> QuerySet:
    return Plan.objects.visible_to(user).select_related("region")


def _open(user: Any, day: date) -> QuerySet:
    return _shown(user, day).open()


@dataclass(frozen=True, slots=True)
class Line:
    """One plan, with whom and what it is about, how far it is and what comes next."""

    plan: Plan
    business: Business
    person: Person
    causes: list[str]
    actions: list[PlanAction]
    next_one: PlanAction | None
    next_by: str
    day: date

    @property
    def done(self) -> int:
        return sum(action.status == ActionStatus.DONE for action in self.actions)

    @property
    def number(self) -> int:
        return sum(action.status != ActionStatus.DROPPED for action in self.actions)

    @property
    def days_late(self) -> int:
        return self.next_one.days_late(self.day) if self.next_one and self.plan.is_open else 0

    @property
    def is_late(self) -> bool:
        return self.days_late > 0


def lines(found: list[Plan], user: Any, day: date) -> list[Line]:
    """The plans with their businesses, people, causes and steps: five queries."""
    businesses, people = named.with_owners((plan.business_id for plan in found), user, day)
    keys = tuple(plan.pk for plan in found)
    causes, actions = defaultdict(list), defaultdict(list)
    for cause in _causes_of(user, keys):
        causes[cause.plan_id].append(str(cause.obstacle))
    for action in _actions_of(user, keys):
        actions[action.plan_id].append(action)
    first = {plan: next((one for one in rows if one.is_open), None) for plan, rows in actions.items()}
    names = named.officers((one.owner_id for one in first.values() if one), user)
    return [
        Line(
            plan=plan,
            business=businesses[plan.business_id],
            person=people[businesses[plan.business_id].person_id],
            causes=causes[plan.pk],
            actions=actions[plan.pk],
            next_one=first.get(plan.pk),
            next_by=said_by(first.get(plan.pk), names),
            day=day,
        )
        for plan in found
    ]


@prepared
def _causes_of(user, plans):
    return PlanCause.objects.visible_to(user).filter(plan__in=plans).select_related("obstacle")


@prepared
def _actions_of(user, plans):
    return PlanAction.objects.visible_to(user).filter(plan__in=plans).select_related("suggestion")


def said_by(action: PlanAction | None, names: dict[int, Any]) -> str:
    """Who does it, in words."""
    if action is None:
        return ""
    owner = names[action.owner_id] if action.owner_id else ""
    return f"{owner}, bersama {action.office}" if owner and action.office else owner or action.office


COLUMNS = (
    Column("NO", lambda row: row[0], COUNT, 6),
    Column("PEMILIK", lambda row: row[1].person.shown_name, width=30),
    Column("USAHA", lambda row: str(row[1].business), width=32),
    Column("KAB/KOTA", lambda row: str(row[1].plan.region), width=22),
    Column("SEBAB", lambda row: "; ".join(row[1].causes), width=36),
    Column("MULAI", lambda row: row[1].plan.began_on, DAY),
    Column("LANGKAH SELESAI", lambda row: row[1].done, COUNT),
    Column("JUMLAH LANGKAH", lambda row: row[1].number, COUNT),
    Column("LANGKAH BERIKUTNYA", lambda row: row[1].next_one and row[1].next_one.shown_what, width=40),
    Column("OLEH", lambda row: row[1].next_by, width=32),
    Column("PALING LAMBAT", lambda row: row[1].next_one and row[1].next_one.due_on, DAY),
    Column("RENCANA", lambda row: row[1].plan.get_status_display()),
    Column("HASIL", lambda row: row[1].plan.get_outcome_display(), width=22),
)


def book(listing: Listing, subjects: array, *, full: bool = False) -> Book:
    """All plans of the list with their people."""
    user = listing.request.user

    def rows() -> Iterator[tuple[int, Line]]:
        found = listing.rows.order_by(*listing.keys).iterator(CHUNK)
        chunks = iter(lambda: list(islice(found, CHUNK)), [])
        told = (line for chunk in chunks for line in lines(chunk, user, listing.day))
        for number, line in enumerate(told, 1):
            subjects.append(line.person.identity_id)
            yield number, line

    return Book(
        name="rencana",
        title=f"RENCANA BANTUAN PER {dates.long(listing.day).upper()}",
        about=said_of(user, listing),
        columns=COLUMNS,
        rows=rows(),
    )


contribute("sheet", Sheet("rencana", "Rencana bantuan", "plan_list", SEE, plans, book))
