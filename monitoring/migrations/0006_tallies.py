"""Counts of businesses, kept by statement triggers, and the functions that those share."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppks.kit.rows
from django.db import migrations, models
from ppks.kit.together import Together

FUNCTIONS = """
create function monitoring_measures(category text, trend text, valid_until date, last_visit_on date, said text, day date)
returns text[] language sql immutable as $f$
  select array_remove(array[
    'all',
    case when holds then category else 'unknown' end,
    case when holds and (category in ('stagnant', 'declining', 'closed') or trend = 'falling') then 'help' end,
    case when last_visit_on is null then 'never' end,
    'said:' || nullif(said, '')
  ], null)
  from (select coalesce(valid_until >= day, false) or category = 'closed' as holds) it
$f$;

-- The day the tallies hold for; it cannot change until the caller's transaction ends.
create function monitoring_tally_day() returns date language plpgsql as $f$
declare kept date;
begin
  select day into kept from monitoring_tallyday for key share;
  if not found then
    insert into monitoring_tallyday (id, day) values (1, (now() at time zone 'Asia/Jakarta')::date) on conflict do nothing;
    select day into kept from monitoring_tallyday for key share;
  end if;
  return kept;
end $f$;

-- Puts the rows of a count together; rows that somebody else puts together are left alone.
create function monitoring_compact_tallies() returns void language sql as $f$
  with taken as (select id from monitoring_tally for update skip locked),
  gone as (delete from monitoring_tally using taken where monitoring_tally.id = taken.id
           returning region_id, measure, number)
  insert into monitoring_tally (region_id, measure, number)
  select region_id, measure, sum(number) from gone group by 1, 2 having sum(number) <> 0
$f$;

-- Moves the tallies to a later day, unless somebody else is writing: then the next writer does it.
create function monitoring_move_tallies(today date) returns void language plpgsql as $f$
declare kept date;
begin
  select day into kept from monitoring_tallyday where day < today for update skip locked;
  if not found then return; end if;
  insert into monitoring_tally (region_id, measure, number)
  select region_id, measure, sum(n) from (
    select business.region_id, before.measure, -1 as n from monitoring_business business cross join lateral unnest(
      monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition, kept)) before (measure)
    where category <> 'closed' and valid_until >= kept and valid_until < today
    union all
    select business.region_id, after.measure, 1 from monitoring_business business cross join lateral unnest(
      monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition, today)) after (measure)
    where category <> 'closed' and valid_until >= kept and valid_until < today
  ) moved group by 1, 2 having sum(n) <> 0;
  update monitoring_tallyday set day = today;
  perform monitoring_compact_tallies();
end $f$;

-- After every change: move on when a day has passed, and put rows together now and then.
create function monitoring_settle_tallies() returns void language plpgsql as $f$
begin
  perform monitoring_move_tallies((now() at time zone 'Asia/Jakarta')::date);
  if random() < 0.01 then perform monitoring_compact_tallies(); end if;
end $f$;

create function monitoring_rebuild_tallies() returns void language plpgsql as $f$
declare today date := (now() at time zone 'Asia/Jakarta')::date;
begin
  perform monitoring_tally_day();
  perform from monitoring_tallyday for update;
  delete from monitoring_tally;
  update monitoring_tallyday set day = today;
  insert into monitoring_tally (region_id, measure, number)
  select region_id, measure, count(*) from monitoring_business cross join lateral unnest(
    monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition, today)) measure
  group by 1, 2;
end $f$;

revoke all on function monitoring_tally_day(), monitoring_compact_tallies(), monitoring_move_tallies(date),
  monitoring_settle_tallies(), monitoring_rebuild_tallies() from public;
"""
GONE = """
drop function monitoring_rebuild_tallies(), monitoring_settle_tallies(), monitoring_move_tallies(date),
  monitoring_compact_tallies(), monitoring_tally_day(), monitoring_measures(text, text, date, date, text, date);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_export'),
        ('clients', '0003_search_people'),
        ('monitoring', '0005_province_figures'),
        ('regions', '0001_initial'),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Tally',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                    ('measure', models.TextField()),
                    ('number', models.IntegerField()),
                ],
            ),
            migrations.CreateModel(
                name='TallyDay',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField()),
                ],
            ),
            pgtrigger.migrations.RemoveTrigger(
                model_name='assessment',
                name='is_kept_on_the_business',
            ),
            migrations.AddIndex(
                model_name='business',
                index=models.Index(fields=['reported_on'], name='business_by_list_date'),
            ),
            migrations.AddIndex(
                model_name='business',
                index=models.Index(condition=models.Q(('category', 'closed'), _negated=True), fields=['valid_until'], include=('region', 'category', 'trend'), name='business_by_end_of_validity'),
            ),
        ]),
        migrations.RunSQL(FUNCTIONS, GONE),
        Together([
            pgtrigger.migrations.AddTrigger(
                model_name='assessment',
                trigger=pgtrigger.compiler.Trigger(name='is_kept_on_the_business', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n                    update monitoring_business business set category = last.category, trend = last.trend,\n                        valid_until = last.valid_until, last_visit_on = last.last_visit_on,\n                        last_turnover = last.last_turnover\n                    from (select distinct on (business_id) * from added order by business_id, "on" desc, id desc) last\n                    where business.id = last.business_id and not exists (\n                        select from monitoring_assessment later where later.business_id = last.business_id\n                            and (later."on", later.id) > (last."on", last.id));\n                    return null;\n                ', hash='a6124b522d74406abd3ac6daedbd9bd44c2d4295', level='STATEMENT', operation='INSERT', pgid='pgtrigger_is_kept_on_the_business_dad71', referencing='REFERENCING NEW TABLE AS added ', table='monitoring_assessment', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='business',
                trigger=pgtrigger.compiler.Trigger(name='counts_the_new', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, 1 as n from added) changed\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='627a2489ac2b979a501800bd45db810293a3ee18', level='STATEMENT', operation='INSERT', pgid='pgtrigger_counts_the_new_20a82', referencing='REFERENCING NEW TABLE AS added ', table='monitoring_business', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='business',
                trigger=pgtrigger.compiler.Trigger(name='counts_the_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, 1 as n from added union all select region_id, category, trend, valid_until, last_visit_on, reported_condition, -1 as n from removed) changed\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='4a613b8da4f4396ae7e2c77daca2018f3d4caae3', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_counts_the_changed_3231c', referencing='REFERENCING OLD TABLE AS removed  NEW TABLE AS added ', table='monitoring_business', when='AFTER')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='business',
                trigger=pgtrigger.compiler.Trigger(name='counts_the_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, -1 as n from removed) changed\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='e61bc6f496105d3f0944ff164dc23e38cde76c09', level='STATEMENT', operation='DELETE', pgid='pgtrigger_counts_the_gone_ec9a0', referencing='REFERENCING OLD TABLE AS removed ', table='monitoring_business', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='tallyday',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select', 'region': 'select'}, name='tally_day_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': '*'}),
            ),
            migrations.AddConstraint(
                model_name='tallyday',
                constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='tally_day_is_one'),
            ),
            migrations.AddIndex(
                model_name='tally',
                index=models.Index(fields=['region', 'measure'], name='tally_by_region'),
            ),
            migrations.AddConstraint(
                model_name='tally',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select', 'region': 'select'}, name='tally_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'}),
            ),
        ]),
    ]
