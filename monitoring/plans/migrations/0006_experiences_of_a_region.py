"""What helped in a kab/kota is read from one index."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('monitoring', '0019_steps_wait_for_visits'),
        ('plans', '0005_people_move_the_clock_together'),
        ('regions', '0003_passers_by_know_no_partner_office'),
    ]

    operations = [
        migrations.AlterField(
            model_name='experience',
            name='region',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region'),
        ),
        migrations.AddIndex(
            model_name='experience',
            index=models.Index(fields=['region', 'group', 'obstacle', 'suggestion'], name='experience_by_region'),
        ),
    ]
