"""What a passer-by may do: leave a report, and ask after it with number and secret. The role reads no table.

Both run as the owner, count what one address and all addresses do, and answer in one word or one row. Addresses are kept as
hashes with a salt of the day that nobody keeps until the next.
"""

from django.conf import settings
from django.db import migrations

SQL = """
create function feedback_sender(address text) returns bytea
language plpgsql volatile security definer set search_path = public, pg_temp as $body$
declare
  today date := (now() at time zone 'Asia/Jakarta')::date;
  found bytea;
begin
  select salt into found from feedback_salt where day = today;
  if found is null then
    delete from feedback_attempt where made_at < now() - interval '1 day';
    delete from feedback_salt where day < today;
    insert into feedback_salt (day, salt)
      values (today, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) on conflict (day) do nothing;
    select salt into found from feedback_salt where day = today;
  end if;
  return sha256(found || convert_to(address, 'UTF8'));
end $body$;

create function feedback_too_many(sent_by bytea, what text, at_once integer, a_day integer, all_an_hour integer)
returns boolean
language sql volatile security definer set search_path = public, pg_temp as $body$
  select (select count(*) from feedback_attempt where act = what and sender = sent_by
            and made_at > now() - interval '10 minutes') >= at_once
      or (select count(*) from feedback_attempt where act = what and sender = sent_by
            and made_at > now() - interval '1 day') >= a_day
      or (select count(*) from feedback_attempt where act = what and made_at > now() - interval '1 hour') >= all_an_hour
$body$;

create function submit_feedback(address text, given jsonb) returns text
language plpgsql volatile security definer set search_path = public, pg_temp as $body$
declare
  sent_by bytea := feedback_sender(address);
begin
  perform pg_advisory_xact_lock(hashtext('feedback'), hashtext(encode(sent_by, 'hex')));
  if exists (select from feedback_feedback where form_digest = given->>'form') then
    return 'already';
  end if;
  if exists (select from feedback_feedback where ticket = given->>'ticket') then
    return 'taken';
  end if;
  if feedback_too_many(sent_by, 'send', {at_once}, {a_day}, {all_an_hour}) then
    return 'busy';
  end if;
  insert into feedback_attempt (sender, act, made_at) values (sent_by, 'send', now());
  insert into feedback_feedback (ticket, secret_digest, form_digest, kind, about, region_id, wants_secrecy, text, name,
      contact, received_at, status, version)
    values (given->>'ticket', given->>'secret', given->>'form', given->>'kind', given->>'about',
      (given->>'region')::bigint, (given->>'wants_secrecy')::boolean, given->>'text', given->>'name',
      given->>'contact', now(), 'new', 0)
    on conflict do nothing;
  return case when found then 'stored' else 'already' end;
end $body$;

create function feedback_status(address text, asked_ticket text, asked_secret text) returns jsonb
language plpgsql volatile security definer set search_path = public, pg_temp as $body$
declare
  sent_by bytea := feedback_sender(address);
  report feedback_feedback;
begin
  perform pg_advisory_xact_lock(hashtext('feedback'), hashtext(encode(sent_by, 'hex')));
  if feedback_too_many(sent_by, 'miss', {misses_at_once}, {misses_a_day}, {all_misses_an_hour}) then
    return jsonb_build_object('outcome', 'busy');
  end if;
  select * into report from feedback_feedback where ticket = asked_ticket and secret_digest = asked_secret;
  if report.id is null then
    insert into feedback_attempt (sender, act, made_at) values (sent_by, 'miss', now());
    return jsonb_build_object('outcome', 'unknown');
  end if;
  return jsonb_build_object('outcome', 'found', 'kind', report.kind, 'status', report.status,
    'received_at', report.received_at,
    'changed_at', (select max(recorded_at) from feedback_feedbackstep step where step.feedback_id = report.id),
    'answers', (select coalesce(jsonb_agg(jsonb_build_object('text', answer.text, 'made_at', answer.made_at)
        order by answer.id), '[]') from feedback_feedbackanswer answer where answer.feedback_id = report.id));
end $body$;

revoke all on function feedback_sender(text), feedback_too_many(bytea, text, integer, integer, integer),
  submit_feedback(text, jsonb), feedback_status(text, text, text) from public;
grant execute on function submit_feedback(text, jsonb), feedback_status(text, text, text) to {prefix}_public;
"""
BACK = """
drop function submit_feedback(text, jsonb);
drop function feedback_status(text, text, text);
drop function feedback_too_many(bytea, text, integer, integer, integer);
drop function feedback_sender(text);
"""
LIMITS = {  # many people share one address of a mobile network or of a village office
    "at_once": 5,
    "a_day": 30,
    "all_an_hour": 300,
    "misses_at_once": 10,
    "misses_a_day": 40,
    "all_misses_an_hour": 600,
    "prefix": settings.DATABASE_ROLE_PREFIX,
}


def filled(sql: str) -> str:
    for name, value in LIMITS.items():
        sql = sql.replace(f"{{{name}}}", str(value))
    return sql


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_feedback")]
    operations = [migrations.RunSQL(filled(SQL), BACK)]
