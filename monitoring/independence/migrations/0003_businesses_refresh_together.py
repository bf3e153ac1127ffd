"""Businesses that one statement adds or changes refresh what is kept of their people together; lists bring them by the thousand."""

from django.db import migrations

TOGETHER = """
drop trigger refreshes_readiness on monitoring_business;
drop trigger refreshes_readiness_again on monitoring_business;

create function independence_new_businesses_refresh() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_refresh(person_id, false)
    from independence_readiness where person_id in (select person_id from added);
  return null;
end $body$;
create trigger refreshes_readiness after insert on monitoring_business referencing new table as added
  for each statement execute function independence_new_businesses_refresh();

create function independence_changed_businesses_refresh() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_refresh(person_id, false) from independence_readiness where person_id in (
    select added.person_id from added join removed on removed.id = added.id
    where (removed.category, removed.trend, removed.valid_until, removed.last_visit_on)
      is distinct from (added.category, added.trend, added.valid_until, added.last_visit_on));
  return null;
end $body$;
create trigger refreshes_readiness_again after update on monitoring_business
  referencing old table as removed new table as added
  for each statement execute function independence_changed_businesses_refresh();

revoke all on function independence_new_businesses_refresh(), independence_changed_businesses_refresh() from public;
"""
EACH = """
drop trigger refreshes_readiness on monitoring_business;
drop trigger refreshes_readiness_again on monitoring_business;
drop function independence_new_businesses_refresh(), independence_changed_businesses_refresh();
create trigger refreshes_readiness after insert on monitoring_business
  for each row execute function independence_word_refreshes('known');
create trigger refreshes_readiness_again after update on monitoring_business for each row
  when ((old.category, old.trend, old.valid_until, old.last_visit_on)
    is distinct from (new.category, new.trend, new.valid_until, new.last_visit_on))
  execute function independence_word_refreshes('known');
"""


class Migration(migrations.Migration):
    dependencies = [("independence", "0002_kept_by_the_database")]
    operations = [migrations.RunSQL(TOGETHER, EACH)]
