"""Gathers what eligibility asks about a person, from this app, from the registry, and from higher apps' contributions."""

from datetime import date

from clients.consent_texts import Purpose
from clients.consents import has_consent
from clients.models import Category, Decile, Stay
from grants.applications.eligibility import Facts, reasons_not_eligible
from ppks.kit.contributions import contributed


def facts_of(application, on: date) -> Facts:
    """Everything known on the day, read with the rights of whoever is behind the door."""
    person = application.person
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
        is_civil_servant=application.is_civil_servant,
        has_consented=has_consent(person, Purpose.GRANT, on),
        **more,
    )


def why_not_eligible(application, on: date) -> list[str]:
    """The sentences of the call's version of the rules."""
    rule = application.call.rule_set
    return list(reasons_not_eligible(facts=facts_of(application, on), rule=rule, on=on))
