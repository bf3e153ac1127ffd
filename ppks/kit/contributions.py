"""Named lists that a lower layer reads and higher apps fill in `AppConfig.ready`: the only way up without an import.

Each list has one shape, said here. A test lists who contributes what.
"""

from collections.abc import Callable
from typing import Any

SHAPES = {
    "reference": "ppks.kit.reference.Table: a CSV that `load_reference` keeps a table equal to",
    "navigation": "ppks.accounts.navigation.Entry: a link of the main menu",
    "tick": "ppks.kit.periodic.Work: periodic work, done by `tick` in the clock's role, each in its own transaction",
    "seen": "(user_id, page, looks) -> None: writes down, in the bare role, who was looked at; a look is (subject, reason)",
    "person_tab": "clients.pages.Tab: a tab of a person's page, by URL name",
    "person_now": "(person, user) -> (template, context) | None: what matters now, on the person's summary",
    "person_filter": "ppks.kit.listing.Filter: narrows the list of people",
    "person_column": "clients.pages.Column: a column of the list of people, one query a page",
    "grant_facts": "(person, day) -> dict of grants.applications.eligibility.Facts that a higher app knows",
    "application_close": "(application) -> str | None: why a grant cannot be closed yet",
    "assessed": "(businesses) -> None: what follows when businesses have been assessed anew, in the same transaction",
    "business_panel": "(business, user) -> (template, context) | None: a panel beside a business's page",
    "application_panel": "(application, user) -> (template, context) | None: what a room shows on an application's page",
    "sheet": "ppks.kit.sheets.Sheet: a list that can be taken out as a file",
    "agenda": "monitoring.meetings.agenda.Topic: what consolidation meetings have to speak about",
    "timeline": "(person, user) -> iterable of clients.pages.Event",
}

_lists: dict[str, list[Any]] = {name: [] for name in SHAPES}


def contribute(name: str, *items: Any) -> None:
    """Add to a named list; a name that is not declared in SHAPES is a KeyError."""
    _lists[name].extend(items)


def contributed(name: str) -> tuple[Any, ...]:
    """Everything contributed under `name`, in the order of INSTALLED_APPS."""
    return tuple(_lists[name])


def contributor(name: str) -> Callable[[Any], Any]:
    """Decorator form of `contribute` for a function."""

    def keep(function: Any) -> Any:
        contribute(name, function)
        return function

    return keep
