"""What the pages of one person's independence show: conditions with what to do, spells, the moves that are open."""

from datetime import date
from typing import Any

from django.urls import reverse

from clients.models import Person
from clients.pages import BY_NAME
from monitoring.independence.contributions import spells_of
from monitoring.independence.gathering import Known
from monitoring.independence.models import Certificate, Graduation, GraduationStep, HomeVisit, Proposal
from monitoring.independence.proposing import why_not_by
from monitoring.independence.rule import Condition, Finding
from monitoring.independence.workflow import GRADUATION
from ppks.documents.models import Paper
from ppks.kit import dates, rupiah

OWN_PAGE = {"propose", "verify", "decide", "relapse"}  # moves that ask for more than a note


def conditions(found: tuple[Finding, ...], person: Person, known: Known, user: Any) -> list[dict[str, Any]]:
    """Each condition as a line that says whether it holds, why, and where to mend it."""
    return [
        {
            "state": "ok" if one.holds else ("later" if one.condition == Condition.HOME_VISIT else "need"),
            "label": one.condition.label,
            "note": one.sentence,
            "url": "" if one.holds else _where_to_mend(one.condition, person, known, user),
        }
        for one in found
    ]


def _where_to_mend(condition: Condition, person: Person, known: Known, user: Any) -> str:
    match condition:
        case Condition.BUSINESS | Condition.INCOME if known.business and user.has_perm("monitoring.record_visit"):
            return reverse("visit_add", args=[known.business.pk])
        case Condition.AID if user.has_perm("clients.change_person"):
            return reverse("household_add", args=[person.pk])
        case Condition.AGREEMENT if user.has_perm("independence.propose"):
            return reverse("agreement_add", args=[person.pk])
    return ""


def history(person: Person, user: Any) -> list[Graduation]:
    """The person's graduations, newest first."""
    return spells_of(person, user)


def moves(graduation: Graduation, user: Any) -> list[dict[str, Any]]:
    """The buttons of a graduation; a closed one says why."""
    if graduation.status == Graduation.Status.INDEPENDENT and graduation.person.status != Person.Status.INDEPENDENT:
        return []
    return [
        {
            "label": offer.move.label,
            "url": _address(graduation, offer.move.name),
            "open": not reasons,
            "reasons": reasons,
            "needs_note": offer.move.needs_note and offer.move.name not in OWN_PAGE,
            "is_link": offer.move.name in OWN_PAGE,
        }
        for offer in GRADUATION.offers(user, graduation)
        for reasons in [[*why_not_by(user, graduation, offer.move.name), *offer.reasons]]
    ]


def _address(graduation: Graduation, move: str) -> str:
    if move == "propose":
        return reverse("graduation_propose", args=[graduation.person_id])
    if move in OWN_PAGE:
        return reverse(f"graduation_{move}", args=[graduation.pk])
    return reverse("graduation_move", args=[graduation.pk, move])


def told(graduation: Graduation, user: Any) -> dict[str, Any]:
    """What was proposed and seen, and every step."""
    mine = {"graduation": graduation}
    proposals = Proposal.objects.visible_to(user).filter(**mine).annotate(by_name=BY_NAME)
    visits = HomeVisit.objects.visible_to(user).filter(**mine).annotate(by_name=BY_NAME)
    certificate = Certificate.objects.visible_to(user).filter(**mine).first()
    steps = GraduationStep.objects.visible_to(user).filter(**mine).annotate(by_name=BY_NAME).order_by("-version")
    return {
        "proposal": (proposal := proposals.first()),
        "inputs": inputs(proposal.inputs) if proposal else [],
        "home_visits": visits,
        "certificate": certificate,
        "paper": certificate and Paper.objects.visible_to(user).filter(pk=certificate.paper_id).first(),
        "steps": [
            {
                "on": step.effective_on,
                "title": step.label,
                "by": step.by_name,
                "text": "" if "note" in step.get_deferred_fields() else step.note,
            }
            for step in steps
        ],
    }


def inputs(kept: dict[str, Any]) -> list[dict[str, str]]:
    """What a proposal keeps, as pairs of words."""
    pairs = [
        {"label": f"Laba menurut kunjungan {_day(figure['on'])}", "value": _money(figure["profit"])}
        for figure in reversed(kept["figures"])
    ]
    if home := kept["household"]:
        pairs += [
            {"label": "Anggota rumah tangga", "value": f"{home['size']} orang", "note": _day(home["on"])},
            {"label": "Penghasilan lain", "value": _money(home["other_income"]), "note": _day(home["on"])},
        ]
    yards = [figure[kind] for figure in kept["figures"] for kind in ("wage", "line") if figure[kind]]
    known = {yard["period"]: yard["amount"] for yard in yards}
    return pairs + [{"label": f"{period[0].upper()}{period[1:]}", "value": _money(n)} for period, n in known.items()]


def _money(amount: int | None) -> str:
    return "tidak diketahui" if amount is None else rupiah.format(amount)


def _day(text: str) -> str:
    return dates.long(date.fromisoformat(text))
