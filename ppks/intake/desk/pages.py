"""What an import's page shows at each stage: its job, its preview page by page, its decision, its result."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from ppks.intake.desk.asking import earlier
from ppks.intake.desk.forms import AnswersForm
from ppks.intake.desk.progress import Life, life_of, percent
from ppks.intake.desk.sealing import report_of
from ppks.intake.lists import KIND
from ppks.intake.models import KEPT, Import, Progress
from ppks.intake.results import ERROR
from ppks.intake.stages import RECIPIENTS, Choice, Stage
from ppks.kit.doors import seen

PER_PAGE = 50
PROBLEMS, CHANGES, NEWS = "masalah", "berubah", "baru"
TONE = {
    Stage.READING: "info",
    Stage.WRITING: "info",
    Stage.PREVIEW: "warn",
    Stage.UNREADABLE: "error",
    Stage.DONE: "ok",
    Stage.NOTHING: "ok",
    Stage.DROPPED: "",
    Stage.UNDOING: "info",
    Stage.UNDONE: "",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One page of one part of the preview."""

    name: str
    rows: list[Any]
    first: int
    total: int
    previous_url: str
    next_url: str

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def job_context(listing: Import) -> dict[str, Any]:
    """Progress bar and state of the job; `life` is a Life."""
    told = Progress.objects.filter(listing=listing).first() or Progress(listing=listing)
    life = life_of(listing, told)
    is_stuck = life in (Life.DEAD, Life.UNTAKEN)
    return {
        "listing": listing,
        "told": told,
        "life": life.value,
        "percent": percent(told),
        "is_stuck": is_stuck,
        "has_moves": is_stuck or listing.may_be_dropped or listing.stage == Stage.DONE,
    }


def is_over(context: dict[str, Any]) -> bool:
    """Whether the page has something else to show than it had."""
    return context["is_stuck"] or context["life"] == Life.ENDED.value


def detail_context(request: Any, listing: Import) -> dict[str, Any]:
    report = report_of(listing)
    kind = KIND[listing.kind]
    context = {
        "listing": listing,
        "kind": kind,
        "tone": TONE[Stage(listing.stage)],
        "facts": list(_facts(listing)),
        "crumbs": [{"label": "Impor", "url": reverse("import_list")}, {"label": listing.name}],
        "report": report,
        "kept_days": KEPT.days,
        "earlier": earlier(listing, request.user),
        "is_recipients": listing.kind == RECIPIENTS,
    }
    context |= _parts(request, listing, report)
    if listing.stage in (Stage.PREVIEW, Stage.UNREADABLE) and listing.has_upload:
        form = AnswersForm(user=request.user, listing=listing, report=report)
        context |= {"form": form} if form.fields else {}
    if listing.stage == Stage.PREVIEW:
        context["moves"] = sorted(choices(listing), key=lambda choice: not choice["open"])
    return context


def _facts(listing: Import) -> Iterator[dict[str, Any]]:
    yield {"label": "Isi", "value": listing.get_kind_display()}
    yield {"label": "Diunggah", "value": listing.by}
    if listing.office:
        yield {"label": "Kantor", "value": str(listing.office)}


def choices(listing: Import) -> Iterator[dict[str, Any]]:
    """Both ways to go on, each with why it is closed; shaped for `parts/moves.html`."""
    no_day = ["Tanggal daftar belum diketahui; isi dahulu, lalu baca ulang."] if listing.list_date is None else []
    nothing = [] if listing.new + listing.changed else ["Tidak ada baris yang baru atau berubah."]
    has_errors = [f"Ada {listing.errors} kesalahan pada daftarnya."] if listing.errors else []
    yield _choice(listing, Choice.ALL, has_errors + no_day + ([] if has_errors else nothing))
    if listing.errors:
        yield _choice(listing, Choice.FAULTLESS, no_day + nothing)


def _choice(listing: Import, choice: Choice, reasons: list[str]) -> dict[str, Any]:
    url = reverse("import_write", args=[listing.pk, choice.value])
    return {"code": choice.value, "label": choice.label, "url": url, "open": not reasons, "reasons": reasons}


def _parts(request: Any, listing: Import, report: dict[str, Any]) -> dict[str, Any]:
    """The tabs over the preview, and one page of the open one; whom it shows is written down."""
    rows = {
        PROBLEMS: sorted(report.get("problems", []), key=lambda problem: problem[2] != ERROR),
        CHANGES: report.get("changes", []),
        NEWS: report.get("news", []),
    }
    labels = {PROBLEMS: "Masalah", CHANGES: "Berubah", NEWS: "Baru"}
    filled = [name for name, found in rows.items() if found]
    if not filled:
        return {"part": None, "tabs": []}
    name = request.GET.get("bagian", "")
    name = name if name in filled else filled[0]
    part = _page(request, listing, name, rows[name])
    if name == CHANGES:
        seen(request, *(change["identity"] for change in part.rows))
    url = reverse("import_detail", args=[listing.pk])
    tabs = [
        {"label": labels[each], "count": len(rows[each]), "url": f"{url}?bagian={each}", "current": each == name}
        for each in filled
    ]
    return {"part": part, "tabs": tabs}


def _page(request: Any, listing: Import, name: str, rows: list[Any]) -> Part:
    pages = max(1, -(-len(rows) // PER_PAGE))
    asked = request.GET.get("hal", "1")
    number = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    url = f"{reverse('import_detail', args=[listing.pk])}?bagian={name}&hal="
    begin = (number - 1) * PER_PAGE
    return Part(
        name,
        rows[begin : begin + PER_PAGE],
        begin + 1,
        len(rows),
        f"{url}{number - 1}" if number > 1 else "",
        f"{url}{number + 1}" if number < pages else "",
    )
