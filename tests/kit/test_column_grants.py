"""The columns that a role may read are those that its model does not hide, also the ones that were added later."""

import pytest
from django.apps import apps

from ppks.kit.roles import database_role
from ppks.kit.rows import rows_of
from tests.office import column

pytestmark = pytest.mark.django_db

READABLE = "select has_column_privilege(%s, %s, %s, 'select')"


def test_a_role_reads_every_column_that_is_not_hidden_and_no_other():
    wrong = [
        (role, model._meta.db_table, field.column)
        for model in apps.get_models()
        if (rows := rows_of(model))
        for role, hidden in rows.hide.items()
        for field in model._meta.concrete_fields
        if column(READABLE, database_role(role), model._meta.db_table, field.column) == [field.name in hidden]
    ]

    assert wrong == []
