"""The desk: cover letters, papers by stage, and what somebody still owes of earlier grants."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppks.kit.rows
from django.conf import settings
from django.db import migrations, models
from ppks.kit.together import Together


ONESELF = """
create trigger grants_is_by_oneself before insert on grants_coverletter
  for each row execute function grants_is_by_oneself();
create trigger grants_is_by_oneself before insert on grants_applicationdocument
  for each row execute function grants_is_by_oneself();
"""
NOT_ONESELF = """
drop trigger grants_is_by_oneself on grants_applicationdocument;
drop trigger grants_is_by_oneself on grants_coverletter;
"""

# What somebody owes is asked of the whole province, also by a kab/kota that cannot see the other one's grants.
OVERDUE = """
create function grants_overdue_reports(of_identity bigint, day date)
returns table (year smallint, tranche smallint, due_on date)
language sql stable security definer set search_path = public, pg_temp as $body$
  select application.year, paid.tranche, report.due_on
  from grants_report report join grants_application application on application.id = report.application_id
  join grants_disbursement paid on paid.id = report.disbursement_id
  where application.identity_id = of_identity and report.status <> 'approved' and report.due_on < day
    and not exists (select from grants_bounce where disbursement_id = paid.id)
  order by report.due_on, report.id
$body$;
grant execute on function grants_overdue_reports(bigint, date) to {prefix}_province, {prefix}_region, {prefix}_clock;
"""
NO_OVERDUE = "drop function grants_overdue_reports(bigint, date);"

PAPERS = """
create function grants_disbursement_has_its_papers() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  missing text;
begin
  select string_agg(type.label, ', ' order by type.code) into missing from grants_documenttype type
    where type.stage = 'payment' and type.is_required and type.retired_on is null
      and type.form in ('', (
        select programme.form from grants_application application join grants_call call on call.id = application.call_id
        join grants_budgetline line on line.id = call.line_id join grants_programme programme on programme.id = line.programme_id
        where application.id = new.application_id))
      and not exists (
        select from grants_applicationdocument there
        where there.application_id = new.application_id and there.type_id = type.id);
  if missing is not null then
    raise 'Dokumen penyaluran belum lengkap: %.', missing
      using errcode = 'check_violation', constraint = 'disbursement_has_its_papers';
  end if;
  return new;
end $body$;
create trigger grants_has_its_papers before insert on grants_disbursement
  for each row execute function grants_disbursement_has_its_papers();
"""
NO_PAPERS = """
drop trigger grants_has_its_papers on grants_disbursement;
drop function grants_disbursement_has_its_papers();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_check_paper'),
        ('grants', '0005_documents'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='ApplicationDocument',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.TextField(blank=True, default='', verbose_name='nomor surat')),
                    ('issued_on', models.DateField(blank=True, null=True, verbose_name='tanggal surat')),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'verbose_name': 'dokumen usulan',
                    'verbose_name_plural': 'dokumen usulan',
                    'ordering': ['type', '-pk'],
                },
            ),
            migrations.CreateModel(
                name='CoverLetter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.TextField(verbose_name='nomor surat pengantar')),
                    ('dated_on', models.DateField(verbose_name='tanggal surat pengantar')),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'verbose_name': 'surat pengantar',
                    'verbose_name_plural': 'surat pengantar',
                    'ordering': ['-dated_on', '-pk'],
                },
            ),
            migrations.AddConstraint(
                model_name='call',
                constraint=models.UniqueConstraint(fields=('line', 'name'), name='call_once', violation_error_message='Pembukaan dengan nama ini sudah ada pada mata anggaran itu.'),
            ),
            migrations.AlterConstraint(
                model_name='ruleset',
                name='rule_set_once',
                constraint=models.UniqueConstraint(fields=('programme', 'version'), name='rule_set_once', violation_error_message='Versi aturan ini sudah dibuat. Muat ulang halaman.'),
            ),
            migrations.AddField(
                model_name='applicationdocument',
                name='application',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='grants.application'),
            ),
            migrations.AddField(
                model_name='applicationdocument',
                name='attachment',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment', verbose_name='berkas'),
            ),
            migrations.AddField(
                model_name='applicationdocument',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='applicationdocument',
                name='type',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='grants.documenttype', verbose_name='dokumen'),
            ),
            migrations.AddField(
                model_name='coverletter',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='coverletter',
                name='region',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
            ),
            migrations.AddField(
                model_name='applicationstep',
                name='letter',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='grants.coverletter'),
            ),
            migrations.AddConstraint(
                model_name='applicationstep',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('move', 'submit'), _negated=True), ('letter__isnull', False), _connector='OR'), name='application_step_has_its_letter', violation_error_message='Isi nomor dan tanggal surat pengantar.'),
            ),
            migrations.AddIndex(
                model_name='applicationdocument',
                index=models.Index(fields=['application', 'type', '-id'], name='document_newest_of_type'),
            ),
            migrations.AddConstraint(
                model_name='applicationdocument',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select, insert'}, name='application_document_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'application__region'}),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='applicationdocument',
                trigger=pgtrigger.compiler.Trigger(name='comes_in_its_time', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE stage text; state text;', func="\n                    select type.stage into stage from grants_documenttype type where type.id = new.type_id;\n                    select status into state from grants_application where id = new.application_id;\n                    if stage = 'application' and state not in ('draft', 'returned') or stage = 'verification' and state not in ('submitted') or stage = 'payment' and state not in ('nominated', 'decreed', 'disbursed') or stage = 'report' and state not in ('disbursed', 'accounted', 'recovery') then\n                        raise 'Dokumen tahap ini tidak dapat ditambah lagi pada keadaan usulan sekarang.'\n                            using errcode = 'check_violation', constraint = 'document_comes_in_its_time';\n                    end if;\n                    return new;\n                ", hash='81ab2bd0f520979f7bfadb97379c00e54168f83a', operation='INSERT', pgid='pgtrigger_comes_in_its_time_610db', table='grants_applicationdocument', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='coverletter',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select', 'region': 'select, insert'}, name='cover_letter_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'}),
            ),
            migrations.AddConstraint(
                model_name='coverletter',
                constraint=models.UniqueConstraint(fields=('region', 'number'), name='cover_letter_once', violation_error_message='Nomor surat pengantar ini sudah dipakai dengan tanggal lain.'),
            ),
            migrations.AddConstraint(
                model_name='coverletter',
                constraint=models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='cover_letter_has_a_number'),
            ),
        ]),
        migrations.RunSQL(ONESELF, NOT_ONESELF),
        migrations.RunSQL(OVERDUE.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), NO_OVERDUE),
        migrations.RunSQL(PAPERS, NO_PAPERS),
    ]
