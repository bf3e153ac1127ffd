"""Foreign keys without an index that another one begins with; of a history only its row is asked for."""

import django.db.models.deletion
from django.db import migrations, models
from ppks.kit.together import Together


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_export'),
        ('clients', '0012_indexes_for_lists'),
        ('regions', '0003_passers_by_know_no_partner_office'),
    ]

    operations = [
        Together([
            migrations.AlterField(
                model_name='decile',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='deciles', to='clients.person'),
            ),
            migrations.AlterField(
                model_name='disability',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='disabilities', to='clients.person'),
            ),
            migrations.AlterField(
                model_name='person',
                name='region',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region', verbose_name='kab/kota'),
            ),
            migrations.AlterField(
                model_name='personevent',
                name='district',
                field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.district', verbose_name='kecamatan'),
            ),
            migrations.AlterField(
                model_name='personevent',
                name='identity',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.person'),
            ),
            migrations.AlterField(
                model_name='personevent',
                name='region',
                field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.region', verbose_name='kab/kota'),
            ),
            migrations.AlterField(
                model_name='personevent',
                name='source',
                field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='audit.source'),
            ),
            migrations.AlterField(
                model_name='personevent',
                name='village',
                field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='regions.village', verbose_name='desa/kelurahan'),
            ),
            migrations.AlterField(
                model_name='personstep',
                name='person',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='clients.person'),
            ),
            migrations.AlterField(
                model_name='stay',
                name='institution',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.institution', verbose_name='UPT'),
            ),
        ]),
    ]
