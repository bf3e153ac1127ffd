"""Search by name: the one query that may use the trigram index, which row-level security keeps every other from using.

It looks at the door's own settings for role and reach and answers with ids only.
"""

from django.conf import settings
from django.db import migrations

SQL = """
create function search_people(words text[], most integer) returns setof bigint
language plpgsql stable security definer set search_path = public, pg_temp as $body$
declare
  role text := current_setting('role');
  reach bigint[] := current_setting('ppks.reach')::bigint[];
  condition text := 'true';
  word text;
begin
  if role = '{prefix}_region' then
    condition := format('person.region_id = any(%L::bigint[])', reach);
  elsif role = '{prefix}_upt' then
    condition := format('exists (select from clients_stay stay where stay.person_id = person.id
        and stay.institution_id = any(%L::bigint[])
        and (stay.in_sight_until is null or stay.in_sight_until >= (now() at time zone ''Asia/Jakarta'')::date))', reach);
  elsif role <> '{prefix}_province' then
    raise 'search_people is not for the role %', role using errcode = 'insufficient_privilege';
  end if;
  foreach word in array words loop
    condition := condition || format(' and person.name_key like %L', '%' || word || '%');
  end loop;
  return query execute format(
    'select id from clients_person person where %s order by name_key, id limit %L', condition, most);
end $body$;
revoke all on function search_people(text[], integer) from public;
grant execute on function search_people(text[], integer) to {prefix}_province, {prefix}_region, {prefix}_upt;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0002_initial")]
    operations = [
        migrations.RunSQL(
            SQL.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), "drop function search_people(text[], integer)"
        )
    ]
