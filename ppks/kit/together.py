"""A migration operation that changes many models at once; after each single change Django draws all related models anew."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Applies operations on models with one drawing of the state after the last of them.

    A model made among them is made in its final form: what is later added to it needs no statement of its own.
    Models that are older may be altered once per field. Neither SQL nor Python that runs in between belongs here.
    """

    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]):
        self.operations = list(operations)
        self._made = {operation.name_lower for operation in self.operations if isinstance(operation, CreateModel)}

    @property
    def reversible(self) -> bool:
        return all(operation.reversible for operation in self.operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "Together", [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in filter(self._stands_alone, self.operations):
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for operation in filter(self._stands_alone, reversed(self.operations)):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self.operations)

    def _stands_alone(self, operation: Operation) -> bool:
        return isinstance(operation, CreateModel) or operation.model_name_lower not in self._made
