"""Does everything periodic. Run it every hour; twice at once, twice a day or after missed days does no harm."""

from django.core.management.base import BaseCommand, CommandError

from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.periodic import Done, tick


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        failed = [one.work.name for one in tick(User.objects.clock(), dates.today()) if self._tell(one).has_failed]
        if failed:
            raise CommandError(f"Gagal: {', '.join(failed)}. Pekerjaan lain selesai.")

    def _tell(self, one: Done) -> Done:
        """A line as soon as a work has ended; of a failure also where it was."""
        out = self.stderr if one.has_failed else self.stdout
        out.write(f"{one.work.name}: {one.said}\n{one.frames}".rstrip())
        out.flush()
        return one
