"""Who reaches which rows: one declaration on the model becomes PostgreSQL policies and grants, and `visible_to`."""

from collections.abc import Iterable, Iterator
from typing import Any

import pgtrigger
from django.db import models
from django.db.backends.ddl_references import Statement, Table
from django.db.models.sql import Query

from ppks.kit.roles import database_role

ALL = "*"
REACH = (
    "(select current_setting('ppks.reach'))::bigint[]"  # read once a query; the cast must stand outside the subselect
)


class Today(models.Func):
    """The present day in East Java by the database's clock, for conditions in policies."""

    template = "(now() at time zone 'Asia/Jakarta')::date"
    output_field = models.DateField()


class CurrentUser(models.Func):
    """The id of who is behind the door, for rows that are for one person's eyes only; none outside a door."""

    template = "(select nullif(current_setting('ppks.user', true), ''))::bigint"
    output_field = models.BigIntegerField()


class InReach(models.Func):
    """Whether a column holds one of the ids that `ppks.reach` lists, for conditions in policies that a path cannot say."""

    template = f"%(expressions)s = any ({REACH})"
    output_field = models.BooleanField()


class InSight(models.Func):
    """Whether the row of `table` that a column names can be reached: its own policies answer, for every role."""

    template = "exists (select from %(table)s seen where seen.id = %(expressions)s)"
    output_field = models.BooleanField()

    def __init__(self, column: str, *, table: str):
        super().__init__(column, table=table)


class Rows(models.constraints.BaseConstraint):
    """`see` says per role which rows: ALL, or the path to the column that `ppks.reach` lists.

    One step (`"region"`) compares the table's own column; more steps (`"person__region"`, or backwards
    `"stays__institution"`) follow the first relation and leave the rest to the policies of that table for the same role.
    `may` says per role which commands; a role not named gets nothing. `hide` names fields that a role may not read at
    all: the grant leaves their columns out and `visible_to` defers them. `only` narrows a role's rows by a condition on
    the table's own columns. Two tables whose policies for one role ask each other are refused by PostgreSQL.
    """

    def __init__(
        self,
        *,
        name: str,
        see: dict[str, str],
        may: dict[str, str],
        hide: dict[str, list[str]] | None = None,
        only: dict[str, models.Q] | None = None,
    ):
        super().__init__(name=name)
        self.see, self.may, self.hide, self.only = see, may, hide or {}, only or {}

    def _reached(self, model: type[models.Model], path: str) -> str:
        if path == ALL:
            return "true"
        first, _, rest = path.partition("__")
        field, table = model._meta.get_field(first), model._meta.db_table
        if not rest:
            return f'"{table}"."{field.column}" = any ({REACH})'
        other = field.related_model._meta
        if field.one_to_many:
            here, there = model._meta.pk.column, field.field.column
        else:
            here, there = field.column, other.pk.column
        return f'exists (select from "{other.db_table}" other where other."{there}" = "{table}"."{here}")'

    def _where(self, model: type[models.Model], role: str, schema_editor) -> str:
        reached = self._reached(model, self.see[role])
        if role not in self.only:
            return reached
        query = Query(model, alias_cols=False)
        where = query.build_where(self.only[role])
        compiler = query.get_compiler(connection=schema_editor.connection)
        sql, params = where.as_sql(compiler, schema_editor.connection)
        return f"{reached} and ({sql % tuple(schema_editor.quote_value(p) for p in params)})"

    def _commands(self, model: type[models.Model], role: str) -> str:
        """The commands granted to `role`; a plain select becomes one of the columns that are not hidden."""
        commands = self.may[role]
        if role not in self.hide:
            return commands
        open_columns = [f'"{f.column}"' for f in model._meta.concrete_fields if f.name not in self.hide[role]]
        return commands.replace("select", f"select ({', '.join(open_columns)})", 1)

    def grants(self, model: type[models.Model], roles: Iterable[str]) -> Iterator[str]:
        """The statements that let these roles at the table's columns as they are now; safe to repeat."""
        for role in sorted(roles):
            yield f'grant {self._commands(model, role)} on "{model._meta.db_table}" to "{database_role(role)}"'

    def _statements(self, model: type[models.Model], schema_editor):
        table = model._meta.db_table
        yield f'alter table "{table}" enable row level security'
        yield from self.grants(model, self.may)
        for role in sorted(self.see):
            where = self._where(model, role, schema_editor)
            yield f'create policy "{role}" on "{table}" to "{database_role(role)}" using ({where})'

    def create_sql(self, model, schema_editor):
        sql = ";\n".join(self._statements(model, schema_editor)).replace("%", "%%")
        return Statement(sql, table=Table(model._meta.db_table, schema_editor.quote_name))

    def constraint_sql(self, model, schema_editor):
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))  # after CREATE TABLE

    def remove_sql(self, model, schema_editor):
        table = model._meta.db_table
        drops = [f'drop policy "{role}" on "{table}"' for role in sorted(self.see)]
        drops += [f'revoke all on "{table}" from "{database_role(role)}"' for role in sorted(self.may)]
        return ";\n".join([*drops, f'alter table "{table}" disable row level security'])

    def validate(self, *args, **kwargs):
        """PostgreSQL is the judge."""

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        kwargs |= {"see": self.see, "may": self.may}
        if self.hide:
            kwargs["hide"] = self.hide
        if self.only:
            kwargs["only"] = self.only
        return path, args, kwargs

    def __eq__(self, other):
        return isinstance(other, Rows) and self.deconstruct() == other.deconstruct()

    __hash__ = None


def rows_of(model: type[models.Model]) -> Rows | None:
    """The model's declaration, or None."""
    return next((c for c in model._meta.constraints if isinstance(c, Rows)), None)


def copied(column: str, *, from_table: str, by: str, follows: bool = False) -> pgtrigger.Trigger:
    """A trigger that copies `column` from the parent row, for tables summed so often that they need their own.

    It runs before the policy's check, so a row can only be added under a parent that is in reach. A fact keeps the
    region of its time; with `follows` the copy is renewed whenever the row's own column is touched.
    """
    renewed = pgtrigger.Insert | pgtrigger.UpdateOf(by, column) if follows else pgtrigger.Insert
    return pgtrigger.Trigger(
        name=f"copies_{column}",
        when=pgtrigger.Before,
        operation=renewed,
        func=f"new.{column} = (select {column} from {from_table} where id = new.{by}); return new;",
    )


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows who asks."""

    def visible_to(self, user: Any) -> "ScopedQuerySet":
        """The rows that this user's policies let through; none for a role the model does not name.

        A role that may not read the columns of the model's own order gets the order of the keys instead.
        """
        rows, role = rows_of(self.model), user.role_entry.enters
        path, hidden = rows.see.get(role), rows.hide.get(role, ())
        if path is None:
            return self.none()
        reached = self.defer(*hidden)
        if not self.query.order_by and not set(hidden).isdisjoint(self.model._meta.ordering):
            reached = reached.order_by("pk")
        if role in rows.only:
            reached = reached.filter(rows.only[role])
        if path == ALL:
            return reached
        if "__" not in path:
            return reached.filter(**{f"{path}__in": user.reach})
        first, _, rest = path.partition("__")
        field = self.model._meta.get_field(first)
        others = field.related_model._base_manager.filter(**{f"{rest}__in": user.reach})
        if field.one_to_many:
            return reached.filter(pk__in=others.values(field.field.name))
        return reached.filter(**{f"{first}__in": others})
