"""Registers the kit's system checks; after every `migrate`, columns that came later join the grants that go by column."""

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


def grant_new_columns(sender, using, apps=apps, **kwargs) -> None:
    """A role from whom some columns are hidden was granted the others one by one; safe to run again.

    `apps` are the models as they stand in the database after this `migrate`, which may have gone back.
    """
    from ppks.kit.rows import rows_of

    connection = connections[using]
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in apps.get_models():
            rows = rows_of(model)
            if rows and rows.hide and model._meta.db_table in present:
                for statement in rows.grants(model, rows.hide):
                    cursor.execute(statement)


class KitConfig(AppConfig):
    name = "ppks.kit"
    label = "kit"

    def ready(self):
        from ppks.kit import checks  # noqa: F401

        post_migrate.connect(grant_new_columns, sender=self)
