"""The moves of an accountability report (SPJ)."""

from django.db import models

from ppks.kit.workflow import Move, Workflow


class Status(models.TextChoices):
    DRAFT = "draft", "Belum dilaporkan"
    SUBMITTED = "submitted", "Menunggu diperiksa"
    RETURNED = "returned", "Perlu perbaikan"
    APPROVED = "approved", "Disahkan"


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})


def _balances(report) -> str | None:
    from grants.accountability.reporting import why_not_balanced  # it asks models, which import this module

    return why_not_balanced(report)


def _has_its_papers(report) -> str | None:
    from grants.applications.documents import missing_documents  # as above

    missing = missing_documents(report.application, "report")
    return f"Dokumen SPJ belum ada: {', '.join(map(str, missing))}." if missing else None


def _did_not_report(report, by) -> str | None:
    if report.application.chain.filter(actor=by.pk).exclude(link="approve_report").exists():
        return "Anda sudah memegang tahap lain pada usulan ini; SPJ harus disahkan orang lain."
    return None


REPORT = Workflow(
    Move("submit", "Laporkan SPJ", EDITABLE, Status.SUBMITTED, "grants.report", guards=(_balances, _has_its_papers)),
    Move(
        "return",
        "Kembalikan untuk diperbaiki",
        frozenset({Status.SUBMITTED}),
        Status.RETURNED,
        "grants.approve_report",
        needs_note=True,
    ),
    Move(
        "approve",
        "Sahkan SPJ",
        frozenset({Status.SUBMITTED}),
        Status.APPROVED,
        "grants.approve_report",
        guards=(_balances,),
        personal=(_did_not_report,),
    ),
    initial=Status.DRAFT,
)
