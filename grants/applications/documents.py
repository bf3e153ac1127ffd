"""The papers of an application by stage: which are asked for, which lie there, and which are missing."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from clients.pages import BY_NAME
from grants.applications.models import TABLE, Application
from grants.programmes.models import DocumentType
from grants.reach import ADD, THROUGH_APPLICATION, may
from ppks.documents.attachments import Checked, keep
from ppks.documents.files import sha256
from ppks.documents.models import Attachment
from ppks.kit.prepared import NOBODY, Reader, prepared
from ppks.kit.refusals import refusals
from ppks.kit.rows import Rows, ScopedQuerySet

Stage = DocumentType.Stage
TAKES = {  # when a stage takes papers
    Stage.APPLICATION: ("draft", "returned"),
    Stage.VERIFICATION: ("submitted",),
    Stage.PAYMENT: ("nominated", "decreed", "disbursed"),
    Stage.REPORT: ("disbursed", "accounted", "recovery"),
}
BRINGS = {  # who brings the papers of a stage
    Stage.APPLICATION: ("grants.propose",),
    Stage.VERIFICATION: ("grants.verify",),
    Stage.PAYMENT: ("grants.propose", "grants.disburse"),
    Stage.REPORT: ("grants.report",),
}
CLOSED = " or ".join(
    f"stage = '{stage}' and state not in ({', '.join(repr(status) for status in statuses)})"
    for stage, statuses in TAKES.items()
)


class ApplicationDocumentQuerySet(ScopedQuerySet):
    def current(self) -> "ApplicationDocumentQuerySet":
        """The newest one of each type: what came before it was replaced."""
        later = ApplicationDocument.objects.filter(
            application=OuterRef("application"), type=OuterRef("type"), pk__gt=OuterRef("pk")
        )
        return self.exclude(Exists(later))


class ApplicationDocument(models.Model):
    """One paper that lies with an application. Append-only; a newer one of its type takes its place."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+", verbose_name="dokumen")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+", verbose_name="berkas")
    number = models.TextField(blank=True, default="", verbose_name="nomor surat")
    issued_on = models.DateField(null=True, blank=True, verbose_name="tanggal surat")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = ApplicationDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["type", "-pk"]
        verbose_name, verbose_name_plural = "dokumen usulan", "dokumen usulan"
        indexes = [models.Index(fields=["application", "type", "-id"], name="document_newest_of_type")]
        constraints = [
            Rows(name="application_document_rows", see=THROUGH_APPLICATION, may=may(province=ADD, region=ADD))
        ]
        triggers = [
            pgtrigger.Trigger(
                name="comes_in_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("stage", "text"), ("state", "text")],
                func=f"""
                    select type.stage into stage from grants_documenttype type where type.id = new.type_id;
                    select status into state from {TABLE} where id = new.application_id;
                    if {CLOSED} then
                        raise 'Dokumen tahap ini tidak dapat ditambah lagi pada keadaan usulan sekarang.'
                            using errcode = 'check_violation', constraint = 'document_comes_in_its_time';
                    end if;
                    return new;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.type)


def form_of(application: Application) -> str:
    """Cash or goods, as its programme gives."""
    return application.call.line.programme.form


def asked_for(form: str, stage: str) -> QuerySet:
    """The types that this stage has for what is given in that form."""
    return DocumentType.objects.current().filter(stage=stage).filter(Q(form="") | Q(form=form))


def missing_documents(application: Application, stage: str) -> list[DocumentType]:
    """The compulsory papers of a stage that do not lie with the application."""
    return _missing(NOBODY, application.pk, form_of(application), stage)


@prepared
def _missing(nobody: Reader, application: int, form: str, stage: str) -> QuerySet:
    there = ApplicationDocument.objects.filter(application=application).values("type")
    return asked_for(form, stage).filter(is_required=True).exclude(pk__in=there)


def has_its_papers() -> Exists:
    """As a condition on applications: no compulsory paper of the first stage is missing."""
    there = ApplicationDocument.objects.filter(application=OuterRef(OuterRef("pk")), type=OuterRef("pk"))
    asked = DocumentType.objects.current().filter(stage=Stage.APPLICATION, is_required=True)
    asked = asked.filter(Q(form="") | Q(form=OuterRef("call__line__programme__form")))
    return ~Exists(asked.exclude(Exists(there)))


def takes(application: Application, stage: str, by: Any) -> bool:
    """Whether this user may bring a paper of the stage now."""
    return application.status in TAKES[Stage(stage)] and any(by.has_perm(name) for name in BRINGS[Stage(stage)])


def add_document(
    application: Application, kind: DocumentType, content: Checked, *, by: Any, **about: Any
) -> ApplicationDocument | None:
    """Lay a paper with the application; None when the very same file is the newest of its type already.

    Raises ValidationError, as for a stage that takes no papers now.
    """
    with refusals():
        Application.objects.visible_to(by).select_for_update(of=("self",)).get(pk=application.pk)
        newest = ApplicationDocument.objects.filter(application=application.pk, type=kind)
        if sha256(content.content) in newest.values_list("attachment__sha256", flat=True)[:1]:
            return None
        attached = keep(content, region_id=application.region_id, by=by, subjects=[application.identity_id])
        return ApplicationDocument.objects.create(
            application=application, type=kind, attachment=attached, by=by, **about
        )


def lying_with(application: Application) -> dict[int, ApplicationDocument]:
    """The newest paper of each type, by the type's id."""
    rows = ApplicationDocument.objects.filter(application=application.pk).current()
    return {row.type_id: row for row in rows.annotate(by_name=BY_NAME)}
