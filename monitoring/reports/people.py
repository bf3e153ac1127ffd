"""What a report counts of people: how far they are at the end, what happened to them, and independence."""

from collections import Counter
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from clients.lifecycle import GONE, LIFECYCLE
from clients.lifecycle import Status as Stage
from clients.models import Person, PersonStep
from monitoring.counts.reading import Kind, count_by_region
from monitoring.independence.models import Graduation, GraduationStep
from monitoring.reports.measures import Measure, Source, Span, shaped, when, word
from ppks.kit import dates

SEE, SEE_BUSINESSES = "clients.view_person", "monitoring.view_business"
FIGURES = {
    Stage.CLIENT: "orang_klien",
    Stage.FORMER_CLIENT: "orang_eks",
    Stage.INDEPENDENT: "orang_mandiri",
} | dict.fromkeys(GONE, "orang_lepas")


def _people(user: Any, span: Span) -> QuerySet:
    people = Person.objects.visible_to(user)
    today = span.day >= dates.today()
    stage = F("status") if today else Coalesce("status_on", word(Stage.NEW))
    rows = people if today else people.with_status_on(span.day)
    return shaped(rows, person=F("pk"), detail=stage).exclude(row_detail=Stage.NEW)


def _kept_people(user: Any, span: Span) -> dict[tuple[int, str], int]:
    today = span.day >= dates.today()
    counts: Counter = Counter()
    for (region, stage), n in count_by_region(user, Kind.STANDING if today else Kind.STAGE, span.day).items():
        if stage in FIGURES:
            counts[region, FIGURES[stage]] += n
    return counts


PEOPLE = Source(
    "orang",
    "Orang, pada akhir periode",
    SEE,
    _people,
    (
        Measure(
            "orang_klien",
            "Klien di UPT",
            "Orang yang pada hari terakhir periode tinggal di UPT.",
            when(row_detail=Stage.CLIENT),
        ),
        Measure(
            "orang_eks",
            "Eks klien",
            "Orang yang pada hari terakhir periode tercatat eks klien; mandiri tidak termasuk.",
            when(row_detail=Stage.FORMER_CLIENT),
        ),
        Measure(
            "orang_mandiri",
            "Mandiri, dalam pantauan",
            "Orang yang pada hari terakhir periode ditetapkan mandiri dan belum kembali.",
            when(row_detail=Stage.INDEPENDENT),
        ),
        Measure(
            "orang_lepas",
            "Pindah, meninggal, putus kontak",
            "Orang yang pada hari terakhir periode tidak dapat didampingi lagi.",
            when(row_detail__in=sorted(GONE)),
        ),
    ),
    dict(Stage.choices),
    _kept_people,
)


def _steps(user: Any, span: Span) -> QuerySet:
    rows = PersonStep.objects.visible_to(user).filter(span.within("effective_on"))
    return shaped(rows, region="person__region_id", on=F("effective_on"), detail=F("move"))


STEPS = Source(
    "langkah",
    "Perubahan keadaan orang, selama periode",
    SEE,
    _steps,
    (
        Measure(
            "langkah_catat", "Baru tercatat", "Langkah pertama seseorang, menurut tanggal berlakunya.", when(version=1)
        ),
        Measure(
            "langkah_keluar",
            "Selesai pelayanan di UPT",
            "Langkah “Selesai pelayanan”: dari klien menjadi eks klien.",
            when(move="discharge"),
        ),
        Measure(
            "langkah_lepas",
            "Pindah, meninggal, putus kontak",
            "Langkah ke keadaan itu; bila kemudian dibatalkan, langkahnya tetap dihitung.",
            when(target__in=sorted(GONE)),
        ),
    ),
    {name: move.label for name, move in LIFECYCLE.moves.items()},
)


def _graduations(user: Any, span: Span) -> QuerySet:
    proposed = GraduationStep.objects.filter(span.within("effective_on"), graduation=OuterRef("pk"), move="propose")
    rows = Graduation.objects.visible_to(user).annotate(is_proposed=Exists(proposed))
    return shaped(rows, on=F("decided_on"), detail=F("status"))


INDEPENDENCE = Source(
    "mandiri",
    "Kemandirian, selama periode",
    SEE_BUSINESSES,
    _graduations,
    (
        Measure(
            "mandiri_usul",
            "Diusulkan",
            "Usulan mandiri yang diajukan, juga yang diajukan ulang.",
            when(is_proposed=True),
        ),
        Measure(
            "mandiri_tetap",
            "Ditetapkan mandiri",
            "Putusan kepala dinas menurut tanggal berlakunya.",
            lambda span: span.within("decided_on"),
        ),
        Measure(
            "mandiri_kembali",
            "Kembali memerlukan pelayanan",
            "Kemandirian yang berakhir.",
            lambda span: span.within("ended_on"),
        ),
    ),
    dict(Graduation.Status.choices),
)
