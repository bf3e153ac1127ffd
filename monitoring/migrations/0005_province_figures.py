"""What a kab/kota may know of the whole province: figures, groups of one to four hidden.

A region's own role reaches its own rows only, so the sums are taken by the owner and the small ones never leave.
"""

from django.conf import settings
from django.db import migrations

SQL = """
create function province_figures(day date) returns table (figure text, n bigint)
language sql stable security definer set search_path = public, pg_temp as $body$
  with told as (
    select category, trend, valid_until, last_visit_on from monitoring_business
    where day >= (now() at time zone 'Asia/Jakarta')::date
    union all
    select assessed.category, assessed.trend, assessed.valid_until, assessed.last_visit_on
    from monitoring_business business left join lateral (
      select category, trend, valid_until, last_visit_on from monitoring_assessment assessment
      where assessment.business_id = business.id and assessment."on" <= day
      order by assessment."on" desc, assessment.id desc limit 1
    ) assessed on true
    where day < (now() at time zone 'Asia/Jakarta')::date
  ), stood as (
    select case when holds then category else 'unknown' end as state, holds and trend = 'falling' as is_falling,
           last_visit_on is null as is_unvisited
    from (select *, coalesce(valid_until >= day or category = 'closed', false) as holds from told) found
  ), counted as (
    select 'all' as figure, count(*) as n from stood
    union all select state, count(*) from stood group by state
    union all select 'help', count(*) from stood
      where state in ('stagnant', 'declining', 'closed') or is_falling
    union all select 'never', count(*) from stood where is_unvisited
    union all select 'late', count(*) from monitoring_duevisit due
      where due.opens_on <= day and (due.closed_on is null or due.closed_on > day)
        and case when due.snoozed_on > day then due.due_on else due.expected_on end < day - 7
  )
  select figure, case when n between 1 and 4 then null else n end from counted
$body$;
revoke all on function province_figures(date) from public;
grant execute on function province_figures(date) to {prefix}_region;
"""


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_visits_are_scheduled")]
    operations = [
        migrations.RunSQL(
            SQL.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), "drop function province_figures(date)"
        )
    ]
