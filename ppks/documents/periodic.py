"""What the clock tidies of kept files: those that no row names, left by what was rolled back."""

from datetime import date

from ppks.documents import batches
from ppks.documents.models import Attachment, Batch, Paper
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work


def tidy_files(day: date) -> str:
    named = {
        model: model.objects.order_by().exclude(file=None).values_list("file", flat=True)
        for model in (Attachment, Paper, Batch)
    }
    gone = sum(model.FILES.tidy(names) for model, names in named.items())
    return f"{gone} berkas lampiran dan surat tanpa catatan dibuang."


def forget_batches(day: date) -> str:
    return f"Isi dari {batches.forget_old()} paket surat yang tak pernah selesai dikosongkan."


contribute("tick", Work("berkas", tidy_files), Work("paket surat", forget_batches))
