"""The stations of a consolidation meeting and of what it decides, and the moves between them."""

from django.db import models

from ppks.kit import dates
from ppks.kit.workflow import Move, Workflow

LEAD, SETTLE = "meetings.lead", "meetings.settle_decision"


class MeetingStatus(models.TextChoices):
    PREPARED = "prepared", "Disiapkan"
    HELD = "held", "Berlangsung"
    MINUTED = "minuted", "Notulen ditutup"
    CANCELLED = "cancelled", "Batal"


class DecisionStatus(models.TextChoices):
    OPEN = "open", "Terbuka"
    DONE = "done", "Selesai"
    DROPPED = "dropped", "Tidak dilanjutkan"


def _its_day_has_come(meeting) -> str | None:
    if meeting.held_on <= dates.today():
        return None
    return f"Rapat dijadwalkan {dates.long(meeting.held_on)}. Ubah tanggalnya bila diadakan lebih awal."


def _nothing_was_said(meeting) -> str | None:
    if meeting.decisions.exists() or meeting.items.exclude(discussion="").exists():
        return "Sudah ada pembahasan atau keputusan yang dicatat."
    return None


def _somebody_came(meeting) -> str | None:
    return None if meeting.participants.filter(attended=True).exists() else "Belum ada peserta yang ditandai hadir."


def _every_input_was_answered(meeting) -> str | None:
    waiting = meeting.inputs.filter(outcome="").count()
    return f"{waiting} masukan belum diberi tindak lanjut." if waiting else None


PREPARED, HELD = frozenset({MeetingStatus.PREPARED}), frozenset({MeetingStatus.HELD})
MEETING = Workflow(
    Move("hold", "Mulai rapat", PREPARED, MeetingStatus.HELD, LEAD, guards=(_its_day_has_come,)),
    Move(
        "back_to_prepared",
        "Kembali ke persiapan",
        HELD,
        MeetingStatus.PREPARED,
        LEAD,
        guards=(_nothing_was_said,),
        needs_note=True,
    ),
    Move(
        "minute",
        "Tutup notulen",
        HELD,
        MeetingStatus.MINUTED,
        LEAD,
        guards=(_somebody_came, _every_input_was_answered),
    ),
    Move("cancel", "Batalkan rapat", PREPARED, MeetingStatus.CANCELLED, LEAD, needs_note=True),
    Move(
        "prepare_again",
        "Siapkan kembali",
        frozenset({MeetingStatus.CANCELLED}),
        MeetingStatus.PREPARED,
        LEAD,
        needs_note=True,
    ),
    initial=MeetingStatus.PREPARED,
)
OPEN = frozenset({DecisionStatus.OPEN})
DECISION = Workflow(
    Move("finish", "Tandai selesai", OPEN, DecisionStatus.DONE, SETTLE, needs_note=True),
    Move("drop", "Tidak dilanjutkan", OPEN, DecisionStatus.DROPPED, LEAD, needs_note=True),
    Move(
        "reopen",
        "Buka kembali",
        frozenset({DecisionStatus.DONE, DecisionStatus.DROPPED}),
        DecisionStatus.OPEN,
        LEAD,
        needs_note=True,
    ),
    initial=DecisionStatus.OPEN,
)
