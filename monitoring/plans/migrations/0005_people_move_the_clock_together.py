"""People whose status changed in one statement move the clock of their businesses together; lists bring them by the thousand."""

from django.db import migrations

TOGETHER = """
drop trigger reckons_help on clients_person;
drop function plans_person_moves_the_clock();
create function plans_people_move_the_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform plans_reckon_help(array_agg(business.id))
    from added join removed on removed.id = added.id join monitoring_business business on business.person_id = added.id
    where removed.status is distinct from added.status having count(*) > 0;
  return null;
end $body$;
create trigger reckons_help after update on clients_person referencing old table as removed new table as added
  for each statement execute function plans_people_move_the_clock();
revoke all on function plans_people_move_the_clock() from public;
"""
EACH = """
drop trigger reckons_help on clients_person;
drop function plans_people_move_the_clock();
create function plans_person_moves_the_clock() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform plans_reckon_help(array_agg(id)) from monitoring_business where person_id = new.id having count(*) > 0;
  return null;
end $body$;
create trigger reckons_help after update of status on clients_person
  for each row when (old.status is distinct from new.status) execute function plans_person_moves_the_clock();
revoke all on function plans_person_moves_the_clock() from public;
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_one_index_a_question"), ("clients", "0013_one_index_a_question")]
    operations = [migrations.RunSQL(TOGETHER, EACH)]
