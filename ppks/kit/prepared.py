"""Questions that pages ask all day: Django puts each into SQL once a process, and after that only its keys change.

A question is a function `(reader, *values)`. Whole numbers among the values are keys, also in a tuple; every other value is
part of the question, as are the reader's role and how many places he answers for. PostgreSQL hears the whole statement each
time: nothing is kept in its session, and no row in this process.
"""

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from ppks.kit import dates

T = TypeVar("T")
MARKS = range(-2_000_000_000, -1_999_000_000)  # stand for keys: any column of keys takes them, and no row has them
MOST = 2_000  # wordings; more are forgotten, and worded anew when they are asked again
MANY = 200  # keys: more are those of a list on its way out, whose length hardly comes again

_kept: dict[tuple, Any] = {}


@dataclass(frozen=True, slots=True)
class Reader:
    """All that a question may know of who asks; the places are marks."""

    role_entry: Any
    reach: tuple[int, ...]


NOBODY = Reader(None, ())  # asks before it is known who is there


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its parameters, and where among them which mark stands."""

    sql: str
    params: list[Any]
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, sql: str, params: Iterable[Any]) -> "Statement":
        params = list(params)
        return cls(sql, params, [(at, said) for at, said in enumerate(params) if type(said) is int and said in MARKS])

    def asked(self, keys: list[int]) -> list[tuple]:
        """What PostgreSQL answers with the keys where their marks stand."""
        params = self.params.copy()
        for at, mark in self.places:
            params[at] = keys[mark - MARKS.start]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return cursor.fetchall()


@dataclass(frozen=True, slots=True)
class Rows:
    """A queryset whose SQL is known."""

    queryset: QuerySet
    compiler: Any
    statement: Statement

    @classmethod
    def of(cls, queryset: QuerySet) -> "Rows | None":
        """None where Django knows without asking that there is no row."""
        compiler = queryset.query.get_compiler(connection=connection)
        try:
            return cls(queryset, compiler, Statement.of(*compiler.as_sql()))
        except EmptyResultSet:
            return None

    def asked(self, keys: list[int]) -> list[Any]:
        found = self.statement.asked(keys)
        if not found:
            return []
        rows, compiler = self.queryset.all(), copy(self.compiler)
        compiler.execute_sql = lambda *args, **kwargs: [found]
        rows.query.get_compiler = lambda *args, **kwargs: compiler
        return list(rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows several querysets have, in one statement."""

    names: list[str]
    empty: list[str]  # Django knows without asking that they have none
    statement: Statement

    @classmethod
    def of(cls, asked: dict[str, QuerySet]) -> "Counts":
        worded = {name: Rows.of(_bare(rows)) for name, rows in asked.items()}
        told = {name: rows.statement for name, rows in worded.items() if rows}
        sql = ", ".join(f"(select count(*) from ({each.sql}) counted)" for each in told.values())
        params = [param for each in told.values() for param in each.params]
        return cls([*told], [name for name in worded if name not in told], Statement.of(f"select {sql}", params))

    def asked(self, keys: list[int]) -> dict[str, int]:
        none = dict.fromkeys(self.empty, 0)
        return none if not self.names else none | dict(zip(self.names, *self.statement.asked(keys), strict=True))


def _bare(rows: QuerySet) -> QuerySet:
    """Without an order, unless it decides which rows are counted."""
    return (rows if rows.query.is_sliced else rows.order_by()).values("pk")


def prepared(ask: Callable[..., QuerySet]) -> Callable[..., list[Any]]:
    """Decorator for a question that is a queryset; answers with its rows."""

    @wraps(ask)
    def answer(user: Any, *values: Any) -> list[Any]:
        rows, keys = _worded(Rows.of, ask, user, values)
        return rows.asked(keys) if rows else []

    return answer


def counted(ask: Callable[..., dict[str, QuerySet]]) -> Callable[..., dict[str, int]]:
    """Decorator for a question that names several querysets; answers with how many rows each has."""

    @wraps(ask)
    def answer(user: Any, *values: Any) -> dict[str, int]:
        counts, keys = _worded(Counts.of, ask, user, values)
        return counts.asked(keys)

    return answer


def totalled(ask: Callable[..., tuple[QuerySet, dict[str, Any]]]) -> Callable[..., dict[str, Any]]:
    """Decorator for a question that is a queryset and named aggregates; answers with one value each, over all its rows."""

    @prepared
    @wraps(ask)
    def one_row(*question: Any) -> QuerySet:
        rows, totals = ask(*question)
        return rows.order_by().annotate(everything=Value(1)).values("everything").annotate(**totals).values(*totals)

    @wraps(ask)
    def answer(user: Any, *values: Any) -> dict[str, Any]:
        return next(iter(one_row(user, *values)), {})

    return answer


def _worded(of: Callable[[Any], T], ask: Callable, user: Any, values: tuple) -> tuple[T, list[int]]:
    """The wording of a question and the keys to ask it with."""
    keys: list[int] = list(user.reach)
    marked = tuple(_marked(value, keys) for value in values)
    key = (ask, user.role_entry, len(user.reach), dates.today(), marked)
    if key not in _kept:
        places = len(user.reach)
        wording = of(ask(Reader(user.role_entry, tuple(MARKS[:places])), *marked))
        _refuse_lost_keys(ask, wording, set(MARKS[places : len(keys)]))
        if len(keys) > MANY:
            return wording, keys
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = wording
    return _kept[key], keys


def _refuse_lost_keys(ask: Callable, wording: Any, marks: set[int]) -> None:
    """A key that is not in the SQL would be asked for in vain: the answer would be the same for every key."""
    if wording and not marks <= {mark for _, mark in wording.statement.places}:
        raise LookupError(f"{ask.__qualname__}: a key is not among the parameters.")


def _marked(value: Any, keys: list[int]) -> Any:
    """The value with marks for the keys in it, which are added to `keys`."""
    if isinstance(value, tuple):
        return tuple(_marked(one, keys) for one in value)
    if type(value) is not int:
        return value
    keys.append(value)
    return MARKS[len(keys) - 1]
