"""Where on the readiness list somebody stands is kept, and who may be proposed beside the days: indexes alone count both.

Who changes what it depends on holds the person, so the last one to look has seen what the others wrote.
"""

from importlib import import_module

import pgtrigger.compiler
import django.db.models.deletion
import pgtrigger.migrations
from django.db import migrations, models

import ppks.kit.rows
from ppks.kit.redefining import changed, function

EARLIER = import_module("monitoring.independence.migrations.0002_kept_by_the_database")
TOGETHER = import_module("monitoring.independence.migrations.0003_businesses_refresh_together").TOGETHER
AS_THEY_WERE = {
    name: function(sql, name)
    for name, sql in (
        ("independence_refresh", EARLIER.DAYS),
        ("independence_check_step", EARLIER.STEPS),
        ("independence_follows_the_person", EARLIER.REFRESHED),
        ("independence_new_businesses_refresh", TOGETHER),
    )
}
CHANGES = {
    "independence_refresh": (
        ("  end if;\n", "  end if;\n  if is_new then perform monitoring_hold_person(who); end if;\n"),
        ("agreed_until, ready_until, nearly_until)\n", "agreed_until, ready_until, nearly_until, is_candidate)\n"),
        ("kept.agreed_until, days[1], days[2] from", "kept.agreed_until, days[1], days[2], independence_is_candidate(who) from"),
    ),
    "independence_check_step": (("begin\n", "begin\n  perform monitoring_hold_person(whom);\n"),),
    "independence_follows_the_person": (
        ("begin\n", "begin\n  update independence_place set region_id = new.region_id where person_id = new.id;\n"),
    ),
    "independence_new_businesses_refresh": (
        ("begin\n", "begin\n  perform independence_reconsider(array(select person_id from added));\n"),
    ),
}
AS_THEY_ARE = {name: changed(text, *CHANGES[name]) for name, text in AS_THEY_WERE.items()}
CANDIDATES = """
-- Which part of the list these people are in, and with it who of them may be proposed. Whoever changes what this depends on
-- holds the people first, and their businesses where a visit may hold those.
create function independence_reconsider(people bigint[]) returns void language plpgsql as $body$
begin
  perform from clients_person where id = any (people) order by id for no key update;
  perform from monitoring_business business
    where person_id = any (array(select person_id from independence_readiness where person_id = any (people)))
    order by id for no key update;
  delete from independence_place where person_id = any (people) and person_id not in (
    select business.person_id from clients_person person join monitoring_business business on business.person_id = person.id
    where person.id = any (people) and status in ('former_client', 'independent'));
  insert into independence_place (person_id, region_id, is_independent, proposal, fell_back)
  select person.id, person.region_id, person.status = 'independent',
    coalesce((select status from independence_graduation spell where spell.person_id = person.id
      and spell.status in ('draft', 'proposed', 'verified', 'returned')), ''),
    person.status = 'former_client' and exists (
      select from independence_graduation spell where spell.person_id = person.id and spell.status = 'ended')
  from clients_person person
  where person.id = any (people) and person.status in ('former_client', 'independent')
    and exists (select from monitoring_business where person_id = person.id)
  on conflict (person_id) do update set region_id = excluded.region_id, is_independent = excluded.is_independent,
    proposal = excluded.proposal, fell_back = excluded.fell_back;
  update independence_readiness set is_candidate = not is_candidate
    where person_id = any (people) and is_candidate <> independence_is_candidate(person_id);
end $body$;

create function independence_is_candidate(who bigint) returns boolean language sql stable as $body$
  select exists (select from independence_place where person_id = who and not is_independent and proposal = '')
$body$;

create function independence_follows_the_status() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_reconsider(array[new.id]);
  return null;
end $body$;
create trigger readiness_follows_the_status after update on clients_person for each row
  when (old.status is distinct from new.status) execute function independence_follows_the_status();

create function independence_gone_businesses_refresh() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_reconsider(array(select person_id from removed));
  perform independence_refresh(person_id, false)
    from independence_readiness where person_id in (select person_id from removed);
  return null;
end $body$;
create trigger refreshes_readiness_of_gone after delete on monitoring_business referencing old table as removed
  for each statement execute function independence_gone_businesses_refresh();

revoke all on function independence_is_candidate(bigint), independence_reconsider(bigint[]),
  independence_follows_the_status(), independence_gone_businesses_refresh() from public;
select independence_reconsider(array(select distinct person_id from monitoring_business));
"""
BACK = """
drop trigger refreshes_readiness_of_gone on monitoring_business;
drop trigger readiness_follows_the_status on clients_person;
drop function independence_gone_businesses_refresh(), independence_follows_the_status(),
  independence_reconsider(bigint[]), independence_is_candidate(bigint);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0014_born_in_the_status_of_the_step'),
        ('monitoring', '0019_steps_wait_for_visits'),
        ('independence', '0003_businesses_refresh_together'),
        ('regions', '0003_passers_by_know_no_partner_office'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='readiness',
            name='readiness_ready',
        ),
        migrations.RemoveIndex(
            model_name='readiness',
            name='readiness_nearly',
        ),
        migrations.RemoveIndex(
            model_name='readiness',
            name='readiness_by_region',
        ),
        migrations.AddField(
            model_name='readiness',
            name='is_candidate',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('person', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='clients.person')),
                ('is_independent', models.BooleanField()),
                ('proposal', models.TextField(choices=[('draft', 'Disiapkan'), ('proposed', 'Diusulkan'), ('verified', 'Terverifikasi'), ('returned', 'Dikembalikan'), ('independent', 'Mandiri'), ('rejected', 'Ditolak'), ('withdrawn', 'Ditarik'), ('ended', 'Kembali')])),
                ('fell_back', models.BooleanField()),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'person'], include=('is_independent', 'proposal'), name='place_by_region'), models.Index(condition=models.Q(('is_independent', True)), fields=['region'], name='place_independent'), models.Index(condition=models.Q(('proposal', ''), _negated=True), fields=['region', 'proposal'], name='place_proposed'), models.Index(condition=models.Q(('fell_back', True)), fields=['region'], name='place_fell_back')],
                'constraints': [ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select', 'region': 'select'}, name='place_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'})],
            },
        ),
        migrations.RunSQL(CANDIDATES, BACK),
        migrations.RunSQL("".join(AS_THEY_ARE.values()), "".join(AS_THEY_WERE.values())),
        migrations.AddIndex(
            model_name='readiness',
            index=models.Index(condition=models.Q(('is_candidate', True)), fields=['region', 'ready_until'], include=('person', 'aid_from'), name='readiness_ready_by_region'),
        ),
        migrations.AddIndex(
            model_name='readiness',
            index=models.Index(condition=models.Q(('is_candidate', True)), fields=['ready_until', 'person'], include=('region', 'aid_from'), name='readiness_ready'),
        ),
        migrations.AddIndex(
            model_name='readiness',
            index=models.Index(condition=models.Q(('is_candidate', True)), fields=['nearly_until', 'person'], include=('region', 'ready_until', 'aid_from', 'business_until', 'income_until', 'agreed_until'), name='readiness_nearly'),
        ),
        migrations.AddIndex(
            model_name='readiness',
            index=models.Index(condition=models.Q(('is_candidate', True)), fields=['region', 'nearly_until'], include=('person', 'ready_until', 'aid_from', 'business_until', 'income_until', 'agreed_until'), name='readiness_by_region'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='graduation',
            trigger=pgtrigger.compiler.Trigger(name='waits_for_its_person', sql=pgtrigger.compiler.UpsertTriggerSql(func='perform monitoring_hold_person(new.person_id); return new;', hash='888916e88fa418d095776a0f2e7ab34b659cf133', operation='INSERT', pgid='pgtrigger_waits_for_its_person_a8b72', table='independence_graduation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='graduation',
            trigger=pgtrigger.compiler.Trigger(name='tells_who_may_be_proposed', sql=pgtrigger.compiler.UpsertTriggerSql(func='perform independence_reconsider(array[new.person_id]); return null;', hash='f3f9da4cd753cc2121160d4af6f622684d10f3bf', operation='INSERT OR UPDATE OF "status"', pgid='pgtrigger_tells_who_may_be_proposed_b67b1', table='independence_graduation', when='AFTER')),
        ),
    ]
