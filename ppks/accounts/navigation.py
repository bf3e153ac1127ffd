"""What frames every page: the main menu of a role, the demo band, the time of the figures."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from ppks.accounts.installation import is_demo
from ppks.kit.contributions import contribute, contributed


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


def links(user, path: str) -> list[Link]:
    """The menu of one user; current is the entry whose page is open, or else the nearest one above it."""
    entries = sorted(
        (e for e in contributed("navigation") if user.has_perm(e.permission)), key=lambda entry: entry.order
    )
    found = [(entry.label, reverse(entry.url_name)) for entry in entries]
    above = [url for _, url in found if path == url or (url != "/" and path.startswith(url))]
    nearest = max(above, key=len, default=None)
    return [Link(label, url, url == nearest) for label, url in found]


def frame(request) -> dict[str, object]:
    """Context processor. Asks the database nothing but, once a process, whether this is a demo."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    return {
        "navigation": links(user, request.path) if known else [],
        "can_search": known and user.has_perm("clients.search"),
        "is_demo": is_demo(),
        "now": timezone.now(),
    }


contribute("navigation", Entry("Pengelolaan", "admin:index", "accounts.view_user", 90))
