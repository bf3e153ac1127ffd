"""A report that was sent stands against nobody while it waits to be looked at; it is overdue as long as the kab/kota writes it."""

from django.db import migrations

OVERDUE = """
create or replace function grants_overdue_reports(of_identity bigint, day date)
returns table (year smallint, tranche smallint, due_on date)
language sql stable security definer set search_path = public, pg_temp as $body$
  select application.year, paid.tranche, report.due_on
  from grants_report report join grants_application application on application.id = report.application_id
  join grants_disbursement paid on paid.id = report.disbursement_id
  where application.identity_id = of_identity and report.status {which} and report.due_on < day
    and not exists (select from grants_bounce where disbursement_id = paid.id)
  order by report.due_on, report.id
$body$;
"""


class Migration(migrations.Migration):
    dependencies = [("grants", "0012_ledger_checks")]
    operations = [
        migrations.RunSQL(
            OVERDUE.replace("{which}", "in ('draft', 'returned')"), OVERDUE.replace("{which}", "<> 'approved'")
        )
    ]
