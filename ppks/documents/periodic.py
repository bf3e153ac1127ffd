"""What the clock tidies of kept files: those that no row names, left by what was rolled back."""

from datetime import date

from ppks.documents.models import Attachment
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def tidy_files(day: date) -> str:
    gone = Attachment.FILES.tidy(Attachment.objects.order_by().values_list("file", flat=True))
    return f"{gone} berkas lampiran tanpa catatan dibuang."


contribute("tick", Work("lampiran", tidy_files))
