"""The first count of the businesses that are there already."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0006_tallies")]
    operations = [
        migrations.RunSQL("select monitoring_rebuild_tallies()", "truncate monitoring_tally"),
    ]
