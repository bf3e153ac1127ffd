"""What the clock tidies of visits: drafts and waiting photos older than thirty days, and photo files that no row names."""

from datetime import date
from itertools import chain

from monitoring import photos
from monitoring.models import Draft, Upload, VisitPhoto
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def forget_drafts(day: date) -> str:
    drafts, _ = Draft.objects.outdated().delete()
    uploads, _ = Upload.objects.outdated().delete()
    return f"{drafts} draf kunjungan dan {uploads} foto yang menunggu dibuang."


def tidy_photos(day: date) -> str:
    """A work of its own, so that files go only after the rows that named them."""
    named = (model.objects.order_by().values_list("name", flat=True) for model in (VisitPhoto, Upload))
    return f"{photos.FILES.tidy(chain.from_iterable(named))} berkas foto tanpa catatan dibuang."


contribute("tick", Work("draf", forget_drafts), Work("foto", tidy_photos))
