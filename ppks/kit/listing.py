"""Lists: filters that carry codes only, chips that take them off, and pages found by key, not by counting rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, QueryDict

from ppks.kit import asof, dates
from ppks.kit.forms import PlainSelect
from ppks.kit.prepared import counted, prepared

PAGE_SIZE = 25
LAST_NUMBERED_ROW = 1_000  # `?page=N` reaches this far; beyond, and on the page's own links, `?after=<id>`
COUNTED_EXACTLY = 1_000
LONGEST_KEY = 18  # digits; more do not fit a bigint


@dataclass(frozen=True, slots=True)
class Filter:
    """One GET parameter. `choices(user)` lists (code, label); `narrow(rows, code, day)` keeps what matches."""

    name: str
    label: str
    choices: Callable[[Any], Iterable[tuple[str, str]]]
    narrow: Callable[[QuerySet, str, Any], QuerySet]
    in_form: bool = True  # else it is reached through a figure's link and shown as a chip only


Held = tuple[tuple[Filter, str], ...]  # the filters that hold, each with its code
Question = Callable[[Any, Any], QuerySet]  # (user, day): all rows of a list; for lists that are asked all day


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked with outside a request, by a job: who, and the codes of the filters."""

    user: Any
    GET: QueryDict
    path: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Pager:
    first: int | None
    last: int | None
    total: int | None  # None above what is counted exactly
    total_text: str
    previous_url: str | None
    next_url: str | None


@dataclass
class Page:
    """What the template of a list needs."""

    rows: list[Any]
    pager: Pager
    chips: list[Chip]
    clear_url: str
    filter_form: forms.Form

    @property
    def is_filtered(self) -> bool:
        return bool(self.chips)


class Listing:
    """The rows of one request: narrowed by its filters, in a fixed order, one page of them.

    `keys` are the columns of the order, all ascending, the last one unique. Pages of a `Question` are prepared.
    """

    def __init__(
        self,
        request: HttpRequest | Asked,
        rows: QuerySet | Question,
        *,
        filters: Iterable[Filter],
        keys: tuple[str, ...],
        day: Any,
    ):
        self.request, self.keys, self.day = request, keys, day
        self.params: QueryDict = request.GET
        self.filters = list(filters)
        self.choices = cache(lambda wanted: list(wanted.choices(request.user)))
        self.chosen = {f.name: self._chosen(f) for f in self.filters}
        self.held: Held = tuple((f, chosen[0]) for f in self.filters if (chosen := self.chosen[f.name]))
        self._source = rows
        self._asked = None if isinstance(rows, QuerySet) else (rows, self.held, day)

    @cached_property
    def all(self) -> QuerySet:
        """The rows without the filters."""
        return self._source if self._asked is None else self._source(self.request.user, self.day)

    @cached_property
    def rows(self) -> QuerySet:
        return _narrowed(self.all, self.held, self.day)

    def _chosen(self, wanted: Filter) -> tuple[str, str] | None:
        code = self.params.get(wanted.name, "")
        return next(((c, label) for c, label in self.choices(wanted) if c == code), None) if code else None

    @property
    def codes(self) -> dict[str, str]:
        """The filters that hold and an earlier day, as the address carries them."""
        return {name: found[0] for name, found in self.chosen.items() if found} | asof.codes_of(self.day)

    @property
    def query(self) -> str:
        """The codes behind a question mark, for the addresses of the same rows elsewhere."""
        return f"?{urlencode(self.codes)}" if self.codes else ""

    def said(self) -> list[str]:
        """The filters and an earlier day in words."""
        then = [f"Keadaan per: {dates.long(self.day)}"] if asof.codes_of(self.day) else []
        return then + [f"{f.label}: {c[1]}" for f in self.filters if (c := self.chosen[f.name])]

    def url(self, **changes: object) -> str:
        """This list's address with some parameters changed; None takes one away. Pages start anew."""
        params = self.params.copy()
        for name in ("page", "after"):
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        return f"{self.request.path}?{params.urlencode()}" if params else self.request.path

    def page(self, number: int | None = None) -> Page:
        """One page; `number` is that of all rows, at most one more than is counted exactly, where it is known already."""
        found, first = self._window()
        rows = found[:PAGE_SIZE]
        number = self._count() if number is None else number
        return Page(
            rows=rows,
            pager=self._pager(rows, first, number, more=len(found) > PAGE_SIZE),
            chips=self.chips(),
            clear_url=self.request.path,
            filter_form=self.form(),
        )

    def chips(self) -> list[Chip]:
        """What holds, in words, each with the address without it."""
        held = [*asof.codes_of(self.day), *(f.name for f in self.filters if self.chosen[f.name])]
        return [Chip(words, self.url(**{name: None})) for name, words in zip(held, self.said(), strict=True)]

    def _window(self) -> tuple[list[Any], int | None]:
        """One row more than a page, and the number of the first one where it is known."""
        if (after := _whole(self.params.get("after", ""))) is not None:
            return list(self._beyond(self.rows.order_by(*self.keys), after)[: PAGE_SIZE + 1]), None
        wanted = _whole(self.params.get("page", "")) or 1
        start = (min(max(wanted, 1), LAST_NUMBERED_ROW // PAGE_SIZE) - 1) * PAGE_SIZE
        if self._asked is None:
            return list(_slice(self.rows, self.keys, start)), start + 1
        return _page(self.request.user, self._asked, self.keys, str(start)), start + 1

    def _count(self) -> int:
        """How many rows there are, or that there are more than are counted exactly."""
        if self._asked is None:
            return _counted(self.rows).count()
        return _number(self.request.user, self._asked)["rows"]

    def _beyond(self, ordered: QuerySet, last_id: int) -> QuerySet:
        """Rows after the one with that id: `a >= x and (a > x or id > y)`, a shape the index serves at any depth."""
        values = self.all.filter(pk=last_id).values_list(*self.keys).first()
        if values is None:
            return ordered.none()
        *lead, tail = self.keys
        if not lead:
            return ordered.filter(**{f"{tail}__gt": values[-1]})
        return ordered.filter(Q(**{f"{lead[0]}__gte": values[0]})).filter(
            Q(**{f"{lead[0]}__gt": values[0]}) | Q(**{f"{tail}__gt": values[-1]})
        )

    def _pager(self, rows: list[Any], first: int | None, found: int, *, more: bool) -> Pager:
        total = found if found <= COUNTED_EXACTLY else None
        following = self.url(after=rows[-1].pk) if more else None
        number = (first - 1) // PAGE_SIZE + 1 if first else None
        if more and first and first + PAGE_SIZE <= LAST_NUMBERED_ROW:
            following = self.url(page=number + 1)
        previous = self.url(page=number - 1) if number and number > 1 else (self.url() if first is None else None)
        numbered = first is not None and rows
        return Pager(
            first=first if numbered else None,
            last=first + len(rows) - 1 if numbered else None,
            total=total,
            total_text="lebih dari 1.000" if total is None else f"{total:,}".replace(",", "."),
            previous_url=previous,
            next_url=following,
        )

    def form(self) -> forms.Form:
        """A select for each filter of the form that has a choice; the others ride along hidden, so that applying keeps them."""
        form = forms.Form(self.params)
        for name in asof.codes_of(self.day):
            form.fields[name] = forms.CharField(widget=forms.HiddenInput, required=False)
        for wanted in self.filters:
            if wanted.in_form and (offered := self.choices(wanted)):
                choices = [("", f"Semua {wanted.label.lower()}"), *offered]
                form.fields[wanted.name] = forms.ChoiceField(
                    label=wanted.label, choices=choices, required=False, widget=PlainSelect
                )
            elif self.chosen[wanted.name]:
                form.fields[wanted.name] = forms.CharField(widget=forms.HiddenInput, required=False)
        return form


def _narrowed(rows: QuerySet, held: Held, day: Any) -> QuerySet:
    for wanted, code in held:
        rows = wanted.narrow(rows, code, day)
    return rows


def _slice(rows: QuerySet, keys: tuple[str, ...], start: int) -> QuerySet:
    return rows.order_by(*keys)[start : start + PAGE_SIZE + 1]


def _counted(rows: QuerySet) -> QuerySet:
    return rows.order_by()[: COUNTED_EXACTLY + 1]


@prepared
def _page(user, asked, keys, start):
    question, held, day = asked
    return _slice(_narrowed(question(user, day), held, day), keys, int(start))


@counted
def _number(user, asked):
    question, held, day = asked
    return {"rows": _counted(_narrowed(question(user, day), held, day))}


def _whole(text: str) -> int | None:
    """The number, if a parameter is one and could be a key."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
