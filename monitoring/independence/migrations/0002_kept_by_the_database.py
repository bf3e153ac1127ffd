"""What the database itself holds to: until when each condition holds, and what must be there before a step counts.

All of it functions of the owner, called by triggers. `rule.py` has the rule in words; a property test compares the two.
"""

from django.db import migrations

DAYS = """
-- The latest day from which the figures, newest first, reach without a gap for long enough.
create function independence_start(days date[], reached boolean[]) returns date language plpgsql immutable as $body$
declare
  months int[] := '{}';
  newest int := extract(year from days[1])::int * 12 + extract(month from days[1])::int;
begin
  for n in 1 .. coalesce(array_length(days, 1), 0) loop
    if reached[n] is not true then
      return null;
    end if;
    months := months || (extract(year from days[n])::int * 12 + extract(month from days[n])::int);
    if days[1] - days[n] >= 60 or array[newest, newest - 1, newest - 2] <@ months then
      return days[n];
    end if;
  end loop;
  return null;
end $body$;

create function independence_fresh_until(day date) returns date language sql immutable as $body$
  select (day + interval '6 months')::date
$body$;

-- Until when the income of a person holds, by what is known now; null when it does not.
create function independence_income_until(business bigint, home clients_householdfact) returns date
language sql stable as $body$
  with told as (
    select visit.visited_on as day, visit.operating and visit.profit is not null as known, visit.profit,
      wage.amount as wage, line.amount as line, row_number() over (order by visit.visited_on desc, visit.id desc) as n
    from monitoring_visit visit
    left join lateral (
      select amount from regions_minimumwage where region_id = visit.region_id and valid_from <= visit.visited_on
      order by valid_from desc limit 1) wage on true
    left join lateral (
      select amount from regions_povertyline
      where (region_id = visit.region_id or region_id is null)
        and (period + interval '5 months')::date <= visit.visited_on
      order by region_id is null, period desc limit 1) line on true
    where visit.business_id = business
      and independence_fresh_until(visit.visited_on) >= (now() at time zone 'Asia/Jakarta')::date
      and not exists (select from monitoring_visit later where later.replaces_id = visit.id)
  ), starts as (
    select independence_start(array_agg(day order by n), array_agg(known and profit >= wage order by n)) as alone,
      independence_start(array_agg(day order by n),
        array_agg(known and profit + home.other_income >= wage order by n)) as together,
      independence_start(array_agg(day order by n),
        array_agg(known and 10 * (profit + home.other_income) >= 15 * line * home.size order by n)) as a_head
    from told
  )
  select greatest(independence_fresh_until(alone),
    case when together is not null then independence_fresh_until(least(together, home.as_of)) end,
    case when a_head is not null then independence_fresh_until(least(a_head, home.as_of)) end)
  from starts
$body$;

create function independence_aid_from(who bigint, home clients_householdfact) returns date
language sql stable as $body$
  select (greatest(home.aid_last_on, (
    select max(coalesce(aid.given_on,
        least(make_date(aid.year, 12, 31), source.list_date)))
    from grants_otheraid aid join audit_source source on source.id = aid.source_id where aid.person_id = who
  )) + interval '12 months')::date
$body$;

create function independence_refresh(who bigint, is_new boolean) returns void language plpgsql as $body$
declare
  never constant date := '0001-01-01';
  business monitoring_business;
  home clients_householdfact;
  said independence_agreement;
  kept independence_readiness;
  days date[];
begin
  if not is_new and not exists (select from independence_readiness where person_id = who) then
    return;
  end if;
  select * into home from clients_householdfact where person_id = who order by as_of desc, id desc limit 1;
  select * into said from independence_agreement where person_id = who order by said_on desc, id desc limit 1;
  select * into business from monitoring_business where person_id = who order by id desc limit 1;
  kept.business_until := coalesce(case when business.category in ('growing', 'steady') and business.trend <> 'falling'
    then least(business.valid_until, independence_fresh_until(business.last_visit_on)) end, never);
  kept.income_until := coalesce(independence_income_until(business.id, home), never);
  kept.aid_until := coalesce(case when home.aid in ('none', 'received')
    then independence_fresh_until(home.as_of) end, never);
  kept.aid_from := coalesce(independence_aid_from(who, home), never);
  kept.agreed_until := coalesce(case when said.agrees then independence_fresh_until(said.said_on) end, never);
  days := array(select day from unnest(
    array[kept.business_until, kept.income_until, kept.aid_until, kept.agreed_until]) day order by day);
  insert into independence_readiness (person_id, region_id, business_until, income_until, aid_from, aid_until,
                                      agreed_until, ready_until, nearly_until)
  select who, person.region_id, kept.business_until, kept.income_until, kept.aid_from, kept.aid_until,
    kept.agreed_until, days[1], days[2] from clients_person person where person.id = who
  on conflict (person_id) do update set region_id = excluded.region_id, business_until = excluded.business_until,
    income_until = excluded.income_until, aid_from = excluded.aid_from, aid_until = excluded.aid_until,
    agreed_until = excluded.agreed_until, ready_until = excluded.ready_until, nearly_until = excluded.nearly_until;
end $body$;
"""
REFRESHED = """
create function independence_word_refreshes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_refresh(new.person_id, tg_argv[0] = 'new');
  return null;
end $body$;
create trigger refreshes_readiness after insert on clients_householdfact
  for each row execute function independence_word_refreshes('new');
create trigger refreshes_readiness after insert on independence_agreement
  for each row execute function independence_word_refreshes('new');
create trigger refreshes_readiness after insert on grants_otheraid
  for each row execute function independence_word_refreshes('known');
create trigger refreshes_readiness after insert on monitoring_business
  for each row execute function independence_word_refreshes('known');
create trigger refreshes_readiness_again after update on monitoring_business for each row
  when ((old.category, old.trend, old.valid_until, old.last_visit_on)
    is distinct from (new.category, new.trend, new.valid_until, new.last_visit_on))
  execute function independence_word_refreshes('known');

create function independence_visit_refreshes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_refresh((select person_id from monitoring_business where id = new.business_id), false);
  return null;
end $body$;
create trigger refreshes_readiness after insert on monitoring_visit
  for each row execute function independence_visit_refreshes();

create function independence_follows_the_person() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  update independence_readiness set region_id = new.region_id where person_id = new.id;
  update independence_graduation set region_id = new.region_id
    where person_id = new.id and status in ('draft', 'proposed', 'verified', 'returned', 'independent');
  return null;
end $body$;
create trigger readiness_follows after update on clients_person for each row
  when (old.region_id is distinct from new.region_id) execute function independence_follows_the_person();

create function independence_yardstick_refreshes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  perform independence_refresh(person_id, false) from independence_readiness
    where region_id in (select region_id from told) or exists (select from told where region_id is null);
  return null;
end $body$;
create trigger refreshes_readiness after insert on regions_minimumwage
  referencing new table as told for each statement execute function independence_yardstick_refreshes();
create trigger refreshes_readiness_again after update on regions_minimumwage
  referencing new table as told for each statement execute function independence_yardstick_refreshes();
create trigger refreshes_readiness after insert on regions_povertyline
  referencing new table as told for each statement execute function independence_yardstick_refreshes();
create trigger refreshes_readiness_again after update on regions_povertyline
  referencing new table as told for each statement execute function independence_yardstick_refreshes();
"""
STEPS = """
-- Raises a sentence when a step lacks what it must have. Only the owner, who loads history, dates a step back.
create function independence_check_step(spell bigint, move text, who bigint, day date) returns void
language plpgsql as $body$
declare
  loads_history constant boolean := current_setting('role') = 'none';
  told independence_proposal;
  whom bigint := (select person_id from independence_graduation where id = spell);
begin
  if not loads_history and day <> (now() at time zone 'Asia/Jakarta')::date then
    raise 'Langkah ini berlaku pada hari dibuat.' using errcode = 'check_violation', constraint = 'graduation_today';
  end if;
  if move in ('decide', 'reject', 'send_back') and (select role from accounts_user where id = who) <> 'head' then
    raise 'Hanya kepala dinas yang memutuskan.' using errcode = 'check_violation', constraint = 'graduation_by_the_head';
  end if;
  if move = 'relapse' and not exists (
    select from independence_relapse where graduation_id = spell and by_id = who) then
    raise 'Tulis dulu jenis PPKS yang dibuka kembali.' using errcode = 'check_violation', constraint = 'relapse_has_a_kind';
  end if;
  if move not in ('propose', 'verify', 'decide') then
    return;
  end if;
  select * into told from independence_proposal where graduation_id = spell order by id desc limit 1;
  if told.id is null or move = 'propose' and (told.by_id <> who or (
      select count(*) from independence_proposal where graduation_id = spell) <= (
      select count(*) from independence_graduationstep made where made.graduation_id = spell and made.move = 'propose')) then
    raise 'Usulan belum disertai bukti.' using errcode = 'check_violation', constraint = 'graduation_has_evidence';
  end if;
  if independence_fresh_until(told.evidence_on) < day then
    raise 'Bukti tertua pada usulan lebih dari 6 bulan lalu. Usulkan lagi dengan bukti baru.'
      using errcode = 'check_violation', constraint = 'graduation_evidence_is_fresh';
  end if;
  if not loads_history then
    perform independence_refresh(whom, false);
    if not exists (select from independence_readiness where person_id = whom and ready_until >= day and aid_from <= day) then
      raise 'Syarat mandiri hari ini tidak semuanya terpenuhi dengan bukti yang masih berlaku.'
        using errcode = 'check_violation', constraint = 'graduation_is_ready';
    end if;
  end if;
  if move in ('verify', 'decide') and not exists (
    select from independence_homevisit seen where seen.graduation_id = spell and seen.by_id <> told.by_id
      and (move = 'decide' or seen.by_id = who)
      and seen.visited_on <= day and independence_fresh_until(seen.visited_on) >= day) then
    raise 'Belum ada kunjungan rumah oleh orang selain pengusul dalam 6 bulan terakhir.'
      using errcode = 'check_violation', constraint = 'graduation_has_a_home_visit';
  end if;
end $body$;

create function independence_take_effect(spell bigint, move text, who bigint, day date, said text) returns void
language plpgsql as $body$
declare
  whom clients_person;
  ended bigint[];
  made bigint;
begin
  select person.* into whom from clients_person person join independence_graduation held on held.person_id = person.id
    where held.id = spell for update of person;
  if move = 'decide' then
    with closed as (
      update clients_category set until_on = greatest(day, from_on) where person_id = whom.id and until_on is null returning id)
    select coalesce(array_agg(id), '{}') into ended from closed;
    insert into clients_personstep (person_id, version, move, source, target, by_id, note, effective_on, recorded_at)
      values (whom.id, whom.version + 1, 'graduate', 'former_client', 'independent', who, '', day, now())
      returning id into made;
    update clients_category set ended_by_id = made where id = any (ended);
    update independence_graduation set decided_on = day where id = spell;
  else
    insert into clients_personstep (person_id, version, move, source, target, by_id, note, effective_on, recorded_at)
      values (whom.id, whom.version + 1, 'relapse', 'independent', 'former_client', who, said, day, now());
    insert into clients_category (person_id, kind_id, from_on, reason)
      select whom.id, kind_id, day, said from independence_relapse where graduation_id = spell;
    update independence_graduation set ended_on = day where id = spell;
    insert into documents_revocation (paper_id, reason, by_id, revoked_at)
      select paper_id, 'Orangnya kembali memerlukan pelayanan.', who, now() from independence_certificate
      where graduation_id = spell
      on conflict do nothing;
  end if;
end $body$;

create function independence_guards_the_step() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  is_decided boolean := exists (
    select from independence_graduation where person_id = new.person_id and status = 'independent');
begin
  if new.target = 'independent' and not is_decided then
    raise 'Mandiri hanya ditetapkan melalui usulan yang diverifikasi lalu diputuskan kepala dinas.'
      using errcode = 'check_violation', constraint = 'independent_by_decision';
  elsif new.move = 'relapse' and is_decided then
    raise 'Kembali memerlukan pelayanan dicatat pada usulan mandirinya, dengan jenis PPKS.'
      using errcode = 'check_violation', constraint = 'relapse_by_graduation';
  end if;
  return new;
end $body$;
create trigger guards_independence before insert on clients_personstep
  for each row when (new.target = 'independent' or new.move = 'relapse') execute function independence_guards_the_step();

create function independence_sets_the_watch() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  one record;
  since date := new.effective_on;
begin
  for one in
    select business.id, business.region_id, due.id as due_id, due.officer_id, (
      select max(visited_on) from monitoring_visit made where made.business_id = business.id and made.visited_on >= since
        and not exists (select from monitoring_visit later where later.replaces_id = made.id)) as seen_on
    from monitoring_business business
    left join monitoring_duevisit due on due.business_id = business.id and due.closed_on is null
    where business.person_id = new.person_id
  loop
    update monitoring_duevisit set closed_on = greatest(opens_on, since), cancelled_by_id = new.id where id = one.due_id;
    insert into monitoring_duevisit (business_id, kind, watched_from, due_on, officer_id, snooze_reason, opens_on)
    select one.id, case when new.move = 'graduate' then 'watch' else 'next' end,
      case when new.move = 'graduate' then since end, day, (
        select posting.user_id from accounts_posting posting join accounts_user officer on officer.id = posting.user_id
        where officer.role = 'officer' and officer.is_active and posting.region_id = one.region_id
          and posting.user_id = one.officer_id limit 1), '', coalesce(one.seen_on, since)
    from (select case when new.move = 'relapse' then since + 30
      when one.seen_on is null then (since + interval '6 months')::date
      else monitoring_next_watch(one.seen_on, since) end as day) it
    where day is not null;
  end loop;
  return null;
end $body$;
create trigger sets_the_watch after insert on clients_personstep
  for each row when (new.move in ('graduate', 'relapse')) execute function independence_sets_the_watch();

revoke all on function independence_refresh(bigint, boolean), independence_check_step(bigint, text, bigint, date),
  independence_take_effect(bigint, text, bigint, date, text), independence_word_refreshes(),
  independence_visit_refreshes(), independence_follows_the_person(), independence_yardstick_refreshes(),
  independence_guards_the_step(), independence_sets_the_watch(),
  independence_income_until(bigint, clients_householdfact), independence_aid_from(bigint, clients_householdfact)
  from public;
"""
BACK = """
drop trigger sets_the_watch on clients_personstep;
drop trigger guards_independence on clients_personstep;
drop trigger refreshes_readiness_again on regions_povertyline;
drop trigger refreshes_readiness on regions_povertyline;
drop trigger refreshes_readiness_again on regions_minimumwage;
drop trigger refreshes_readiness on regions_minimumwage;
drop trigger readiness_follows on clients_person;
drop trigger refreshes_readiness on monitoring_visit;
drop trigger refreshes_readiness_again on monitoring_business;
drop trigger refreshes_readiness on monitoring_business;
drop trigger refreshes_readiness on grants_otheraid;
drop trigger refreshes_readiness on independence_agreement;
drop trigger refreshes_readiness on clients_householdfact;
drop function independence_sets_the_watch(), independence_guards_the_step(),
  independence_take_effect(bigint, text, bigint, date, text), independence_check_step(bigint, text, bigint, date),
  independence_yardstick_refreshes(), independence_follows_the_person(), independence_visit_refreshes(),
  independence_word_refreshes(), independence_refresh(bigint, boolean),
  independence_aid_from(bigint, clients_householdfact), independence_income_until(bigint, clients_householdfact),
  independence_fresh_until(date), independence_start(date[], boolean[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("independence", "0001_initial"),
        ("monitoring", "0011_watch_calendar"),
        ("clients", "0008_independent_people"),
        ("grants", "0002_other_aid"),
        ("accounts", "0002_initial"),
        ("documents", "0002_papers"),
    ]
    operations = [migrations.RunSQL(DAYS + REFRESHED + STEPS, BACK)]
