"""Makes the moves of a graduation with the facts they need: each in one transaction, refused with a sentence."""

from typing import Any

from django.db import transaction

from clients.models import Person, PpksKind
from monitoring.independence.gathering import CURRENT_RULE, frozen, known_of
from monitoring.independence.models import Agreement, Certificate, Graduation, HomeVisit, Proposal, Relapse
from monitoring.independence.rule import Condition, Finding, findings
from monitoring.independence.workflow import GRADUATION, PARTS
from ppks.documents import papers
from ppks.kit import dates

CERTIFICATE = "independence_certificate"


def asked_for(found: tuple[Finding, ...]) -> list[Finding]:
    """The conditions that must hold before somebody is proposed; the home visit comes with the verification."""
    return [finding for finding in found if finding.condition != Condition.HOME_VISIT]


def record_agreement(person: Person, *, by: Any, **said: Any) -> Agreement:
    """Keep what the person answered; the same answer twice is refused by its constraint."""
    return Agreement.objects.create(person=person, by=by, **said)


@transaction.atomic
def propose(person: Person, *, by: Any) -> Graduation:
    """A new graduation, or the one that was returned, proposed with today's evidence.

    Raises ValidationError when something is lacking or a database refuses, IntegrityError when one is under way.
    """
    today = dates.today()
    Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    returned = Graduation.objects.visible_to(by).filter(person=person, status=Graduation.Status.RETURNED).first()
    graduation = returned or Graduation.objects.create(person=person)
    graduation.refresh_from_db()
    evidence = known_of([person], on=today)[person.pk].evidence
    told = asked_for(findings(evidence, on=today, rule=CURRENT_RULE))
    dated = [finding.since for finding in told if finding.since]
    Proposal.objects.create(
        graduation=graduation,
        on=today,
        rule=CURRENT_RULE.version,
        inputs=frozen(evidence),
        reasons=[finding.sentence for finding in told],
        evidence_on=min(dated, default=today),
        by=by,
    )
    GRADUATION.make("propose", graduation, by=by)
    return graduation


@transaction.atomic
def verify(graduation: Graduation, *, by: Any, **seen: Any) -> None:
    """Keep what the second person found at home and verify."""
    HomeVisit.objects.create(graduation=graduation, by=by, **seen)
    GRADUATION.make("verify", graduation, by=by)


@transaction.atomic
def decide(graduation: Graduation, *, by: Any, number: str = "") -> Certificate:
    """Independent from today on, with the certificate that says so."""
    GRADUATION.make("decide", graduation, by=by)
    person = Person.objects.visible_to(by).select_related("region", "district", "village").get(pk=graduation.person_id)
    data = certificate_of(graduation, person, by=by)
    paper = papers.issue(CERTIFICATE, data, region_id=None, by=by, number=number, subjects=[person.identity_id])
    return Certificate.objects.create(graduation=graduation, paper=paper, on=dates.today(), by=by)


def certificate_of(graduation: Graduation, person: Person, *, by: Any) -> dict[str, Any]:
    """What the certificate says: who, of which trade, since when and on which grounds."""
    homes = (person.address, person.village, person.district, person.region)
    business = known_of([person], on=dates.today())[person.pk].business
    return {
        "day": dates.today(),
        "party": {
            "name": person.name,
            "nik": person.nik.masked if person.nik else "",
            "address": ", ".join(str(part) for part in homes if part),
        },
        "business": str(business or ""),
        "since": dates.today(),
        "grounds": graduation.proposals.first().reasons,
        "signers": [{"role": "Kepala Dinas Sosial Provinsi Jawa Timur", "name": str(by)}],
    }


@transaction.atomic
def fall_back(graduation: Graduation, *, kind: PpksKind, reason: str, by: Any) -> None:
    """End a spell: the person is a former client again, in need because of `kind`."""
    Relapse.objects.create(graduation=graduation, kind=kind, on=dates.today(), by=by)
    GRADUATION.make("relapse", graduation, by=by, note=reason)


def why_not_by(user: Any, graduation: Graduation, move: str) -> list[str]:
    """Why this user may not make this move of this graduation whatever its state: somebody who took another part."""
    taken = {PARTS[step.move]: step for step in graduation.steps.filter(by=user.pk) if step.move in PARTS}
    if move not in PARTS or not taken or PARTS[move] in taken:
        return []
    done = next(iter(taken.values())).label.lower()
    return [f"Anda sudah memegang bagian lain pada usulan ini ({done}); bagian ini untuk orang lain."]
