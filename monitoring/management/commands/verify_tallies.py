"""Compare the kept counts of businesses with a live count; exit 1 when they differ, `--rebuild` counts anew first."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from monitoring.tallies import drift, rebuild
from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.owner import as_owner


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="count everything anew before comparing")

    def handle(self, *args, rebuild: bool, **options):
        with as_owner(), transaction.atomic():
            if rebuild:
                count_anew()
            found = drift(User.objects.system(), dates.today())
        for measure, (kept, live) in found.items():
            self.stdout.write(f"{measure}: tercatat {kept.total()}, dihitung {live.total()}")
        if found:
            sys.exit(1)
        self.stdout.write("Semua hitungan usaha cocok.")


count_anew = rebuild  # the option has the same name
