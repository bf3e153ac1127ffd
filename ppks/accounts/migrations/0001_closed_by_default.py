"""A function that runs as its owner must not be everybody's: nobody may call what the owner makes unless it is said."""

from django.db import migrations

FUNCTIONS = "alter default privileges {verb} execute on functions {preposition} public"
TEMPORARY = "do $$ begin execute format('{verb} temporary on database %I {preposition} public', current_database()); end $$"


class Migration(migrations.Migration):
    initial = True
    run_before = [("pghistory", "0001_initial")]
    dependencies = []
    operations = [
        migrations.RunSQL(
            FUNCTIONS.format(verb="revoke", preposition="from"),
            FUNCTIONS.format(verb="grant", preposition="to"),
        ),
        migrations.RunSQL(
            TEMPORARY.format(verb="revoke", preposition="from"),
            TEMPORARY.format(verb="grant", preposition="to"),
        ),
    ]
