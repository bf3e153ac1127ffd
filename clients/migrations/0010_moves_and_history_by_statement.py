"""Steps move all people of a statement together, and history keeps them so: lists bring people by the thousand."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0009_scans_for_the_auditor'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='person',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='personstep',
            name='moves_its_subject',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clients_personevent" ("address", "birth_date", "birth_place", "created_at", "district_id", "id", "identity_id", "initials", "kk", "kk_index", "name", "name_key", "nik", "nik_index", "nik_status", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ppks_as_written", "region_id", "sex", "source_id", "status", "version", "village_id") SELECT new_values."address", new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."district_id", new_values."id", new_values."identity_id", new_values."initials", new_values."kk", new_values."kk_index", new_values."name", new_values."name_key", new_values."nik", new_values."nik_index", new_values."nik_status", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'insert\', new_values."id", new_values."phone", new_values."ppks_as_written", new_values."region_id", new_values."sex", new_values."source_id", new_values."status", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='29c7ba5dcd3d6ad3b33125e1a5f0409049b1d674', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4f940', referencing='REFERENCING NEW TABLE AS new_values ', table='clients_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "clients_personevent" ("address", "birth_date", "birth_place", "created_at", "district_id", "id", "identity_id", "initials", "kk", "kk_index", "name", "name_key", "nik", "nik_index", "nik_status", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ppks_as_written", "region_id", "sex", "source_id", "status", "version", "village_id") SELECT new_values."address", new_values."birth_date", new_values."birth_place", new_values."created_at", new_values."district_id", new_values."id", new_values."identity_id", new_values."initials", new_values."kk", new_values."kk_index", new_values."name", new_values."name_key", new_values."nik", new_values."nik_index", new_values."nik_status", new_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', new_values."id", new_values."phone", new_values."ppks_as_written", new_values."region_id", new_values."sex", new_values."source_id", new_values."status", new_values."version", new_values."village_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a266bc6a217457d7da3e217188618300622a0dce', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_69e4e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='clients_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='personstep',
            trigger=pgtrigger.compiler.Trigger(name='moves_its_subject', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE its_version integer; moved integer;', func="\n                if exists (select from added where by_id::text is distinct from current_setting('ppks.user', true)) then\n                    raise 'Langkah hanya dapat dibuat atas nama sendiri.'\n                        using errcode = 'check_violation', constraint = 'step_by_oneself';\n                end if;\n                for its_version in select distinct version from added order by version loop\n                    update clients_person subject set status = step.target, version = step.version from added step\n                        where step.version = its_version and subject.id = step.person_id\n                            and subject.status = step.source and subject.version = step.version - 1;\n                    get diagnostics moved = row_count;\n                    if moved < (select count(*) from added where version = its_version) then\n                        raise 'Sudah diubah orang lain. Muat ulang halaman.'\n                        using errcode = 'check_violation', constraint = 'step_is_stale';\n                    end if;\n                end loop;\n                return null;\n            ", hash='11388668461d41ca12daa00acc2e0bdfdb1c4030', level='STATEMENT', operation='INSERT', pgid='pgtrigger_moves_its_subject_8b046', referencing='REFERENCING NEW TABLE AS added ', table='clients_personstep', when='AFTER')),
        ),
    ]
