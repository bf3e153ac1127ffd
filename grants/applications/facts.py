"""Gathers what eligibility asks about a person, from this app, from the registry, and from higher apps' contributions."""

from datetime import date

from django.db import connection

from clients.consent_texts import Purpose
from clients.consents import has_consent
from clients.models import Category, Decile, Stay
from grants.accountability.models import Waiver
from grants.applications.eligibility import Facts, reasons_not_eligible
from ppks.kit import dates
from ppks.kit.contributions import contributed


def facts_of(application, on: date) -> Facts:
    """Everything known on the day, read with the rights of whoever is behind the door."""
    return facts_about(application.person, on, year=application.year, is_civil_servant=application.is_civil_servant)


def facts_about(person, on: date, *, year: int, is_civil_servant: bool | None = None) -> Facts:
    """The same of somebody whom nobody has proposed yet for that fiscal year."""
    told = Decile.objects.filter(person=person, as_of__lte=on).first()
    left = Stay.objects.filter(person=person, left_on__lte=on).order_by("-left_on").first()
    kinds = Category.objects.filter(person=person, until_on=None).values_list("kind__code", flat=True)
    more = {name: value for tell in contributed("grant_facts") for name, value in tell(person, on).items()}
    return Facts(
        status=person.status,
        born_on=person.birth_date,
        decile=told.decile if told else None,
        left_upt_on=left.left_on if left else None,
        kinds=frozenset(kinds),
        is_civil_servant=is_civil_servant,
        has_consented=has_consent(person, Purpose.GRANT, on),
        overdue_reports=overdue_reports(person.identity_id, on),
        overdue_waived=Waiver.objects.filter(identity=person.identity_id, year=year).exists(),
        **more,
    )


def overdue_reports(identity: int, on: date) -> tuple[str, ...]:
    """What this person still owes of earlier grants, in words, wherever in the province they were given."""
    with connection.cursor() as cursor:
        cursor.execute("select year, tranche, due_on from grants_overdue_reports(%s, %s)", [identity, on])
        return tuple(
            f"hibah {year} tahap {tranche}, jatuh tempo {dates.long(due)}" for year, tranche, due in cursor.fetchall()
        )


def why_not_eligible(application, on: date) -> list[str]:
    """The sentences of the call's version of the rules."""
    rule = application.call.rule_set
    return list(reasons_not_eligible(facts=facts_of(application, on), rule=rule, on=on))


def why_not_proposable(person, call, on: date) -> list[str]:
    """The same before anything is written; what the draft itself asks (civil servant) is not held against anybody."""
    facts = facts_about(person, on, year=call.line.year, is_civil_servant=False)
    return list(reasons_not_eligible(facts=facts, rule=call.rule_set, on=on))
