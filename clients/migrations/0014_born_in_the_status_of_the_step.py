"""A list's people are born in the status of their first step, which a deferred check asks for; they are no longer made, then moved."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0013_one_index_a_question'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='is_born_in_its_first_status',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='personstep',
            name='moves_its_subject',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='is_born_in_its_first_status', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n                if new.version is distinct from 1 or not coalesce(current_setting('ppks.source', true), '') <> '' then\n                    new.status = 'new'; new.version = 0;\n                end if;\n                return new;\n            ", hash='28222d5cdc474ebd3fee1a22e60a4e659fa6a1c6', operation='INSERT', pgid='pgtrigger_is_born_in_its_first_status_72d0e', table='clients_person', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='is_born_moved_by_a_step', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."version" > 0)', constraint='CONSTRAINT', func="\n                if not exists (\n                    select from clients_personstep step where step.person_id = new.id and step.version = new.version\n                        and step.source = 'new' and step.target = new.status\n                ) then\n                    raise 'Keadaan berubah hanya melalui langkah yang tercatat.'\n                        using errcode = 'check_violation', constraint = 'status_needs_a_step';\n                end if;\n                return null;\n            ", hash='abb29a0e5a7b66ce0cac1d295a54243b1b497950', operation='INSERT', pgid='pgtrigger_is_born_moved_by_a_step_f82f3', table='clients_person', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personstep',
            trigger=pgtrigger.compiler.Trigger(name='moves_its_subject', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE its_version integer;', func="\n                if exists (select from added where by_id::text is distinct from current_setting('ppks.user', true)) then\n                    raise 'Langkah hanya dapat dibuat atas nama sendiri.'\n                        using errcode = 'check_violation', constraint = 'step_by_oneself';\n                end if;\n                for its_version in select distinct version from added order by version loop\n                    update clients_person subject set status = step.target, version = step.version from added step\n                        where step.version = its_version and subject.id = step.person_id\n                            and subject.status = step.source and subject.version = step.version - 1;\n                    if exists (\n                        select from added step left join clients_person subject on subject.id = step.person_id\n                            and subject.version = step.version and subject.status = step.target\n                        where step.version = its_version and subject.id is null\n                    ) then\n                        raise 'Sudah diubah orang lain. Muat ulang halaman.'\n                        using errcode = 'check_violation', constraint = 'step_is_stale';\n                    end if;\n                end loop;\n                return null;\n            ", hash='a93be6dc3233e4deaaf6d227891caefef23f7035', level='STATEMENT', operation='INSERT', pgid='pgtrigger_moves_its_subject_8b046', referencing='REFERENCING NEW TABLE AS added ', table='clients_personstep', when='AFTER')),
        ),
    ]
