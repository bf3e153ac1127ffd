"""Operations applied together leave the tables that they leave one by one, and the state is drawn once."""

import pgtrigger
import pytest
from django.apps.registry import Apps
from django.db import connection, models, transaction
from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from ppks.kit.together import Together
from tests.office import sql

pytestmark = pytest.mark.django_db(transaction=True)

CATALOGUE = """
select table_name || '.' || column_name, data_type || ' ' || is_nullable from information_schema.columns
  where table_name like 'scratch\\_%%'
union all select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid::regclass::text like 'scratch\\_%%'
union all select indexname, indexdef from pg_indexes where tablename like 'scratch\\_%%'
union all select tgname, pg_get_triggerdef(oid) from pg_trigger
  where tgrelid::regclass::text like 'scratch\\_%%' and not tgisinternal
order by 1, 2
"""


def operations() -> list:
    """A shelf and its books, each with what generated migrations add after the model."""
    key = ("id", models.BigAutoField(primary_key=True))
    refuses = pgtrigger.Protect(name="is_kept", operation=pgtrigger.Delete)
    meta = type("Meta", (), {"app_label": "scratch", "apps": Apps()})
    book = type("Book", (models.Model,), {"__module__": __name__, "Meta": meta})
    return [
        CreateModel("Book", [key, ("title", models.TextField())]),
        CreateModel("Shelf", [key, ("name", models.TextField())]),
        AddField("Book", "shelf", models.ForeignKey("scratch.Shelf", models.PROTECT)),
        AddIndex("Book", models.Index(fields=["title"], name="scratch_book_by_title")),
        AddConstraint("Book", models.CheckConstraint(condition=~models.Q(title=""), name="scratch_book_has_title")),
        AddConstraint("Shelf", models.UniqueConstraint(fields=["name"], name="scratch_shelf_once")),
        AddTrigger("book", refuses.compile(book)),
    ]


def migrated(steps: list, state: ProjectState) -> None:
    """Applies the operations to the state and to the database, as a migration does."""
    with connection.schema_editor(atomic=True) as editor:
        for step in steps:
            before = state.clone()
            step.state_forwards("scratch", state)
            step.database_forwards("scratch", editor, before, state)


def catalogue_after(steps: list) -> list[tuple]:
    """What PostgreSQL then knows of the tables; everything is taken back."""
    with transaction.atomic():
        migrated(steps, ProjectState())
        found = sql(CATALOGUE)
        transaction.set_rollback(True)
    return found


def test_the_tables_are_those_made_one_by_one():
    one_by_one = catalogue_after(operations())

    together = catalogue_after([Together(operations())])

    assert together == one_by_one
    assert {"scratch_book_has_title", "scratch_shelf_once", "scratch_book_by_title"} <= {name for name, _ in together}
    assert any(name.startswith("pgtrigger_is_kept") for name, _ in together)


def test_an_older_model_is_altered():
    older = [CreateModel("Shelf", [("id", models.BigAutoField(primary_key=True))])]
    later = [
        AddField("Shelf", "name", models.TextField(default="")),
        AddIndex("Shelf", models.Index(fields=["name"], name="scratch_shelf_by_name")),
    ]

    assert catalogue_after([*older, Together(later)]) == catalogue_after([*older, *later])


def test_the_state_is_drawn_once(monkeypatch):
    drawn = []
    reload_model = ProjectState.reload_model
    monkeypatch.setattr(
        ProjectState,
        "reload_model",
        lambda self, *args, **more: drawn.append("apps" in vars(self)) or reload_model(self, *args, **more),
    )
    state = ProjectState()
    assert state.apps is not None

    Together(operations()).state_forwards("scratch", state)

    assert drawn
    assert not any(drawn)


def test_taken_back_nothing_is_left():
    with transaction.atomic():
        before, state, step = ProjectState(), ProjectState(), Together(operations())
        migrated([step], state)
        with connection.schema_editor(atomic=True) as editor:
            step.database_backwards("scratch", editor, state, before)
        assert sql(CATALOGUE) == []
        transaction.set_rollback(True)
