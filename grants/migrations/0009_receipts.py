"""Proof for whole payment orders, samples of payments to ask about, and cases of deductions, opened by a trigger."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import ppks.kit.rows
from django.conf import settings
from django.db import migrations, models
from ppks.kit.together import Together


BY = ("orderproof", "receiptsample")
ONESELF = "\n".join(
    f"create trigger grants_is_by_oneself before insert on grants_{table}"
    " for each row execute function grants_is_by_oneself();"
    for table in BY
)
NOT_ONESELF = "\n".join(f"drop trigger grants_is_by_oneself on grants_{table};" for table in BY)
CASES = """
create function grants_deduction_opens_a_case() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
begin
  insert into grants_deduction (answer_id, region_id, status, version) values (new.id, new.region_id, 'open', 0);
  return null;
end $body$;
create trigger grants_opens_a_case after insert on grants_receiptcheck
  for each row when (new.deducted > 0) execute function grants_deduction_opens_a_case();
"""
NO_CASES = """
drop trigger grants_opens_a_case on grants_receiptcheck;
drop function grants_deduction_opens_a_case();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_batches'),
        ('grants', '0008_decree_papers'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.CreateModel(
                name='Deduction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.TextField(choices=[('open', 'Terbuka'), ('handled', 'Ditangani')], default='open', editable=False)),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                ],
                options={
                    'verbose_name': 'potongan',
                    'verbose_name_plural': 'potongan',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='DeductionStep',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField()),
                    ('move', models.TextField()),
                    ('source', models.TextField(blank=True)),
                    ('target', models.TextField()),
                    ('note', models.TextField(blank=True, default='')),
                    ('effective_on', models.DateField()),
                    ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['version'],
                    'abstract': False,
                },
            ),
            migrations.CreateModel(
                name='OrderProof',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='ReceiptSample',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                    ('size', models.PositiveIntegerField(verbose_name='banyaknya')),
                    ('population', models.PositiveIntegerField()),
                    ('seed', models.TextField()),
                    ('made_at', models.DateTimeField(auto_now_add=True)),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='SampledDisbursement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ),
            migrations.AddConstraint(
                model_name='receiptcheck',
                constraint=models.UniqueConstraint(fields=('disbursement', 'by', 'asked_on'), name='receipt_check_once_a_day', violation_error_message='Jawaban hari itu sudah Anda catat untuk penyaluran ini.'),
            ),
            migrations.AddConstraint(
                model_name='receiptcheck',
                constraint=models.CheckConstraint(condition=models.Q(('deducted', 0), models.Q(('said', ''), _negated=True), _connector='OR'), name='receipt_check_tells_of_a_deduction', violation_error_message='Tulis apa yang terjadi dengan potongannya.'),
            ),
            migrations.AddField(
                model_name='deduction',
                name='answer',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='deduction', to='grants.receiptcheck'),
            ),
            migrations.AddField(
                model_name='deduction',
                name='region',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
            ),
            migrations.AddField(
                model_name='deductionstep',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='deductionstep',
                name='deduction',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='grants.deduction'),
            ),
            migrations.AddField(
                model_name='orderproof',
                name='attachment',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment'),
            ),
            migrations.AddField(
                model_name='orderproof',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='orderproof',
                name='order',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='proofs', to='grants.paymentorder'),
            ),
            migrations.AddField(
                model_name='receiptsample',
                name='by',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AddField(
                model_name='sampleddisbursement',
                name='disbursement',
                field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='sampled', to='grants.disbursement'),
            ),
            migrations.AddField(
                model_name='sampleddisbursement',
                name='region',
                field=models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
            ),
            migrations.AddField(
                model_name='sampleddisbursement',
                name='sample',
                field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='grants.receiptsample'),
            ),
            migrations.AddConstraint(
                model_name='deduction',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, update (status, version)', 'region': 'select'}, name='deduction_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'}),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='deduction',
                trigger=pgtrigger.compiler.Trigger(name='is_born_in_its_first_status', sql=pgtrigger.compiler.UpsertTriggerSql(func="new.status = 'open'; new.version = 0; return new;", hash='2febf092c48f0aaf898664e0e4f36ae8398d790a', operation='INSERT', pgid='pgtrigger_is_born_in_its_first_status_612b9', table='grants_deduction', when='BEFORE')),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='deduction',
                trigger=pgtrigger.compiler.Trigger(name='status_needs_a_step', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func="\n                if not exists (\n                    select from grants_deductionstep step where step.deduction_id = new.id and step.version = new.version\n                        and new.version = old.version + 1 and step.source = old.status and step.target = new.status\n                ) then\n                    raise 'Keadaan berubah hanya melalui langkah yang tercatat.'\n                        using errcode = 'check_violation', constraint = 'status_needs_a_step';\n                end if;\n                return new;\n            ", hash='0515b5a1b7a9456ad129031801584a3f0726f5f6', operation='UPDATE', pgid='pgtrigger_status_needs_a_step_be6f8', table='grants_deduction', when='BEFORE')),
            ),
            migrations.AddConstraint(
                model_name='deductionstep',
                constraint=ppks.kit.rows.Rows(hide={'auditor': ['note']}, may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select'}, name='deduction_step_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'deduction__region'}),
            ),
            migrations.AddConstraint(
                model_name='deductionstep',
                constraint=models.UniqueConstraint(fields=('deduction', 'version'), name='deduction_step_one_per_version'),
            ),
            migrations.AddConstraint(
                model_name='deductionstep',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('move', 'handle'), ('source', 'open'), ('target', 'handled')), models.Q(('move', 'reopen'), ('source', 'handled'), ('target', 'open')), _connector='OR'), name='deduction_step_in_table'),
            ),
            migrations.AddConstraint(
                model_name='deductionstep',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('move__in', ['handle', 'reopen']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='deduction_step_has_its_note'),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='deductionstep',
                trigger=pgtrigger.compiler.Trigger(name='moves_its_subject', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                if new.by_id::text is distinct from current_setting('ppks.user', true) then\n                    raise 'Langkah hanya dapat dibuat atas nama sendiri.'\n                        using errcode = 'check_violation', constraint = 'step_by_oneself';\n                end if;\n                update grants_deduction set status = new.target, version = new.version\n                    where id = new.deduction_id and status = new.source and version = new.version - 1;\n                if not found then\n                    raise 'Sudah diubah orang lain. Muat ulang halaman.'\n                        using errcode = 'check_violation', constraint = 'step_is_stale';\n                end if;\n                return null;\n            ", hash='0d6f41f36e09923b74d8c52edc9b1654846be61f', operation='INSERT', pgid='pgtrigger_moves_its_subject_f9968', table='grants_deductionstep', when='AFTER')),
            ),
            migrations.AddConstraint(
                model_name='orderproof',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select'}, name='order_proof_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': '*'}),
            ),
            migrations.AddConstraint(
                model_name='receiptsample',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select'}, name='receipt_sample_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': '*'}),
            ),
            migrations.AddConstraint(
                model_name='receiptsample',
                constraint=models.CheckConstraint(condition=models.Q(('size__gt', 0), ('size__lte', models.F('population'))), name='receipt_sample_within_population', violation_error_message='Banyaknya sampel harus antara satu dan semua penyaluran yang belum ditanya.'),
            ),
            migrations.AddConstraint(
                model_name='sampleddisbursement',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert', 'region': 'select'}, name='sampled_disbursement_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': 'region'}),
            ),
            pgtrigger.migrations.AddTrigger(
                model_name='sampleddisbursement',
                trigger=pgtrigger.compiler.Trigger(name='copies_region_id', sql=pgtrigger.compiler.UpsertTriggerSql(func='new.region_id = (select region_id from grants_disbursement where id = new.disbursement_id); return new;', hash='7cc1f8f462ce118353962775fdaf04b26ca2679a', operation='INSERT', pgid='pgtrigger_copies_region_id_00297', table='grants_sampleddisbursement', when='BEFORE')),
            ),
        ]),
        migrations.RunSQL(ONESELF, NOT_ONESELF),
        migrations.RunSQL(CASES, NO_CASES),
    ]
