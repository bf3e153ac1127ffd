"""Compare the kept counts, of today and of any day, with live ones; exit 1 when they differ, `--rebuild` counts anew first."""

import sys

from django.core.management.base import BaseCommand
from django.db import transaction

from monitoring.counts.verifying import drift as drift_of_days
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
            found, of_days = drift(User.objects.system(), dates.today()), drift_of_days()
        for measure, (kept, live) in found.items():
            self.stdout.write(f"{measure}: tercatat {kept.total()}, dihitung {live.total()}")
        for kind, number in of_days.items():
            self.stdout.write(f"hitungan per hari, {kind}: {number} berbeda")
        if found or of_days:
            sys.exit(1)
        self.stdout.write("Semua hitungan cocok.")


count_anew = rebuild  # the option has the same name
