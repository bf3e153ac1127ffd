"""The moves of a graduation: proposed, verified by a second person, decided by the head, and ended by a relapse.

Three parts, three people: triggers of `GraduationStep` refuse one person two parts, stale evidence and a missing visit.
"""

from django.db import models

from ppks.kit import dates
from ppks.kit.workflow import Move, Workflow

PROPOSE, VERIFY, DECIDE = "independence.propose", "independence.verify", "independence.decide"
PARTS = {  # a person may repeat a move, but take one part only
    "propose": "propose",
    "verify": "verify",
    "return": "verify",
    "decide": "decide",
    "send_back": "decide",
    "reject": "decide",
}


class Status(models.TextChoices):
    DRAFT = "draft", "Disiapkan"
    PROPOSED = "proposed", "Diusulkan"
    VERIFIED = "verified", "Terverifikasi"
    RETURNED = "returned", "Dikembalikan"
    INDEPENDENT = "independent", "Mandiri"
    REJECTED = "rejected", "Ditolak"
    WITHDRAWN = "withdrawn", "Ditarik"
    ENDED = "ended", "Kembali"


OPEN = frozenset({Status.DRAFT, Status.PROPOSED, Status.VERIFIED, Status.RETURNED})


def _is_former_client(graduation) -> str | None:
    person = graduation.person
    if person.status == person.Status.FORMER_CLIENT:
        return None
    return f"Orangnya kini tercatat {person.get_status_display().lower()}, bukan eks klien."


def _evidence_holds(graduation) -> list[str] | str | None:
    from monitoring.independence.gathering import evidence_for
    from monitoring.independence.rule import Condition, findings

    found = findings(evidence_for(graduation.person), on=dates.today())
    lacking = [one.sentence for one in found if not one.holds and one.condition != Condition.HOME_VISIT]
    return " ".join(lacking) or None


def _proposal_is_fresh(graduation) -> str | None:
    proposal = graduation.proposals.first()
    if proposal is None or not proposal.is_stale_on(dates.today()):
        return None
    day = dates.long(proposal.evidence_on)
    return (
        f"Bukti tertua pada usulan, {day}, lebih dari 6 bulan lalu. Kembalikan agar diusulkan lagi dengan bukti baru."
    )


HOLDS = (_is_former_client, _evidence_holds)
GRADUATION = Workflow(
    Move("propose", "Usulkan mandiri", frozenset({Status.DRAFT, Status.RETURNED}), Status.PROPOSED, PROPOSE, HOLDS),
    Move("verify", "Verifikasi", frozenset({Status.PROPOSED}), Status.VERIFIED, VERIFY, (*HOLDS, _proposal_is_fresh)),
    Move("return", "Kembalikan ke pengusul", frozenset({Status.PROPOSED}), Status.RETURNED, VERIFY, needs_note=True),
    Move(
        "decide", "Tetapkan mandiri", frozenset({Status.VERIFIED}), Status.INDEPENDENT, DECIDE,
        (*HOLDS, _proposal_is_fresh),
    ),
    Move("send_back", "Kembalikan ke pengusul", frozenset({Status.VERIFIED}), Status.RETURNED, DECIDE, needs_note=True),
    Move("reject", "Tolak", frozenset({Status.VERIFIED}), Status.REJECTED, DECIDE, needs_note=True),
    Move("withdraw", "Tarik usulan", OPEN, Status.WITHDRAWN, PROPOSE, needs_note=True),
    Move(
        "relapse", "Catat kembali memerlukan pelayanan", frozenset({Status.INDEPENDENT}), Status.ENDED,
        "clients.change_status", needs_note=True,
    ),
    initial=Status.DRAFT,
)  # fmt: skip
