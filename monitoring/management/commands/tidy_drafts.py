"""Removes drafts older than thirty days, and photo files older than a day that no row names. Run it every night."""

from itertools import chain

from django.core.management.base import BaseCommand

from monitoring import photos
from monitoring.models import Draft, Upload, VisitPhoto
from ppks.kit.owner import as_owner


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        with as_owner():
            drafts, _ = Draft.objects.outdated().delete()
            Upload.objects.outdated().delete()
            named = (model.objects.order_by().values_list("name", flat=True) for model in (VisitPhoto, Upload))
            files = photos.tidy(chain.from_iterable(named))
        self.stdout.write(f"{drafts} draf dan {files} berkas foto dibuang.")
