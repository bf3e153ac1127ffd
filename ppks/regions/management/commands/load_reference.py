"""Make the reference tables equal to the CSVs that the project ships; running it again changes nothing."""

from django.core.management.base import BaseCommand
from django.db import transaction

from ppks.kit import dates
from ppks.kit.contributions import contributed
from ppks.kit.owner import as_owner
from ppks.kit.reference import load


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        with as_owner(), transaction.atomic():
            for table in contributed("reference"):
                done = load(table, on=dates.today())
                if options["verbosity"]:
                    self.stdout.write(
                        f"{done.table}: {done.new} baru, {done.changed} berubah, {done.same} sama, {done.retired} pensiun"
                    )
