"""What documents do when they are stored: decrees, disbursements, reports and recoveries post; steps leave their marks.

Each trigger checks what the ledger alone cannot know, locks in the one order, and posts with a key that names the document.
"""

from django.conf import settings
from django.db import migrations

BY = (
    "ceilingchange allocationchange application account paymentorder disbursement bounce receiptcheck "
    "verification flagresolution score rank skip purchase recovery fundreturn waiver decree ruleset"
).split()

ONESELF = """
create function grants_is_by_oneself() returns trigger language plpgsql as $body$
begin
  if nullif(current_setting('ppks.user', true), '') <> new.by_id::text then
    raise 'Ini hanya dapat dicatat atas nama sendiri.'
      using errcode = 'check_violation', constraint = 'grants_by_oneself';
  end if;
  return new;
end $body$;
""" + "\n".join(
    f"create trigger grants_is_by_oneself before insert on grants_{table}"
    " for each row execute function grants_is_by_oneself();"
    for table in BY
   
)
NOT_ONESELF = (
    "\n".join(f"drop trigger grants_is_by_oneself on grants_{table};" for table in BY)
    + "\ndrop function grants_is_by_oneself();"
)

STEPS = """
create function grants_step_leaves_its_mark() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  balance grants_applicationbalance;
begin
  if new.move in ('submit', 'verify', 'decree', 'disburse') then
    insert into grants_chainlink (application_id, actor_id, link, taken_at)
      values (new.application_id, new.by_id, new.move, clock_timestamp());
  elsif new.move in ('return', 'revert_to_draft', 'revert_to_submitted') then
    update grants_application set cycle = cycle + 1, recommended = null where id = new.application_id;
  elsif new.move = 'settle' then
    select * into balance from grants_applicationbalance where application_id = new.application_id;
    if balance.committed > balance.disbursed then
      perform grants_post(new.application_id, 'release', balance.committed - balance.disbursed,
                          'applicationstep:' || new.id, new.by_id);
    end if;
  end if;
  return null;
end $body$;
create trigger grants_leaves_its_mark after insert on grants_applicationstep
  for each row execute function grants_step_leaves_its_mark();

create function grants_status_fits_money() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  state text;
  balance grants_applicationbalance;
  settled boolean;
  fits boolean;
begin
  select status into state from grants_application where id = new.application_id;
  select * into balance from grants_applicationbalance where application_id = new.application_id;
  settled := balance.disbursed > 0 and balance.disbursed = balance.committed
    and balance.accounted + balance.returned = balance.disbursed;
  fits := case state
    when 'decreed' then balance.committed > 0 and balance.disbursed = 0
    when 'disbursed' then balance.disbursed > 0
    when 'recovery' then balance.disbursed > 0
    when 'accounted' then settled
    when 'closed' then settled
    else balance.committed = 0
  end;
  if not fits then
    raise 'Langkah ini tidak cocok dengan uangnya. Muat ulang halaman.'
      using errcode = 'check_violation', constraint = 'status_fits_money';
  end if;
  return null;
end $body$;
create constraint trigger grants_status_fits_money after insert on grants_applicationstep
  deferrable initially deferred for each row execute function grants_status_fits_money();
create constraint trigger grants_status_fits_money after insert on grants_entry
  deferrable initially deferred for each row execute function grants_status_fits_money();
"""
NO_STEPS = """
drop trigger grants_status_fits_money on grants_entry;
drop trigger grants_status_fits_money on grants_applicationstep;
drop function grants_status_fits_money();
drop trigger grants_leaves_its_mark on grants_applicationstep;
drop function grants_step_leaves_its_mark();
"""

JUDGEMENTS = """
create function grants_judgement_is_of_its_cycle() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  judged grants_application;
begin
  select * into judged from grants_application where id = new.application_id for update;
  new.cycle := judged.cycle;
  if tg_table_name = 'grants_verification' and judged.status <> 'submitted'
    or tg_table_name = 'grants_flagresolution' and judged.status <> 'submitted'
    or tg_table_name = 'grants_score' and judged.status <> 'verified'
    or tg_table_name = 'grants_rank' and judged.status <> 'verified'
    or tg_table_name = 'grants_skip' and judged.status <> 'waitlisted'
  then
    raise 'Usulan ini sudah berpindah keadaan. Muat ulang halaman.'
      using errcode = 'check_violation', constraint = 'judgement_fits_status';
  end if;
  if tg_table_name in ('grants_score', 'grants_verification')
    and exists (select from grants_chainlink where application_id = new.application_id and actor_id = new.by_id
                and link = 'submit')
  then
    raise 'Yang mengajukan usulan tidak boleh memverifikasi atau menilainya.'
      using errcode = 'check_violation', constraint = 'judge_did_not_submit';
  end if;
  if tg_table_name = 'grants_verification' then
    update grants_application set recommended = new.recommended where id = new.application_id;
  end if;
  return new;
end $body$;
create trigger grants_is_of_its_cycle before insert on grants_verification
  for each row execute function grants_judgement_is_of_its_cycle();
create trigger grants_is_of_its_cycle before insert on grants_flagresolution
  for each row execute function grants_judgement_is_of_its_cycle();
create trigger grants_is_of_its_cycle before insert on grants_score
  for each row execute function grants_judgement_is_of_its_cycle();
create trigger grants_is_of_its_cycle before insert on grants_rank
  for each row execute function grants_judgement_is_of_its_cycle();
create trigger grants_is_of_its_cycle before insert on grants_skip
  for each row execute function grants_judgement_is_of_its_cycle();
"""
NO_JUDGEMENTS = """
drop trigger grants_is_of_its_cycle on grants_skip;
drop trigger grants_is_of_its_cycle on grants_rank;
drop trigger grants_is_of_its_cycle on grants_score;
drop trigger grants_is_of_its_cycle on grants_flagresolution;
drop trigger grants_is_of_its_cycle on grants_verification;
drop function grants_judgement_is_of_its_cycle();
"""

DECREES = """
create function grants_decree_line_is_drafted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if (select status from grants_decree where id = coalesce(new.decree_id, old.decree_id)) <> 'draft' then
    raise 'SK ini bukan konsep lagi; lampirannya tetap.'
      using errcode = 'check_violation', constraint = 'decree_line_is_drafted';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  select application.person_id, balance.committed into new.person_id, new.before
    from grants_application application join grants_applicationbalance balance on balance.application_id = application.id
    where application.id = new.application_id;
  return new;
end $body$;
create trigger grants_is_drafted before insert or update or delete on grants_decreeline
  for each row execute function grants_decree_line_is_drafted();

create function grants_decree_commits() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  line record;
begin
  if new.move <> 'enact' then
    return null;
  end if;
  perform grants_lock_money(array(select application_id from grants_decreeline where decree_id = new.decree_id));
  for line in
    select l.*, application.status, application.recommended, application.year, balance.committed, balance.disbursed,
      decree.year as decree_year
    from grants_decreeline l join grants_application application on application.id = l.application_id
    join grants_applicationbalance balance on balance.application_id = application.id
    join grants_decree decree on decree.id = l.decree_id
    where l.decree_id = new.decree_id order by application.allocation_id, application.id
  loop
    if line.committed <> line.before or line.year <> line.decree_year
      or line.before = 0 and (line.status <> 'nominated' or line.amount is distinct from line.recommended)
      or line.before > 0 and line.status not in ('decreed', 'disbursed')
      or line.amount < line.disbursed
    then
      raise 'Lampiran SK tidak cocok lagi dengan usulan nomor %. Perbarui lampirannya.', line.application_id
        using errcode = 'check_violation', constraint = 'decree_line_fits_application';
    end if;
    perform grants_post(line.application_id, case when line.amount > line.before then 'commit' else 'release' end,
                        abs(line.amount - line.before), 'decreeline:' || line.id, new.by_id);
  end loop;
  return null;
end $body$;
create trigger grants_commits after insert on grants_decreestep
  for each row execute function grants_decree_commits();
"""
NO_DECREES = """
drop trigger grants_commits on grants_decreestep;
drop function grants_decree_commits();
drop trigger grants_is_drafted on grants_decreeline;
drop function grants_decree_line_is_drafted();
"""

PAYMENTS = """
create function grants_tranche(of_application bigint, number integer) returns bigint language sql stable as $body$
  select case when number >= coalesce(cardinality(nullif(programme.tranches, '{}')), 1)
    then balance.committed - balance.disbursed else balance.committed * programme.tranches[number] / 100 end
  from grants_application application join grants_applicationbalance balance on balance.application_id = application.id
  join grants_call call on call.id = application.call_id join grants_budgetline line on line.id = call.line_id
  join grants_programme programme on programme.id = line.programme_id where application.id = of_application
$body$;
grant execute on function grants_tranche(bigint, integer) to {prefix}_province, {prefix}_region;

create function grants_disbursement_pays() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  programme grants_programme;
  paid integer;
  state text;
begin
  perform grants_lock_money(array[new.application_id]);
  select p.* into programme from grants_application application join grants_call call on call.id = application.call_id
    join grants_budgetline line on line.id = call.line_id join grants_programme p on p.id = line.programme_id
    where application.id = new.application_id;
  select status into state from grants_application where id = new.application_id;
  if state not in ('decreed', 'disbursed') then
    raise 'Uang hanya dapat disalurkan sesudah ditetapkan SK.'
      using errcode = 'check_violation', constraint = 'disbursement_follows_a_decree';
  end if;
  select count(*) into paid from grants_disbursement other where other.application_id = new.application_id
    and other.id <> new.id and not exists (select from grants_bounce where disbursement_id = other.id);
  if new.tranche <> paid + 1 or new.amount is distinct from grants_tranche(new.application_id, new.tranche) then
    raise 'Tahap ini sudah disalurkan atau nilainya berubah. Muat ulang halaman.'
      using errcode = 'check_violation', constraint = 'disbursement_is_the_next_tranche';
  end if;
  if programme.next_needs_report and exists (
    select from grants_report report where report.application_id = new.application_id and report.status <> 'approved'
      and not exists (select from grants_bounce where disbursement_id = report.disbursement_id))
  then
    raise 'SPJ tahap sebelumnya belum disahkan.'
      using errcode = 'check_violation', constraint = 'disbursement_waits_for_the_report';
  end if;
  if new.account_id is not null and not exists (
    select from grants_account where id = new.account_id and application_id = new.application_id)
  then
    raise 'Rekening ini milik usulan lain.'
      using errcode = 'check_violation', constraint = 'disbursement_goes_to_its_account';
  end if;
  perform grants_post(new.application_id, 'disburse', new.amount, 'disbursement:' || new.id, new.by_id);
  insert into grants_report (disbursement_id, application_id, region_id, due_on, status, version)
    values (new.id, new.application_id, new.region_id,
            least(new.paid_on + programme.report_days, make_date(extract(year from new.paid_on)::integer + 1, 1, 10)),
            'draft', 0);
  return null;
end $body$;
create trigger grants_pays after insert on grants_disbursement
  for each row execute function grants_disbursement_pays();

create function grants_bounce_undoes() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  paid grants_disbursement;
begin
  select * into paid from grants_disbursement where id = new.disbursement_id;
  perform grants_lock_money(array[paid.application_id]);
  if exists (select from grants_report where disbursement_id = paid.id and status <> 'draft') then
    raise 'SPJ penyaluran ini sudah dilaporkan; uangnya sudah diterima.'
      using errcode = 'check_violation', constraint = 'bounce_before_any_report';
  end if;
  perform grants_post(paid.application_id, 'reverse', paid.amount, 'bounce:' || new.id, new.by_id,
    (select id from grants_entry where key = 'disbursement:' || paid.id));
  return null;
end $body$;
create trigger grants_undoes after insert on grants_bounce
  for each row execute function grants_bounce_undoes();

create function grants_receipt_is_asked_by_another() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  if exists (select from grants_disbursement paid join grants_application asked on asked.id = paid.application_id
             where paid.id = new.disbursement_id and (paid.by_id = new.by_id or asked.by_id = new.by_id))
  then
    raise 'Yang mengusulkan atau menyalurkan tidak boleh menanyakan penerimaannya.'
      using errcode = 'check_violation', constraint = 'receipt_is_asked_by_another';
  end if;
  return new;
end $body$;
create trigger grants_is_asked_by_another before insert on grants_receiptcheck
  for each row execute function grants_receipt_is_asked_by_another();
"""
NO_PAYMENTS = """
drop trigger grants_is_asked_by_another on grants_receiptcheck;
drop function grants_receipt_is_asked_by_another();
drop trigger grants_undoes on grants_bounce;
drop function grants_bounce_undoes();
drop trigger grants_pays on grants_disbursement;
drop function grants_disbursement_pays();
drop function grants_tranche(bigint, integer);
"""

ACCOUNTS = """
create function grants_report_step_leaves_its_mark() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  told grants_report;
  paid bigint;
  bought bigint;
  back bigint;
begin
  select * into told from grants_report where id = new.report_id;
  select amount into paid from grants_disbursement where id = told.disbursement_id;
  if new.move in ('submit', 'approve') then
    insert into grants_chainlink (application_id, actor_id, link, taken_at) values (told.application_id, new.by_id,
      case new.move when 'submit' then 'report' else 'approve_report' end, clock_timestamp());
  end if;
  if new.move <> 'approve' then
    return null;
  end if;
  perform grants_lock_money(array[told.application_id]);
  select coalesce(sum(amount), 0) into bought from grants_purchase where report_id = told.id;
  select coalesce(sum(amount), 0) into back from grants_fundreturn where report_id = told.id;
  if bought + back <> paid or exists (select from grants_bounce where disbursement_id = told.disbursement_id) then
    raise 'Nota dan setoran belum sama dengan uang yang diterima.'
      using errcode = 'check_violation', constraint = 'report_balances';
  end if;
  if bought > 0 then
    perform grants_post(told.application_id, 'account', bought, 'report:' || told.id, new.by_id);
  end if;
  if back > 0 then
    perform grants_post(told.application_id, 'return', back, 'reportreturn:' || told.id, new.by_id);
  end if;
  return null;
end $body$;
create trigger grants_leaves_its_mark after insert on grants_reportstep
  for each row execute function grants_report_step_leaves_its_mark();

create function grants_fund_return_counts() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  state text;
begin
  perform grants_lock_money(array[new.application_id]);
  if new.report_id is not null then
    if not exists (select from grants_report where id = new.report_id and application_id = new.application_id
                   and status in ('draft', 'returned'))
    then
      raise 'SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya.'
        using errcode = 'check_violation', constraint = 'report_changes_only_while_written';
    end if;
    return null;
  end if;
  select status into state from grants_application where id = new.application_id;
  if state <> 'recovery' then
    raise 'Setoran di luar SPJ hanya dicatat untuk usulan dalam pengembalian.'
      using errcode = 'check_violation', constraint = 'fund_return_has_its_reason';
  end if;
  perform grants_post(new.application_id, 'return', new.amount, 'fundreturn:' || new.id, new.by_id);
  return null;
end $body$;
create trigger grants_counts after insert on grants_fundreturn
  for each row execute function grants_fund_return_counts();

create function grants_recovery_reverses() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  balance grants_applicationbalance;
  need bigint;
  posted record;
  part bigint;
begin
  perform grants_lock_money(array[new.application_id]);
  select * into balance from grants_applicationbalance where application_id = new.application_id;
  if (select status from grants_application where id = new.application_id) not in ('disbursed', 'accounted', 'recovery')
    or new.amount > balance.disbursed - balance.returned
  then
    raise 'Pengembalian tidak boleh melebihi uang yang disalurkan dan belum kembali.'
      using errcode = 'check_violation', constraint = 'recovery_within_disbursed';
  end if;
  need := new.amount - (balance.disbursed - balance.accounted - balance.returned);
  for posted in
    select entry.id, entry.amount - coalesce((select sum(amount) from grants_entry where reverses_id = entry.id), 0) as rest
    from grants_entry entry where application_id = new.application_id and kind = 'account' order by number desc
  loop
    exit when need <= 0;
    part := least(need, posted.rest);
    if part > 0 then
      perform grants_post(new.application_id, 'reverse', part, 'recovery:' || new.id || ':' || posted.id, new.by_id, posted.id);
      need := need - part;
    end if;
  end loop;
  return null;
end $body$;
create trigger grants_reverses after insert on grants_recovery
  for each row execute function grants_recovery_reverses();
"""
NO_ACCOUNTS = """
drop trigger grants_reverses on grants_recovery;
drop function grants_recovery_reverses();
drop trigger grants_counts on grants_fundreturn;
drop function grants_fund_return_counts();
drop trigger grants_leaves_its_mark on grants_reportstep;
drop function grants_report_step_leaves_its_mark();
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0004_ledger")]
    operations = [
        migrations.RunSQL(ONESELF, NOT_ONESELF),
        migrations.RunSQL(STEPS, NO_STEPS),
        migrations.RunSQL(JUDGEMENTS, NO_JUDGEMENTS),
        migrations.RunSQL(DECREES, NO_DECREES),
        migrations.RunSQL(PAYMENTS.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), NO_PAYMENTS),
        migrations.RunSQL(ACCOUNTS, NO_ACCOUNTS),
    ]
