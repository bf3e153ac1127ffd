"""The two triggers that were left to run as whoever writes now run as the owner, as every other does, with a fixed search path."""

from django.db import migrations

AS_OWNER = """
alter function grants_entry_stays() security definer set search_path = public, pg_temp;
alter function grants_is_by_oneself() security definer set search_path = public, pg_temp;
"""
AS_CALLER = """
alter function grants_is_by_oneself() security invoker reset search_path;
alter function grants_entry_stays() security invoker reset search_path;
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0009_receipts")]
    operations = [migrations.RunSQL(AS_OWNER, AS_CALLER)]
