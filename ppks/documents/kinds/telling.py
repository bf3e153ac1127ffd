"""Papers that say something to somebody: letters about an application, minutes, the certificate of independence."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ppks.documents.kinds.shared import Kind, Party, Rupiah, words


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """One line of a cover letter."""

    name: str
    address: str
    business: str
    amount: Rupiah


@dataclass(frozen=True, kw_only=True)
class CoverLetter(Kind):
    """Surat pengantar of a kab/kota to the province, with the list of applicants. `body` stands before the list."""

    LABEL: ClassVar = "Surat pengantar"
    COMPUTED: ClassVar = ("total", "total_words")

    to: str
    subject: str
    applicants: tuple[Applicant, ...]
    nature: str = "Biasa"
    enclosed: str = "–"
    body: str = ""

    @property
    def total(self) -> Rupiah:
        return Rupiah(sum(one.amount for one in self.applicants))

    @property
    def total_words(self) -> str:
        return words(self.total)


@dataclass(frozen=True, kw_only=True)
class RejectionLetter(Kind):
    """Why an application was refused, in sentences, and what its applicant can do now (`next_steps`)."""

    LABEL: ClassVar = "Surat penolakan"

    party: Party
    programme: str
    application_day: date
    reasons: tuple[str, ...]
    next_steps: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """One criterion: its weight in percent, the points given, and why."""

    criterion: str
    weight: int
    points: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RankingReason(Kind):
    """Why an eligible application was not chosen this time: its rank, the last rank that was chosen, the scores."""

    LABEL: ClassVar = "Pemberitahuan hasil pemeringkatan"

    party: Party
    programme: str
    rank: int
    last_chosen: int
    applications: int
    total_score: str
    scores: tuple[Score, ...] = ()
    explanation: str = ""
    next_steps: str = ""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody brought in at a meeting."""

    by: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What was decided, who does it, and until when."""

    text: str
    owner: str
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class MeetingMinutes(Kind):
    """Notulen: agenda, what was said, what was decided. `time` and `venue` as they are to be printed."""

    LABEL: ClassVar = "Notulen rapat"

    title: str
    held_on: date
    time: str = ""
    venue: str = ""
    chair: str = ""
    attendees: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    inputs: tuple[Said, ...] = ()
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True, kw_only=True)
class IndependenceCertificate(Kind):
    """Surat keterangan mandiri: somebody stands on own feet since a day, by which criteria."""

    LABEL: ClassVar = "Surat keterangan mandiri"

    party: Party
    business: str
    since: date
    grounds: tuple[str, ...]
