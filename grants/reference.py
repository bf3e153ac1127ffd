"""Programmes, criteria and compulsory papers as the CSVs tell them; the office's own edits stay."""

from typing import Any

from grants.programmes.models import Criterion, DocumentType, Programme
from ppks.kit.reference import Table


def _programme(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "name": row["name"],
        "form": row["form"],
        "maximum": int(row["maximum"]),
        "tranches": [int(share) for share in row["tranches"].split(";")],
        "report_days": int(row["report_days"]),
        "next_needs_report": row["next_needs_report"] == "1",
    }


def _criterion(row: dict[str, str]) -> dict[str, Any]:
    return {"code": row["code"], "label": row["label"], "guide": row["guide"], "weight": int(row["weight"])}


def _document_type(row: dict[str, str]) -> dict[str, Any]:
    return {
        "code": row["code"],
        "label": row["label"],
        "stage": row["stage"],
        "form": row["form"],
        "is_required": row["required"] == "1",
    }


TABLES = (
    Table("grant_programmes.csv", lambda: Programme, _programme),
    Table("grant_criteria.csv", lambda: Criterion, _criterion),
    Table("grant_documents.csv", lambda: DocumentType, _document_type),
)
