"""The moves of an application as buttons: which are a click, which have a page of their own, and why one is closed."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from grants.applications.models import Application
from grants.applications.workflow import APPLICATION, BY_DOCUMENT
from ppks.kit.workflow import Offer

# A move that needs more than a button: the URL name of its page, which takes the application's key. The room that makes
# the move's document adds its page here; until then a move by document is not shown.
PAGES: dict[str, str] = {
    "submit": "application_submit",
    "reject": "application_reject",
    "cancel": "application_cancel",
    "verify": "application_verify",
    "promote_out_of_turn": "application_promote",
    "recover": "application_recover",
    "settle": "application_settle",
}
HINTS = {
    "submit": "Dengan surat pengantar; beberapa usulan dapat diajukan dengan satu surat.",
    "return": "Petugas kab/kota menerima pemberitahuan dan membaca alasan Anda.",
    "withdraw": "Tulis pernyataan orangnya. Usulan berhenti di sini; tahun yang sama dapat diusulkan lagi.",
    "promote_out_of_turn": "Alasannya tercatat bersama siapa yang dilewati.",
    "close": "Usaha diserahkan kepada pemantauan.",
}
DANGER = frozenset({"reject", "cancel", "withdraw", "recover", "undo_disburse"})


@dataclass(frozen=True, slots=True)
class Button:
    """What `parts/moves.html` shows; `is_link` leads to the move's page, whether or not it can be made yet."""

    label: str
    url: str
    open: bool
    reasons: list[str]
    needs_note: bool
    hint: str
    tone: str
    is_link: bool


def is_click(name: str) -> bool:
    """Whether the move is made by its button, perhaps with a note, and by nothing else."""
    return name in APPLICATION.moves and name not in BY_DOCUMENT and name not in PAGES


def buttons(application: Application, user: Any) -> list[Button]:
    """Every move that this user could make from here, each open or with all that stands against it."""
    offers = APPLICATION.offers(user, application)
    return [_button(application, offer) for offer in offers if is_click(offer.move.name) or offer.move.name in PAGES]


def _button(application: Application, offer: Offer) -> Button:
    name = offer.move.name
    page = PAGES.get(name)
    return Button(
        label=offer.move.label,
        url=reverse(page, args=[application.pk]) if page else reverse("application_move", args=[application.pk, name]),
        open=offer.open,
        reasons=offer.reasons,
        needs_note=offer.move.needs_note,
        hint=HINTS.get(name, ""),
        tone="danger" if name in DANGER else "",
        is_link=page is not None,
    )
