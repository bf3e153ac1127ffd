"""Recompute every balance and the hash chain of the ledger; exit 1 and name each difference when something is not right."""

import sys

from django.core.management.base import BaseCommand

from grants.budget import verifying
from ppks.kit.owner import as_owner


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        with as_owner():
            made, found = verifying.check()
        for name, row in found:
            self.stdout.write(f"{name}: baris {row} tidak cocok dengan catatannya")
        if found:
            sys.exit(1)
        self.stdout.write(f"Buku besar cocok: {made.entries} catatan.")
