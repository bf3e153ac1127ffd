"""Keys for rows that a list is about to make, so that rows which hang on them can be prepared before they are stored."""

from django.conf import settings
from django.db import migrations

KEYS = """
create function keys_for_list(in_table text, many integer) returns setof bigint
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if not in_table = any (tables_of_lists()) then
    raise 'Daftar tidak membuat baris di tabel itu.' using errcode = 'insufficient_privilege';
  end if;
  return query select nextval(pg_get_serial_sequence(in_table, 'id')) from generate_series(1, many);
end $body$;
revoke all on function keys_for_list(text, integer) from public;
grant execute on function keys_for_list(text, integer) to {prefix}_province, {prefix}_region;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_clock_forgets_uploads")]
    operations = [
        migrations.RunSQL(
            KEYS.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), "drop function keys_for_list(text, integer);"
        )
    ]
