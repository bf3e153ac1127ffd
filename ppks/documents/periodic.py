"""What the clock tidies of kept files: those that no row names, left by what was rolled back."""

from datetime import date

from ppks.documents.models import Attachment, Paper
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def tidy_files(day: date) -> str:
    gone = sum(
        model.FILES.tidy(model.objects.order_by().values_list("file", flat=True)) for model in (Attachment, Paper)
    )
    return f"{gone} berkas lampiran dan surat tanpa catatan dibuang."


contribute("tick", Work("berkas", tidy_files))
