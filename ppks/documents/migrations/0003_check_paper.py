"""What the public may know of a paper by its code: which it is, whose, and whether it holds. Nothing personal, nothing more."""

from django.conf import settings
from django.db import migrations

SQL = """
create function check_paper(asked text)
returns table (kind text, number text, day date, office text, revoked_on date)
language sql stable security definer set search_path = public, pg_temp as $body$
  select paper.kind, paper.number, paper.day, paper.office, (revocation.revoked_at at time zone 'Asia/Jakarta')::date
  from documents_paper paper left join documents_revocation revocation on revocation.paper_id = paper.id
  where paper.code = asked
$body$;
revoke all on function check_paper(text) from public;
grant execute on function check_paper(text) to {prefix}_public;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_papers")]
    operations = [
        migrations.RunSQL(SQL.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), "drop function check_paper(text)")
    ]
