"""Foreign keys without an index that another one begins with; of a history only its row is asked for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from ppks.kit.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0013_one_index_a_question'),
        ('grants', '0013_reported_is_not_overdue'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together([
            migrations.AlterField(
                model_name='applicationevent',
                name='allocation',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.allocation'),
            ),
            migrations.AlterField(
                model_name='applicationevent',
                name='by',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
            ),
            migrations.AlterField(
                model_name='applicationevent',
                name='call',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.call', verbose_name='pembukaan'),
            ),
            migrations.AlterField(
                model_name='applicationevent',
                name='identity',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.person'),
            ),
            migrations.AlterField(
                model_name='applicationevent',
                name='person',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.person', verbose_name='orang'),
            ),
            migrations.AlterField(
                model_name='applicationevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region'),
            ),
            migrations.AlterField(
                model_name='budgetitemevent',
                name='application',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='grants.application'),
            ),
            migrations.AlterField(
                model_name='businessplanevent',
                name='application',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', serialize=False, to='grants.application'),
            ),
            migrations.AlterField(
                model_name='pastgrant',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='past_grants', to='clients.person'),
            ),
        ]),
    ]
