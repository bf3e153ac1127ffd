"""The papers of an application as its page shows them: each stage with what is there, what is missing, and older ones."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from clients.pages import BY_NAME
from grants.applications.documents import TAKES, ApplicationDocument, form_of
from grants.applications.models import Application
from grants.programmes.models import DocumentType
from ppks.kit import dates


@dataclass(frozen=True, slots=True)
class Line:
    """One type with the paper that counts and those it replaced."""

    kind: DocumentType
    newest: ApplicationDocument | None
    older: list[ApplicationDocument]
    is_due: bool

    @property
    def state(self) -> str:
        if self.newest:
            return "ok"
        return "need" if self.is_due and self.kind.is_required else "later"

    @property
    def about(self) -> str:
        """Number and day of the paper, and who brought it when."""
        if self.newest is None:
            return "wajib" if self.kind.is_required else "bila ada"
        paper = ", ".join(
            filter(None, [self.newest.number, self.newest.issued_on and dates.long(self.newest.issued_on)])
        )
        brought = f"diunggah {dates.long(dates.local(self.newest.made_at))} oleh {self.newest.by_name}"
        return "; ".join(filter(None, [paper, brought]))


def stages(application: Application, user: Any) -> list[dict[str, Any]]:
    """Every stage with its types: those in force, and those of which a paper lies there."""
    rows = ApplicationDocument.objects.visible_to(user).filter(application=application.pk).annotate(by_name=BY_NAME)
    lying: dict[int, list[ApplicationDocument]] = {}
    for row in rows.order_by("-pk"):
        lying.setdefault(row.type_id, []).append(row)
    kinds = DocumentType.objects.filter(Q(retired_on=None) | Q(pk__in=lying))
    kinds = list(kinds.filter(Q(form="") | Q(form=form_of(application)) | Q(pk__in=lying)))
    return [
        {
            "label": stage.label,
            "lines": [
                Line(
                    kind, (lying.get(kind.pk) or [None])[0], (lying.get(kind.pk) or [])[1:], _is_due(application, stage)
                )
                for kind in kinds
                if kind.stage == stage
            ],
        }
        for stage in DocumentType.Stage
    ]


def _is_due(application: Application, stage: str) -> bool:
    return application.status in TAKES[DocumentType.Stage(stage)]
