"""An index of the few whose NIK is missing, so that counting them does not read everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("clients", "0004_deciles")]
    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["id"],
                name="person_without_nik",
                condition=models.Q(("nik_status", "ada"), _negated=True),
            ),
        ),
    ]
