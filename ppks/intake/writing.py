"""Writes a plan: all of it or nothing, in the name of the user whose door is open."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from clients.lifecycle import LIFECYCLE
from clients.models import Person, PersonStep
from monitoring.assessing import assess_from, assessment
from monitoring.models import Assessment, Business, ListedFigure
from monitoring.scheduling import schedule_first
from ppks.audit.models import Source
from ppks.intake.planning import Plan, RowPlan
from ppks.kit import dates

BATCH = 1_000
COMPUTED = {"name": ("name_key", "initials"), "nik": ("nik_index",), "kk": ("kk_index",)}
REGISTERED = LIFECYCLE.moves["register_former"]


@transaction.atomic
def write(plan: Plan, *, name: str, sha256: str, by: Any) -> Source | None:
    """Store the plan's rows under a new source; None when nothing would change.

    Raises IntegrityError for a NIK that is registered out of the user's reach.
    """
    rows = [row for row in plan.rows if row.outcome != "same"]
    if not rows:
        return None
    source = Source.objects.create(name=name, sha256=sha256, list_date=plan.list_date, by=by)
    _write_people(rows, source, by, plan)
    _write_facts(rows, source)
    _write_businesses(rows, source, plan)
    return source


def _write_people(rows: list[RowPlan], source: Source, by: Any, plan: Plan) -> None:
    new = [row.person for row in rows if row.is_new]
    for person in new:
        person.source = source
    Person.objects.bulk_create(new, batch_size=BATCH)
    PersonStep.objects.bulk_create((_registered(person, by, plan) for person in new), batch_size=BATCH)
    for row in rows:
        if row.fields and not row.is_new:
            _update(row.person, row.fields)


def _registered(person: Person, by: Any, plan: Plan) -> PersonStep:
    return PersonStep(
        person=person,
        version=1,
        move=REGISTERED.name,
        source=LIFECYCLE.initial,
        target=REGISTERED.target,
        by=by,
        effective_on=plan.list_date,
    )


def _update(record: Any, fields: dict[str, tuple[Any, Any]]) -> None:
    for name, (_, new) in fields.items():
        setattr(record, name, new)
    plain = [name.removesuffix("_id") for name in fields]
    record.save(update_fields=[*plain, *(extra for name in plain for extra in COMPUTED.get(name, ()))])


def _write_facts(rows: list[RowPlan], source: Source) -> None:
    """Stays, needs, disabilities and grants, a table at a time."""
    by_model: dict[type, list[Any]] = {}
    for row in rows:
        for fact in row.facts:
            fact.person, fact.source = row.person, source
            by_model.setdefault(type(fact), []).append(fact)
    for model, facts in by_model.items():
        model.objects.bulk_create(facts, batch_size=BATCH)


def _write_businesses(rows: list[RowPlan], source: Source, plan: Plan) -> None:
    told = [row for row in rows if row.business is not None]
    new, known = [row for row in told if row.business.pk is None], [row for row in told if row.business.pk is not None]
    for row in new:
        row.business.person, row.business.source = row.person, source
    Business.objects.bulk_create((row.business for row in new), batch_size=BATCH)
    for row in known:
        if row.business_fields:
            _update(row.business, row.business_fields | {"source": (None, source)})
    schedule_first((row.business for row in new), on=dates.today())
    _write_figures([row for row in rows if row.figures], source)
    Assessment.objects.bulk_create(
        (assessment(row.business, row.figures, plan.list_date) for row in new if row.figures), batch_size=BATCH
    )
    for row in known:
        if row.figures:
            assess_from(row.business, min(figure.observed_on for figure in row.figures))


def _write_figures(rows: Iterable[RowPlan], source: Source) -> None:
    figures = []
    for row in rows:
        for figure in row.figures:
            figure.business, figure.source = row.business, source
            figures.append(figure)
    ListedFigure.objects.bulk_create(figures, batch_size=BATCH)
