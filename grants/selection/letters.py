"""Why somebody was not chosen, in sentences that can be printed and sent: one letter for a refusal, one for a rank."""

from typing import Any

from grants.applications.models import Application, ApplicationStep
from grants.applications.statuses import Status
from grants.programmes.models import Criterion
from grants.selection.models import Rank, Score
from grants.selection.scoring import FULL, SCALE
from ppks.documents.kinds.shared import Party, Signer
from ppks.documents.kinds.telling import RankingReason, RejectionLetter
from ppks.documents.kinds.telling import Score as ScoreLine
from ppks.kit import dates

UNSUCCESSFUL = frozenset({Status.INELIGIBLE, Status.WAITLISTED})
NEXT = "Anda dapat diusulkan lagi pada pembukaan berikutnya. Tanyakan kepada Dinas Sosial kabupaten/kota Anda."
SIGNERS = (Signer(role="Pejabat Pelaksana Teknis Kegiatan"),)


def is_unsuccessful(application: Application) -> bool:
    """Whether there is a reason to print."""
    return application.status in UNSUCCESSFUL


def letter(application: Application) -> tuple[str, Any]:
    """(kind of paper, its data) for an application that was refused or waits."""
    person = application.person
    party = Party(name=person.shown_name, address=person.address, nik=person.nik.masked if person.nik else "")
    base = {"day": dates.today(), "party": party, "programme": str(application.call.line.programme)}
    if application.status == Status.INELIGIBLE:
        return "rejection_letter", RejectionLetter(
            **base,
            application_day=dates.local(application.made_at),
            reasons=_refused(application),
            next_steps=NEXT,
            signers=SIGNERS,
        )
    return "ranking_reason", _ranked(application, base)


def _refused(application: Application) -> tuple[str, ...]:
    """The coded reason and the verifier's own words."""
    step = application.steps.filter(move="reject").order_by("-version").first()
    return (f"{ApplicationStep.Code(step.code).label}.", step.note)


def _ranked(application: Application, base: dict[str, Any]) -> RankingReason:
    rank = Rank.objects.filter(application=application.pk).first()
    others = Rank.objects.filter(application__allocation=application.allocation_id)
    chosen = others.exclude(application__status=Status.WAITLISTED).order_by("-place").values_list("place", flat=True)
    return RankingReason(
        **base,
        rank=rank.place,
        last_chosen=chosen.first() or 0,
        applications=others.values("application").distinct().count(),
        total_score=f"{rank.points * 100 // FULL} dari 100",
        scores=_scores(application),
        explanation="Dana yang tersedia untuk kabupaten/kota Anda tidak cukup untuk peringkat ini.",
        next_steps="Usulan Anda tetap menjadi cadangan tahun ini: kalau ada dana yang dilepas, peringkat teratas naik.",
        signers=SIGNERS,
    )


def _scores(application: Application) -> tuple[ScoreLine, ...]:
    """The average of the scorers' newest values by criterion, without their names and words."""
    newest: dict[tuple[int, int], int] = {}
    given = Score.objects.filter(application=application.pk, cycle=application.cycle).order_by("pk")
    for scorer, criterion, value in given.values_list("by", "criterion", "value"):
        newest[scorer, criterion] = value
    return tuple(
        ScoreLine(criterion=one.label, weight=one.weight, points=sum(values) * 100 // (len(values) * SCALE))
        for one in Criterion.objects.current()
        if (values := [value for (_, criterion), value in newest.items() if criterion == one.pk])
    )
