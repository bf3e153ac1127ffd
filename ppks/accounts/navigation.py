"""What frames every page: the main menu of a role, the demo band, the time of the figures."""

from dataclasses import dataclass
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from ppks.accounts.installation import is_demo
from ppks.accounts.roles import ROLES
from ppks.kit.contributions import contribute, contributed

FITTING = 8  # entries of the bar; more make it a line of its own


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the main menu, shown to who has the permission. Lower `order` stands further left."""

    label: str
    url_name: str
    permission: str
    order: int


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Menu:
    """The links of a role with one of them current, as the page shows them twice; drawn once a process."""

    items: SafeString
    is_long: bool


def menu(user, path: str) -> Menu:
    """The menu of one user; current is the entry whose page is open, or else the nearest one above it."""
    above = [url for _, url in _entries(user.role) if path == url or (url != "/" and path.startswith(url))]
    return _drawn(user.role, max(above, key=len, default=None))


@cache
def _entries(role: str) -> list[tuple[str, str]]:
    """The label and address of each entry that the role may open."""
    mine = [entry for entry in contributed("navigation") if entry.permission in ROLES[role].permissions]
    return [(entry.label, reverse(entry.url_name)) for entry in sorted(mine, key=lambda entry: entry.order)]


@cache
def _drawn(role: str, current: str | None) -> Menu:
    links = [Link(label, url, url == current) for label, url in _entries(role)]
    return Menu(render_to_string("parts/navigation_links.html", {"navigation": links}), len(links) > FITTING)


def frame(request) -> dict[str, object]:
    """Context processor. Asks the database nothing but, once a process, whether this is a demo."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "menu": menu(user, request.path) if known else None,
        "can_search": known and user.has_perm("clients.search"),
        "is_demo": is_demo(),
        "now": timezone.now(),
    }


contribute("navigation", Entry("Pengelolaan", "admin:index", "accounts.view_user", 90))
