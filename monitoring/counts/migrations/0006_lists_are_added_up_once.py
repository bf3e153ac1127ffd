"""A list is added up once, when all of it is written, and taken back as a whole, not row by row; who moved is found by a hash.

Its statements touch the same days of the same kab/kota again and again, so adding up each of them cost more than writing it.
"""

from importlib import import_module

from django.conf import settings
from django.db import migrations

SUMS = import_module("monitoring.counts.migrations.0003_counts_are_sums").SUMS
BUSINESSES = import_module("monitoring.counts.migrations.0004_businesses_are_counted").TRIGGERS
PEOPLE = import_module("monitoring.counts.migrations.0005_people_are_counted").TRIGGERS
UNLESS_TAKEN_BACK = "begin\n  if current_setting('ppks.taken_back', true) = tg_table_name then return old; end if;\n"
PARTS = {
    "create function counts_settle(": (
        SUMS,
        "  if new_rows > 1000 or",
        "  if current_setting('ppks.source', true) <> '' then return; end if;\n  if new_rows > 1000 or",
    ),
    "create function counts_changed_businesses()": (
        BUSINESSES,
        """if not exists (select from added join removed using (id)
                 where (added.region_id, added.person_id) <> (removed.region_id, removed.person_id)) then""",
        """if not (select coalesce(bool_or((added.region_id, added.person_id) <> (removed.region_id, removed.person_id)), false)
          from added join removed using (id)) then""",
    ),
    "create function counts_unassessed()": (BUSINESSES, "begin\n", UNLESS_TAKEN_BACK),
    "create function counts_unstepped()": (PEOPLE, "begin\n", UNLESS_TAKEN_BACK),
}
END = "end $f$;\n"
AFTER_A_LIST = """
-- Takes off what these rows gave, before they are deleted together.
create function counts_take_back(in_table text, ids bigint[]) returns void language plpgsql as $f$
declare these counts_business[];
begin
  if in_table = 'monitoring_assessment' then
    these := counts_these(array(select distinct business_id from monitoring_assessment where id = any (ids)));
    perform counts_change_businesses(these, '{}', these, ids, array['state', 'found', 'after', 'fit']);
  elsif in_table = 'clients_personstep' then
    perform counts_change_people(array(select distinct person_id from clients_personstep where id = any (ids)), '{}', ids);
  end if;
  perform set_config('ppks.taken_back', in_table, true);
end $f$;
revoke all on function counts_take_back(text, bigint[]) from public;

create function counts_after_a_list() returns void
language sql security definer set search_path = public, pg_temp as $f$ select counts_compact() $f$;
revoke all on function counts_after_a_list() from public;
grant execute on function counts_after_a_list() to {prefix}_province, {prefix}_region;
""".replace("{prefix}", settings.DATABASE_ROLE_PREFIX)


def functions(*, as_they_were: bool) -> str:
    """These functions as they were made, or with what is new in them. Fails when a part is not found."""
    found = []
    for beginning, (sql, old, new) in PARTS.items():
        start = sql.index(beginning)
        function = sql[start : sql.index(END, start) + len(END)].replace("create function", "create or replace function")
        if function.count(old) != 1:
            raise ValueError(old)
        found.append(function if as_they_were else function.replace(old, new))
    return "".join(found)


class Migration(migrations.Migration):
    dependencies = [("counts", "0005_people_are_counted")]
    operations = [
        migrations.RunSQL(
            functions(as_they_were=False) + AFTER_A_LIST,
            functions(as_they_were=True) + "drop function counts_after_a_list(), counts_take_back(text, bigint[]);",
        )
    ]
