"""What an application still lacks before it may be submitted: one list for the page, the button and the guard."""

from collections.abc import Iterator
from dataclasses import dataclass

from grants.applications.documents import Stage, missing_documents
from grants.applications.plan import BusinessPlan
from grants.applications.statuses import Status
from ppks.kit import rupiah


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing; `section` is the part of the application where it is mended."""

    section: str
    sentence: str


def lacks(application) -> Iterator[Lack]:
    """Everything that keeps the application from being submitted, in the order of its sections."""
    if not BusinessPlan.objects.filter(application=application.pk).exists():  # an auditor may not read its columns
        yield Lack("plan", "Rencana usaha belum diisi.")
    yield from _about_money(application)
    for kind in missing_documents(application, Stage.APPLICATION):
        yield Lack("documents", f"{kind} belum diunggah.")


def _about_money(application) -> Iterator[Lack]:
    planned, most = application.planned, application.call.line.programme.maximum
    if not planned:
        yield Lack("items", "RAB belum diisi.")
    elif planned != application.requested:
        yield Lack(
            "items",
            f"Jumlah RAB {rupiah.format(planned)} tidak sama dengan yang diusulkan "
            f"{rupiah.format(application.requested)}.",
        )
    if application.requested > most:
        yield Lack("items", f"Yang diusulkan melebihi batas program, {rupiah.format(most)}.")


def is_complete(application) -> bool:
    """Whether nothing is missing; true as well for what was submitted already."""
    return application.status not in {Status.DRAFT, Status.RETURNED} or not any(lacks(application))
