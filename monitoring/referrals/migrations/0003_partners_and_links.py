"""What a partner office learns, and how an answer by link is written: functions of the owner, since neither reaches a person.

`referral_data` is for these functions alone. `referrals_shared` looks at the door's role and reach; the functions for links
at nothing but the fingerprint of an address that is too long to guess. Withdrawing a consent ends what is open.
"""

from django.conf import settings
from django.db import migrations

DATA = """
create function referral_data(about bigint) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $body$
  select jsonb_strip_nulls(jsonb_build_object(
    'initials', person.initials,
    'name', case when 'name' = any (kinds) then person.name end,
    'phone', case when 'phone' = any (kinds) then nullif(person.phone, '') end,
    'address', case when 'address' = any (kinds) then nullif(concat_ws(', ', nullif(person.address, ''),
        (select name from regions_village where id = person.village_id),
        (select name from regions_district where id = person.district_id)), '') end,
    'age', case when 'age' = any (kinds) then extract(year from age(
        (now() at time zone 'Asia/Jakarta')::date, person.birth_date))::integer end,
    'sex', case when 'age' = any (kinds) then nullif(person.sex, '') end,
    'disability', case when 'disability' = any (kinds) then (
        select string_agg(kind.name || case when has.aids = '' then '' else ' (' || has.aids || ')' end, ', ' order by kind.code)
        from clients_disability has join clients_disabilitykind kind on kind.id = has.kind_id
        where has.person_id = person.id) end,
    'business', case when 'business' = any (kinds) then coalesce(trade.name, nullif(business.trade_as_written, '')) end,
    'state', case when 'business' = any (kinds) and business.id is not null then case
        when business.category = 'closed' or business.valid_until >= (now() at time zone 'Asia/Jakarta')::date
        then business.category else 'unknown' end end,
    'turnover', case when 'figures' = any (kinds) then business.last_turnover end,
    'workers', case when 'figures' = any (kinds) then (
        select workers from monitoring_visit visit where visit.business_id = business.id and workers is not null
          and not exists (select from monitoring_visit later where later.replaces_id = visit.id)
        order by visited_on desc, id desc limit 1) end))
  from referrals_referral sent
  join clients_person person on person.id = sent.person_id
  left join monitoring_business business on business.id = sent.business_id
  left join monitoring_trade trade on trade.id = business.trade_id
  cross join lateral (
    select array(select unnest(sent.shared) intersect select unnest(given.shared)) as kinds
    from clients_consent given where given.person_id = sent.person_id and given.purpose = 'share'
    order by given.given_on desc, given.id desc limit 1) consented
  where sent.id = about and consent_holds(sent.consent_id)
$body$;
revoke all on function referral_data(bigint) from public;

create function referrals_shared(wanted bigint[]) returns table (id bigint, data jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $body$
declare
  role text := current_setting('role');
  reach bigint[] := current_setting('ppks.reach')::bigint[];
begin
  if role not in ('{prefix}_partner', '{prefix}_region', '{prefix}_province') then
    raise 'referrals_shared is not for the role %', role using errcode = 'insufficient_privilege';
  end if;
  return query select sent.id, referral_data(sent.id) from referrals_referral sent
    where sent.id = any (wanted) and consent_holds(sent.consent_id) and case role
      when '{prefix}_partner' then sent.office_id = any (reach)
      when '{prefix}_region' then sent.region_id = any (reach)
      else true end;
end $body$;
revoke all on function referrals_shared(bigint[]) from public;
grant execute on function referrals_shared(bigint[]) to {prefix}_partner, {prefix}_region, {prefix}_province;
"""

LINKS = """
create function referral_link_state(fingerprint text) returns text
language sql stable security definer set search_path = public, pg_temp as $body$
  select coalesce((
    select case
      when link.used_at is not null then 'used'
      when not consent_holds(sent.consent_id) then 'closed'
      when sent.version <> link.version then 'moved'
      when exists (select from referrals_referrallink newer
                   where newer.referral_id = link.referral_id and newer.id > link.id) then 'replaced'
      when link.expires_at <= now() then 'expired'
      else 'open' end
    from referrals_referrallink link join referrals_referral sent on sent.id = link.referral_id
    where link.token_hash = fingerprint), 'unknown')
$body$;

create function referral_link_about(fingerprint text) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $body$
  select jsonb_build_object('office', office.name, 'region', region.full_name, 'status', sent.status,
      'kind', sent.kind, 'sent_on', sent.sent_on, 'expires_at', link.expires_at)
  from referrals_referrallink link join referrals_referral sent on sent.id = link.referral_id
  join regions_partneroffice office on office.id = sent.office_id join regions_region region on region.id = sent.region_id
  where link.token_hash = fingerprint and referral_link_state(fingerprint) = 'open'
$body$;

create function referral_link_open(fingerprint text) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  about referrals_referral;
begin
  if referral_link_state(fingerprint) <> 'open' then return null; end if;
  update referrals_referrallink set opened_at = coalesce(opened_at, now()) where token_hash = fingerprint;
  select sent.* into about from referrals_referral sent
    join referrals_referrallink link on link.referral_id = sent.id where link.token_hash = fingerprint;
  insert into audit_look (user_id, subject, page, reason, seen_at)
    select who.id, person.identity_id, 'referral_answer', 'lewat tautan, ' || office.name, now()
    from accounts_user who, clients_person person, regions_partneroffice office
    where who.username = 'sistem' and person.id = about.person_id and office.id = about.office_id;
  return jsonb_build_object('asked', about.asked, 'data', referral_data(about.id));
end $body$;

create function referral_link_answer(fingerprint text, answer text, said text, next_key uuid, next_fingerprint text,
                                     next_until timestamptz) returns text
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  held referrals_referrallink;
  sent referrals_referral;
  system bigint := (select id from accounts_user where username = 'sistem');
  found text;
begin
  select * into held from referrals_referrallink where token_hash = fingerprint;
  select * into sent from referrals_referral where id = held.referral_id for update;
  found := referral_link_state(fingerprint);
  if found <> 'open' then return found; end if;
  perform set_config('ppks.user', system::text, true);
  update referrals_referrallink set used_at = now(), opened_at = coalesce(opened_at, now()) where id = held.id;
  insert into referrals_referralstep
      (referral_id, link_id, version, move, source, target, by_id, note, effective_on, recorded_at)
    values (sent.id, held.id, sent.version + 1, answer, sent.status,
      case answer when 'accept' then 'accepted' when 'reject' then 'rejected' else 'done' end,
      system, said, (now() at time zone 'Asia/Jakarta')::date, now());
  if answer = 'accept' then
    insert into referrals_referrallink (key, token_hash, referral_id, version, by_id, made_at, expires_at)
      values (next_key, next_fingerprint, sent.id, sent.version + 1, system, now(), next_until);
  end if;
  perform set_config('ppks.user', '', true);
  return 'answered';
end $body$;

do $do$
declare f text;
begin
  foreach f in array array['referral_link_state(text)', 'referral_link_about(text)', 'referral_link_open(text)',
                           'referral_link_answer(text, text, text, uuid, text, timestamptz)'] loop
    execute format('revoke all on function %s from public; grant execute on function %s to {prefix}_public', f, f);
  end loop;
end $do$;
"""

WITHDRAWAL = """
create function referrals_end_with_their_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  sent referrals_referral;
  who text := current_setting('ppks.user', true);
begin
  perform from clients_consent where id = new.consent_id for update;
  perform set_config('ppks.user', new.by_id::text, true);
  for sent in
    select referral.* from referrals_referral referral
    where referral.person_id = (select person_id from clients_consent where id = new.consent_id)
      and referral.status in ('sent', 'accepted') and not consent_holds(referral.consent_id)
    order by referral.id for update
  loop
    insert into referrals_referralstep (referral_id, version, move, source, target, by_id, note, effective_on, recorded_at)
      values (sent.id, sent.version + 1, 'withdraw', sent.status, 'withdrawn', new.by_id,
        'Persetujuan berbagi data dicabut.', (now() at time zone 'Asia/Jakarta')::date, now());
  end loop;
  perform set_config('ppks.user', coalesce(who, ''), true);
  return null;
end $body$;
create trigger ends_referrals after insert on clients_consentwithdrawal
  for each row execute function referrals_end_with_their_consent();
"""

BACK = """
drop trigger ends_referrals on clients_consentwithdrawal;
drop function referrals_end_with_their_consent();
drop function referral_link_answer(text, text, text, uuid, text, timestamptz);
drop function referral_link_open(text);
drop function referral_link_about(text);
drop function referral_link_state(text);
drop function referrals_shared(bigint[]);
drop function referral_data(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0002_referrals"),
        ("audit", "0001_initial"),
        ("inbox", "0002_inbox_notify"),
    ]
    operations = [
        migrations.RunSQL((DATA + LINKS + WITHDRAWAL).replace("{prefix}", settings.DATABASE_ROLE_PREFIX), BACK)
    ]
