"""Whether somebody may be proposed is kept with the days, so that those who lack nothing are counted by an index alone.

Who changes what it depends on holds the person, so the last one to look has seen what the others wrote.
"""

from importlib import import_module

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

EARLIER = import_module("monitoring.independence.migrations.0002_kept_by_the_database")
TOGETHER = import_module("monitoring.independence.migrations.0003_businesses_refresh_together").TOGETHER
PARTS = {  # of which function what is new
    "create function independence_refresh(": (
        EARLIER.DAYS,
        (
            (
                """    return;
  end if;
""",
                """    return;
  end if;
  if is_new then perform monitoring_hold_person(who); end if;
""",
            ),
            ("agreed_until, ready_until, nearly_until)\n", "agreed_until, ready_until, nearly_until, is_candidate)\n"),
            ("kept.agreed_until, days[1], days[2] from", "kept.agreed_until, days[1], days[2], independence_is_candidate(who) from"),
        ),
    ),
    "create function independence_check_step(": (
        EARLIER.STEPS,
        (("begin\n", "begin\n  perform monitoring_hold_person(whom);\n"),),
    ),
    "create function independence_new_businesses_refresh(": (
        TOGETHER,
        (("begin\n", "begin\n  perform independence_reconsider(array(select person_id from added));\n"),),
    ),
}
END = "end $body$;\n"
CANDIDATES = """
create function independence_is_candidate(who bigint) returns boolean language plpgsql volatile as $body$
begin
  return exists (select from clients_person where id = who and status = 'former_client')
    and exists (select from monitoring_business where person_id = who)
    and not exists (select from independence_graduation
      where person_id = who and status in ('draft', 'proposed', 'verified', 'returned'));
end $body$;

-- Of people with a row only; each is held before it is looked at.
create function independence_reconsider(people bigint[]) returns void language plpgsql as $body$
declare one bigint;
begin
  for one in select person_id from independence_readiness where person_id = any (people) order by person_id loop
    perform monitoring_hold_person(one);
    update independence_readiness set is_candidate = not is_candidate
      where person_id = one and is_candidate <> independence_is_candidate(one);
  end loop;
end $body$;

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
update independence_readiness set is_candidate = true where independence_is_candidate(person_id);
"""
BACK = """
drop trigger refreshes_readiness_of_gone on monitoring_business;
drop trigger readiness_follows_the_status on clients_person;
drop function independence_gone_businesses_refresh(), independence_follows_the_status(),
  independence_reconsider(bigint[]), independence_is_candidate(bigint);
"""


def functions(*, as_they_were: bool) -> str:
    """These functions as they were made, or with what is new in them. Fails when a part is not found."""
    found = []
    for beginning, (sql, changes) in PARTS.items():
        start = sql.index(beginning)
        function = sql[start : sql.index(END, start) + len(END)].replace("create function", "create or replace function")
        for old, new in () if as_they_were else changes:
            if old not in function:
                raise ValueError(old)
            function = function.replace(old, new, 1)
        found.append(function)
    return "".join(found)


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
        migrations.RunSQL(CANDIDATES, BACK),
        migrations.RunSQL(functions(as_they_were=False), functions(as_they_were=True)),
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
