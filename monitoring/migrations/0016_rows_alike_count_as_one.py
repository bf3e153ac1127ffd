"""Businesses that are alike are counted as one row: a list brings thousands of the same kab/kota and state."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0015_one_index_a_question'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='business',
            name='counts_the_new',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='business',
            name='counts_the_changed',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='business',
            name='counts_the_gone',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='business',
            trigger=pgtrigger.compiler.Trigger(name='counts_the_new', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (\n                select region_id, category, trend, valid_until, last_visit_on, reported_condition, sum(n) as n from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, 1 as n from added) each group by region_id, category, trend, valid_until, last_visit_on, reported_condition having sum(n) <> 0\n            ) alike\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='19fc794346e53fa3d0a074b3c2f1303c54c46698', level='STATEMENT', operation='INSERT', pgid='pgtrigger_counts_the_new_20a82', referencing='REFERENCING NEW TABLE AS added ', table='monitoring_business', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='business',
            trigger=pgtrigger.compiler.Trigger(name='counts_the_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (\n                select region_id, category, trend, valid_until, last_visit_on, reported_condition, sum(n) as n from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, 1 as n from added union all select region_id, category, trend, valid_until, last_visit_on, reported_condition, -1 as n from removed) each group by region_id, category, trend, valid_until, last_visit_on, reported_condition having sum(n) <> 0\n            ) alike\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='07227154c68fbdb2617efb41a511f4fc841cebeb', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_counts_the_changed_3231c', referencing='REFERENCING OLD TABLE AS removed  NEW TABLE AS added ', table='monitoring_business', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='business',
            trigger=pgtrigger.compiler.Trigger(name='counts_the_gone', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n            insert into monitoring_tally (region_id, measure, number)\n            select region_id, measure, sum(n) from (\n                select region_id, category, trend, valid_until, last_visit_on, reported_condition, sum(n) as n from (select region_id, category, trend, valid_until, last_visit_on, reported_condition, -1 as n from removed) each group by region_id, category, trend, valid_until, last_visit_on, reported_condition having sum(n) <> 0\n            ) alike\n            cross join lateral unnest(monitoring_measures(category, trend, valid_until, last_visit_on, reported_condition,\n                (select monitoring_tally_day()))) measure\n            group by 1, 2 having sum(n) <> 0 order by 1, 2;\n            perform monitoring_settle_tallies();\n            return null;\n        ', hash='bd77a95c2df8d4910a5c53af1d44c936897c0395', level='STATEMENT', operation='DELETE', pgid='pgtrigger_counts_the_gone_ec9a0', referencing='REFERENCING OLD TABLE AS removed ', table='monitoring_business', when='AFTER')),
        ),
    ]
