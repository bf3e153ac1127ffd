"""The kinds of paper: each a data class of plain values, with a template of the same name in `ppks/documents/typst`."""

from ppks.documents.kinds import money, telling
from ppks.documents.kinds.shared import Kind

KINDS: dict[str, type[Kind]] = {
    "decree_annex": money.DecreeAnnex,
    "handover_minutes": money.HandoverMinutes,
    "receipt": money.Receipt,
    "responsibility_statement": money.ResponsibilityStatement,
    "integrity_pact": money.IntegrityPact,
    "accountability_summary": money.AccountabilitySummary,
    "cover_letter": telling.CoverLetter,
    "rejection_letter": telling.RejectionLetter,
    "ranking_reason": telling.RankingReason,
    "meeting_minutes": telling.MeetingMinutes,
    "independence_certificate": telling.IndependenceCertificate,
}
CHOICES = [(name, kind.LABEL) for name, kind in KINDS.items()]
