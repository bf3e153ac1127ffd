"""Receipts with a photo, and how a receipt used twice is known; money returned with a report can be taken out again."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppks.kit.rows
from django.conf import settings
from django.db import migrations, models


# Which receipt is the same: the seller without capitals and signs, the day, and the number, or where none is written the amount.
MARKS = """
create function grants_receipt_mark(seller text, number text, bought_on date, amount bigint) returns text
language sql immutable as $body$
  select case when told.number <> ''
    then 'number:' || md5(concat_ws('|', told.seller, told.number, to_char(bought_on, 'YYYYMMDD')))
    else 'amount:' || md5(concat_ws('|', told.seller, amount, to_char(bought_on, 'YYYYMMDD'))) end
  from (select lower(regexp_replace(seller, '[^[:alnum:]]', '', 'g')) as seller,
    lower(regexp_replace(number, '[^[:alnum:]]', '', 'g')) as number) told
$body$;
grant execute on function grants_receipt_mark(text, text, date, bigint) to {prefix}_region;

-- Asked of the whole province: a kab/kota learns that a receipt was used and by whom of the 38, and nothing else.
create function grants_receipt_used(of_report bigint, of_item bigint, but bigint, of_mark text, of_file text)
returns table (how text, region text)
language sql stable security definer set search_path = public, pg_temp as $body$
  select case when of_file <> '' and bought.file_hash = of_file then 'file' else split_part(of_mark, ':', 1) end as how,
    case region.kind when 'kota' then 'Kota ' else 'Kab. ' end || region.name
  from grants_purchase bought join grants_report report on report.id = bought.report_id
  join regions_region region on region.id = report.region_id
  where bought.id is distinct from but and (bought.report_id <> of_report or bought.item_id = of_item)
    and (bought.mark = of_mark or of_file <> '' and bought.file_hash = of_file)
  order by 1 desc, bought.id limit 1
$body$;
revoke all on function grants_receipt_used(bigint, bigint, bigint, text, text) from public;
grant execute on function grants_receipt_used(bigint, bigint, bigint, text, text) to {prefix}_region;

create function grants_receipt_is_judged() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  used record;
begin
  if (select application_id from grants_budgetitem where id = new.item_id)
      is distinct from (select application_id from grants_report where id = new.report_id) then
    raise 'Pos RAB itu milik usulan lain.' using errcode = 'check_violation', constraint = 'purchase_item_of_the_report';
  end if;
  new.mark := grants_receipt_mark(new.seller, new.receipt_number, new.bought_on, new.amount);
  new.file_hash := coalesce((select sha256 from documents_attachment where id = new.attachment_id), '');
  perform pg_advisory_xact_lock(hashtext('receipt'), 0);
  select * into used from grants_receipt_used(new.report_id, new.item_id, new.id, new.mark, new.file_hash);
  if used.how = 'file' then
    raise 'Foto nota ini sudah dipakai pada SPJ lain atau pos yang sama, di %.', used.region
      using errcode = 'check_violation', constraint = 'receipt_file_once';
  elsif used.how = 'number' then
    raise 'Nota dengan nomor, toko, dan tanggal ini sudah dipakai pada SPJ lain atau pos yang sama, di %.', used.region
      using errcode = 'check_violation', constraint = 'receipt_number_once';
  end if;
  return new;
end $body$;
alter table grants_purchase disable trigger user;
update grants_purchase set mark = grants_receipt_mark(seller, receipt_number, bought_on, amount);
alter table grants_purchase enable trigger user;
create trigger grants_receipt_is_judged before insert or update on grants_purchase
  for each row execute function grants_receipt_is_judged();
"""
NO_MARKS = """
drop trigger grants_receipt_is_judged on grants_purchase;
drop function grants_receipt_is_judged();
drop function grants_receipt_used(bigint, bigint, bigint, text, text);
drop function grants_receipt_mark(text, text, date, bigint);
"""

# An auditor may not read whose account it is, but that it is another's.
ACCOUNTS = """
create function grants_paid_into_other_accounts() returns setof bigint
language sql stable security definer set search_path = public, pg_temp as $body$
  select distinct paid.application_id from grants_disbursement paid
  join grants_account account on account.id = paid.account_id
  join grants_application application on application.id = paid.application_id
  join clients_person person on person.id = application.person_id
  where account.guardian_letter = '' and lower(regexp_replace(account.holder, '[^[:alnum:]]', '', 'g'))
      <> lower(regexp_replace(person.name, '[^[:alnum:]]', '', 'g'))
    and not exists (select from grants_bounce where disbursement_id = paid.id)
$body$;
revoke all on function grants_paid_into_other_accounts() from public;
grant execute on function grants_paid_into_other_accounts() to {prefix}_province, {prefix}_auditor;
grant select (attachment_id, mark, file_hash) on grants_purchase to {prefix}_auditor;
"""
NO_ACCOUNTS = """
revoke select (attachment_id, mark, file_hash) on grants_purchase from {prefix}_auditor;
drop function grants_paid_into_other_accounts();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_batches'),
        ('grants', '0010_triggers_run_as_the_owner'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='purchase',
            name='changes_only_while_written',
        ),
        migrations.RemoveConstraint(
            model_name='fundreturn',
            name='fund_return_rows',
        ),
        migrations.AddField(
            model_name='purchase',
            name='attachment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment', verbose_name='foto nota'),
        ),
        migrations.AddField(
            model_name='purchase',
            name='file_hash',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='purchase',
            name='mark',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(fields=['mark'], name='purchase_by_mark'),
        ),
        migrations.AddIndex(
            model_name='purchase',
            index=models.Index(condition=models.Q(('file_hash', ''), _negated=True), fields=['file_hash'], name='purchase_by_file'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fundreturn',
            trigger=pgtrigger.compiler.Trigger(name='moves_only_while_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    if tg_op = 'DELETE' and old.report_id is null then\n                        raise 'Setoran yang sudah dibukukan tidak dapat dihapus.'\n                            using errcode = 'check_violation', constraint = 'fund_return_stays';\n                    end if;\n                    perform from grants_report where id in (new.report_id, old.report_id) for share;\n                    if exists (select from grants_report\n                            where id in (new.report_id, old.report_id) and status not in ('draft', 'returned')) then\n                        raise 'SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya.'\n                            using errcode = 'check_violation', constraint = 'report_changes_only_while_written';\n                    end if;\n                    return case when tg_op = 'DELETE' then old else new end;\n                ", hash='7b698204d78d0e8561457db8a9931655a501d02a', operation='INSERT OR DELETE', pgid='pgtrigger_moves_only_while_written_0215e', table='grants_fundreturn', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchase',
            trigger=pgtrigger.compiler.Trigger(name='changes_only_while_written', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                    perform from grants_report where id in (new.report_id, old.report_id) order by id for share;\n                    if exists (select from grants_report\n                            where id in (new.report_id, old.report_id) and status not in ('draft', 'returned')) then\n                        raise 'SPJ ini sudah dilaporkan. Minta dikembalikan dulu untuk mengubah isinya.'\n                            using errcode = 'check_violation', constraint = 'report_changes_only_while_written';\n                    end if;\n                    return case when tg_op = 'DELETE' then old else new end;\n                ", hash='cd34cb73c0e4642ddf8762b4e9384018976a146e', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_changes_only_while_written_33f1c', table='grants_purchase', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fundreturn',
            constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select, insert, delete'}, name='fund_return_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'}),
        ),
        migrations.AddConstraint(
            model_name='purchase',
            constraint=models.UniqueConstraint(fields=('report', 'item', 'description', 'seller', 'receipt_number', 'bought_on', 'amount'), name='purchase_once', violation_error_message='Nota yang sama persis sudah dicatat pada SPJ ini.'),
        ),
        migrations.AddConstraint(
            model_name='waiver',
            constraint=models.UniqueConstraint(fields=('identity', 'year'), name='waiver_once_a_year', violation_error_message='Pengecualian untuk orang ini pada tahun anggaran itu sudah dicatat.'),
        ),
        migrations.RunSQL(*(sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX) for sql in (MARKS, NO_MARKS))),
        migrations.RunSQL(*(sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX) for sql in (ACCOUNTS, NO_ACCOUNTS))),
    ]
