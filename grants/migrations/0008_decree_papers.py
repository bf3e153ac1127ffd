"""A decree keeps its scan and its issued annex, and its lines wait for whoever enacts it."""

import django.db.models.deletion
import ppks.kit.rows
from django.conf import settings
from django.db import migrations, models
from ppks.kit.together import Together


LINE = """
create or replace function grants_decree_line_is_drafted() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  state text;
begin
  select status into state from grants_decree where id = coalesce(new.decree_id, old.decree_id){lock};
  if state <> 'draft' then
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
"""


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0003_check_paper'),
        ('grants', '0007_letters_for_the_auditor'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.RemoveConstraint(
                model_name='decree',
                name='decree_rows',
            ),
            migrations.RemoveConstraint(
                model_name='decree',
                name='decree_is_signed_when_enacted',
            ),
            migrations.AddField(
                model_name='decree',
                name='annex',
                field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.paper', verbose_name='lampiran'),
            ),
            migrations.AddField(
                model_name='decree',
                name='scan',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.attachment', verbose_name='pindaian SK'),
            ),
            migrations.AddConstraint(
                model_name='decree',
                constraint=ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select', 'province': 'select, insert, update (number, signed_on, subject, stated_total, scan_id, annex_id, status, version)', 'region': 'select'}, name='decree_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': '*'}),
            ),
            migrations.AddConstraint(
                model_name='decree',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'enacted'), _negated=True), models.Q(models.Q(('number', ''), _negated=True), ('scan__isnull', False), ('signed_on__isnull', False)), _connector='OR'), name='decree_is_signed_when_enacted', violation_error_message='SK yang ditetapkan harus bernomor, bertanggal, dan ada pindaiannya.'),
            ),
        ]),
        # a line that is being written waits for whoever enacts, and sees then that it came too late
        migrations.RunSQL(LINE.replace("{lock}", " for share"), LINE.replace("{lock}", "")),
    ]
