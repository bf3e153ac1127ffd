"""Imports can be undone: triggers keep what one changed, and functions of the owner say what stands on it and take it back.

`undo_import` is the only function that deletes facts. Beside it: which NIKs are registered out of reach, and statistics
for tables that an import fills for the first time.
"""

from django.conf import settings
from django.db import migrations

TRACES = """
create function trace_what_a_list_changes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into intake_trace (source_id, table_name, "row", before, after)
    select current_setting('ppks.source')::bigint, tg_table_name, new.id,
      jsonb_object_agg(b.key, b.value), jsonb_object_agg(b.key, a.value)
    from jsonb_each(to_jsonb(old)) b join jsonb_each(to_jsonb(new)) a on a.key = b.key
    where a.value is distinct from b.value having count(*) > 0;
  return null;
end $body$;
-- a row that bears the list's own mark was made by it, and goes as a whole
create trigger traces_a_list after update on clients_person for each row
  when (current_setting('ppks.source', true) <> '' and old.source_id::text is distinct from current_setting('ppks.source', true))
  execute function trace_what_a_list_changes();
create trigger traces_a_list after update on monitoring_business for each row
  when (current_setting('ppks.source', true) <> '' and old.source_id::text is distinct from current_setting('ppks.source', true))
  execute function trace_what_a_list_changes();

create function trace_what_a_list_makes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if current_setting('ppks.source', true) <> '' then
    insert into intake_trace (source_id, table_name, "row")
      select current_setting('ppks.source')::bigint, tg_table_name, made.id from made;
  end if;
  return null;
end $body$;
create trigger traces_a_list after insert on clients_personstep
  referencing new table as made for each statement execute function trace_what_a_list_makes();
create trigger traces_a_list after insert on monitoring_assessment
  referencing new table as made for each statement execute function trace_what_a_list_makes();
create trigger traces_a_list after insert on monitoring_duevisit
  referencing new table as made for each statement execute function trace_what_a_list_makes();
"""
NO_TRACES = """
drop trigger traces_a_list on monitoring_duevisit;
drop trigger traces_a_list on monitoring_assessment;
drop trigger traces_a_list on clients_personstep;
drop trigger traces_a_list on monitoring_business;
drop trigger traces_a_list on clients_person;
drop function trace_what_a_list_makes();
drop function trace_what_a_list_changes();
"""

UNDO = """
create function tables_of_lists() returns text[] language sql immutable as $body$
  select array['monitoring_duevisit', 'monitoring_assessment', 'monitoring_listedfigure', 'monitoring_business',
    'grants_otheraid', 'grants_pastgrant', 'clients_decile', 'clients_disability', 'clients_category', 'clients_stay',
    'clients_personstep', 'clients_person']  -- in this order they can be deleted
$body$;

create function made_by_list(list bigint, in_table text) returns bigint[]
language plpgsql stable as $body$
declare
  found bigint[];
begin
  if in_table in ('monitoring_duevisit', 'monitoring_assessment', 'clients_personstep') then
    select array_agg("row") into found from intake_trace
      where source_id = list and table_name = in_table and before is null;
  elsif in_table in ('monitoring_business', 'clients_person') then
    execute format('select array_agg(id) from %I made where source_id = $1 and not exists (select from intake_trace trace
      where trace.source_id = $1 and trace.table_name = %L and trace.row = made.id)', in_table, in_table)
      into found using list;
  else
    execute format('select array_agg(id) from %I where source_id = $1', in_table) into found using list;
  end if;
  return coalesce(found, '{}');
end $body$;

create function may_undo(list bigint) returns boolean
language plpgsql stable as $body$
declare
  role text := current_setting('role');
begin
  return role = '{prefix}_province' and exists (select from intake_import where source_id = list)
    or role = '{prefix}_region' and exists (
      select from intake_import where source_id = list and office_id = any (current_setting('ppks.reach')::bigint[]));
end $body$;

create function stands_on_import(list bigint, most integer)
returns table (table_name text, id bigint, person_id bigint)
language plpgsql stable security definer set search_path = public, pg_temp as $body$
#variable_conflict use_column
declare
  parent text;
  parents bigint[];
  children bigint[];
  link record;
  person text;
  made_people bigint[];  -- asked for once: in a condition the function would be called for every row
  made_businesses bigint[];
  made_assessments bigint[];
  made_dues bigint[];
begin
  if not may_undo(list) then
    raise 'Impor ini bukan milik kantor Anda.' using errcode = 'insufficient_privilege';
  end if;
  -- whatever points at a row that the list made, and was not made by it
  foreach parent in array tables_of_lists() loop
    parents := made_by_list(list, parent);
    continue when parents = '{}';
    for link in
      select child.relname as child, col.attname as col, exists (
          select from pg_attribute a where a.attrelid = child.oid and a.attname = 'person_id') as has_person, exists (
          select from pg_attribute a where a.attrelid = child.oid and a.attname = 'business_id') as has_business
      from pg_constraint con join pg_class child on child.oid = con.conrelid
      join pg_attribute col on col.attrelid = child.oid and col.attnum = con.conkey[1]
      where con.contype = 'f' and con.confrelid = parent::regclass and child.relname <> 'intake_trace'
    loop
      children := case when link.child = any (tables_of_lists()) then made_by_list(list, link.child) else '{}' end;
      person := case
        when link.has_person then 'child.person_id'
        when link.has_business then '(select b.person_id from monitoring_business b where b.id = child.business_id)'
        when link.child = 'clients_person' then 'child.id' else 'null::bigint' end;
      return query execute format(
        'select %L::text, child.%I::bigint, %s from %I child where child.%I in (select unnest($1))
           and child.%I::bigint not in (select unnest($2)) limit $3',
        link.child, primary_key_of(link.child), person, link.child, link.col, primary_key_of(link.child))
        using parents, children, most;
    end loop;
  end loop;
  made_people := made_by_list(list, 'clients_person');
  made_businesses := made_by_list(list, 'monitoring_business');
  made_assessments := made_by_list(list, 'monitoring_assessment');
  made_dues := made_by_list(list, 'monitoring_duevisit');
  -- people that somebody changed after the list made them: more versions than their steps account for
  return query select 'clients_person'::text, p.id, p.id from clients_person p
    where p.id in (select unnest(made_people)) and (
      select count(*) from clients_personevent e where e.pgh_obj_id = p.id and e.pgh_label = 'update') > p.version
    limit most;
  -- rows that were there before, whose changed columns have other values by now
  return query select t.table_name, t.row, case when t.table_name = 'clients_person' then t.row
      else (select b.person_id from monitoring_business b where b.id = t.row) end
    from (
      select trace.table_name, trace.row, jsonb_object_agg(told.key, told.value order by trace.id) as after
      from intake_trace trace cross join lateral jsonb_each(trace.after) told
      where trace.source_id = list and trace.before is not null group by 1, 2
    ) t where not coalesce(case when t.table_name = 'clients_person'
        then (select to_jsonb(p) @> t.after from clients_person p where p.id = t.row)
        else (select to_jsonb(b) @> t.after from monitoring_business b where b.id = t.row) end, false)
    limit most;
  -- what a later list changed in rows that this one made, or told of the same rows
  return query select 'intake_import'::text, i.id, null::bigint from intake_import i where i.source_id in (
      select t.source_id from intake_trace t where t.before is not null and t.source_id <> list
        and (t.before ->> 'source_id' = list::text or (t.source_id > list and t.table_name = 'clients_person'
             and t.row in (select unnest(made_people)))))
    limit most;
  -- figures of businesses that were there before: whatever assessed those later counted them in
  return query select 'monitoring_assessment'::text, a.id, b.person_id
    from monitoring_assessment a join monitoring_business b on b.id = a.business_id
    where a.business_id in (
        select f.business_id from monitoring_listedfigure f where f.source_id = list
          and f.business_id not in (select unnest(made_businesses)))
      and a.id not in (select unnest(made_assessments))
      and a.id > (select min("row") from intake_trace t
                  where t.source_id = list and t.table_name = 'monitoring_assessment')
    limit most;
  -- needs that were closed, first visits that were put off or closed
  return query select 'clients_category'::text, c.id, c.person_id from clients_category c
    where c.source_id = list and c.until_on is not null limit most;
  return query select 'monitoring_duevisit'::text, d.id, b.person_id
    from monitoring_duevisit d join monitoring_business b on b.id = d.business_id
    where d.id in (select unnest(made_dues))
      and (d.closed_on is not null or d.snoozed_until is not null) limit most;
end $body$;

create function primary_key_of(relation text) returns text language sql stable as $body$
  select a.attname from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = relation::regclass and i.indisprimary
$body$;

create function undo_import(list bigint, reason text) returns integer
language plpgsql security definer set search_path = public, pg_temp as $body$
#variable_conflict use_column
declare
  trace record;
  person_columns text;
  part text;
  gone bigint[];
  total integer := 0;
begin
  perform from audit_source where id = list for update;
  if exists (select from stands_on_import(list, 1)) then  -- refuses strangers, too
    raise 'Impor ini tidak dapat dibatalkan: ada pekerjaan sesudahnya.'
      using errcode = 'check_violation', constraint = 'import_has_later_work';
  end if;
  for trace in  -- rows that changed alike go back together; of a column that changed twice the first value counts
    select table_name, columns, jsonb_agg(jsonb_build_object('row', "row", 'before', before)) as given from (
      select table_name, "row", before,
        (select string_agg(quote_ident(key), ', ' order by key) from jsonb_object_keys(before) key) as columns
      from (
        select trace.table_name, trace.row, jsonb_object_agg(told.key, told.value order by trace.id desc) as before
        from intake_trace trace cross join lateral jsonb_each(trace.before) told
        where trace.source_id = list and trace.before is not null group by 1, 2
      ) merged
    ) named group by 1, 2
  loop
    execute format('update %1$I kept set (%2$s) = (select %2$s from jsonb_populate_record(null::%1$I, given.before))
                    from jsonb_to_recordset($1) given ("row" bigint, before jsonb) where kept.id = given."row"',
                   trace.table_name, trace.columns) using trace.given;
  end loop;
  select string_agg(quote_ident(attname), ', ') into person_columns from pg_attribute
    where attrelid = 'clients_person'::regclass and attnum > 0 and not attisdropped;
  execute format('insert into clients_personevent (pgh_created_at, pgh_label, pgh_obj_id, pgh_context, %1$s)
      select now(), ''undo'', id, nullif(current_setting(''pghistory.context_metadata'', true), '''')::jsonb, %1$s
      from clients_person where id = any ($1)', person_columns) using made_by_list(list, 'clients_person');
  foreach part in array tables_of_lists() loop
    gone := made_by_list(list, part);
    total := total + cardinality(gone);
    execute format('delete from %I where id = any ($1)', part) using gone;
  end loop;
  delete from intake_trace where source_id = list;
  update intake_import set stage = 'undone', source_id = null, report = null, rest = null, undone_at = now(),
    undone_by_id = current_setting('ppks.user')::bigint, undo_reason = reason where source_id = list;
  delete from audit_source where id = list;
  set constraints all immediate;
  set constraints all deferred;
  return total;
end $body$;

revoke all on function trace_what_a_list_changes(), trace_what_a_list_makes(), tables_of_lists(),
  made_by_list(bigint, text), may_undo(bigint), primary_key_of(text), stands_on_import(bigint, integer),
  undo_import(bigint, text) from public;
grant execute on function stands_on_import(bigint, integer), undo_import(bigint, text) to {prefix}_province, {prefix}_region;
"""
NO_UNDO = """
drop function undo_import(bigint, text);
drop function stands_on_import(bigint, integer);
drop function may_undo(bigint);
drop function made_by_list(bigint, text);
drop function primary_key_of(text);
drop function tables_of_lists();
"""

REGISTERED = """
create function registered_elsewhere(indexes text[]) returns setof text
language sql stable security definer set search_path = public, pg_temp as $body$
  select nik_index from clients_person where nik_index = any (indexes)
    and current_setting('role') = '{prefix}_region' and not region_id = any (current_setting('ppks.reach')::bigint[])
$body$;
revoke all on function registered_elsewhere(text[]) from public;
grant execute on function registered_elsewhere(text[]) to {prefix}_province, {prefix}_region;
"""
STATISTICS = """
create function refresh_statistics_of_lists() returns void
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  part text;
begin
  foreach part in array tables_of_lists() || array['audit_source', 'clients_personevent', 'intake_trace'] loop
    if (select reltuples < 1000 from pg_class where oid = part::regclass) then
      execute format('analyze %I', part);
    end if;
  end loop;
end $body$;
revoke all on function refresh_statistics_of_lists() from public;
grant execute on function refresh_statistics_of_lists() to {prefix}_province, {prefix}_region;
"""


def _for_this_install(sql: str) -> str:
    return sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_desk"),
        ("clients", "0004_deciles"),
        ("grants", "0002_other_aid"),
        ("monitoring", "0004_visits_are_scheduled"),
    ]
    operations = [
        migrations.RunSQL(TRACES, NO_TRACES),
        migrations.RunSQL(_for_this_install(UNDO), NO_UNDO),
        migrations.RunSQL(_for_this_install(REGISTERED), "drop function registered_elsewhere(text[])"),
        migrations.RunSQL(_for_this_install(STATISTICS), "drop function refresh_statistics_of_lists()"),
    ]
