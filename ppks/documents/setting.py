"""Papers set by typst: data in, PDF/A out, the same data always giving the same bytes."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ppks.documents.letters import plainest

TEMPLATES = Path(__file__).parent / "typst"
STANDARD = "a-2a"
AUTHOR = "Dinas Sosial Provinsi Jawa Timur"


@cache
def _fonts() -> typst.Fonts:
    """Those that typst itself brings, so that a paper looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def pdf(papers: Sequence[dict[str, Any]], *, title: str, day: date) -> bytes:
    """These papers, one after the other, each on pages of its own."""
    given = {"title": title, "author": AUTHOR, "date": {"year": day.year, "month": day.month, "day": day.day}}
    made_at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return _set(given | {"papers": papers}, format="pdf", pdf_standards=STANDARD, timestamp=made_at)


def images(papers: Sequence[dict[str, Any]], *, ppi: int = 80) -> list[bytes]:
    """The pages as PNG, to look at them."""
    given = {"title": "Pratinjau", "author": AUTHOR, "date": {"year": 2000, "month": 1, "day": 1}, "papers": papers}
    pages = _set(given, format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _set(given: dict[str, Any], **options: Any) -> Any:
    compiler = typst.Compiler(TEMPLATES / "main.typ", root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)
    try:
        return compiler.compile(sys_inputs={"data": json.dumps(given)}, **options)
    except typst.TypstError:  # letters that no font can put together
        return compiler.compile(sys_inputs={"data": json.dumps(_each_text(given, plainest))}, **options)


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {name: _each_text(one, change) for name, one in value.items()}
    return [_each_text(one, change) for one in value] if isinstance(value, list) else value
