"""How far an import's job is, told beside the job's own transaction, and whether the job is still alive."""

from datetime import timedelta

from django.utils import timezone

from ppks.intake.models import Import, Progress
from ppks.kit import alive
from ppks.kit.alive import Beside, Life

LOCK = 0x1A91
PATIENCE = timedelta(minutes=1)  # with a job that no worker takes
READING, COMPARING, WRITING, UNDOING = "Membaca berkas", "Membandingkan dengan data", "Menyimpan", "Membatalkan"
HEAD_START = 10  # percent that opening the file counts for
BEGIN = "update intake_progress set started_at = now(), told_at = now(), phase = %s, done = 0, total = 0 where listing_id = %s"
TELL = "update intake_progress set told_at = now(), phase = %s, done = %s, total = %s where listing_id = %s"


def hold(listing_id: int) -> None:
    """For the job: the lock that says it is alive, until its transaction ends."""
    alive.hold(LOCK, listing_id)


def life_of(listing: Import, told: Progress) -> Life:
    """What has become of the job; needs an open door."""
    if not listing.is_working:
        return Life.ENDED
    if told.started_at is None:
        return Life.WAITING if timezone.now() - listing.asked_at < PATIENCE else Life.UNTAKEN
    if alive.is_held(LOCK, listing.pk):
        return Life.RUNNING
    ended = Import.objects.filter(pk=listing.pk).exclude(stage=listing.stage, attempt=listing.attempt).exists()
    return Life.ENDED if ended else Life.DEAD  # it may have ended between our looking at the row and at the lock


def percent(told: Progress) -> int:
    if not told.total:
        return HEAD_START // 2 if told.started_at else 0
    return HEAD_START + (100 - HEAD_START) * min(told.done, told.total) // told.total


class Teller(Beside):
    """Tells on a connection of its own; use it as a context manager."""

    def __init__(self, listing_id: int, phase: str):
        super().__init__()
        self.listing_id, self.phase = listing_id, phase

    def __enter__(self) -> "Teller":
        self.run(BEGIN, self.phase, self.listing_id)
        return self

    def tell(self, phase: str, done: int, total: int) -> None:
        self.now_and_then(TELL, phase, done, total, self.listing_id)
