"""Foreign keys without an index that another one begins with; of a history only its row is asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from ppks.kit.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0013_one_index_a_question'),
        ('monitoring', '0014_indexes_for_lists'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AlterField(
                model_name='assessment',
                name='business',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='monitoring.business'),
            ),
            migrations.AlterField(
                model_name='business',
                name='region',
                field=models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
            ),
            migrations.AlterField(
                model_name='duevisit',
                name='business',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='monitoring.business'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='after',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitoring.visit'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='business',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitoring.business'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='cancelled_by',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.personstep'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='done_by',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='monitoring.visit'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='officer',
                field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='petugas'),
            ),
            migrations.AlterField(
                model_name='duevisitevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region'),
            ),
            migrations.AlterField(
                model_name='listedfigure',
                name='business',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='listed_figures', to='monitoring.business'),
            ),
            migrations.AlterField(
                model_name='tally',
                name='region',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
            ),
            migrations.AlterField(
                model_name='visit',
                name='business',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='monitoring.business'),
            ),
        ]),
    ]
