"""The one way to send a notice: who may read it is found by the owner, since a sender reaches neither users nor postings.

It answers with a number only. Who calls it is a role with a door; a page without log-in never does.
"""

from django.conf import settings
from django.db import migrations

SQL = """
create function inbox_notify(about text, readers bigint[], of_role text, posted_to text, place bigint,
                             said text, page text, arguments text[]) returns integer
language sql security definer set search_path = public, pg_temp as $body$
  with sent as (
    insert into inbox_notice (user_id, key, text, url_name, url_args, made_at)
    select reader.id, about, said, page, arguments, now() from accounts_user reader
    where reader.is_active and (reader.id = any(readers) or (of_role <> '' and reader.role = of_role and (
      place is null or exists (
        select from accounts_posting posting where posting.user_id = reader.id and place = case posted_to
          when 'region' then posting.region_id
          when 'institution' then posting.institution_id
          when 'office' then posting.office_id end))))
    on conflict (user_id, key) do nothing
    returning id)
  select count(*)::integer from sent
$body$;
revoke all on function inbox_notify(text, bigint[], text, text, bigint, text, text, text[]) from public;
grant execute on function inbox_notify(text, bigint[], text, text, bigint, text, text, text[])
  to {prefix}_province, {prefix}_region, {prefix}_upt, {prefix}_partner, {prefix}_clock;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_notices"), ("accounts", "0006_partners_are_posted_to_an_office")]
    operations = [
        migrations.RunSQL(
            SQL.replace("{prefix}", settings.DATABASE_ROLE_PREFIX),
            "drop function inbox_notify(text, bigint[], text, text, bigint, text, text, text[])",
        )
    ]
