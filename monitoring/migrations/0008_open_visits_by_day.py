"""The index of open visits carries region and officer, so that their ages are counted from it alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0007_businesses_are_counted")]
    operations = [
        migrations.RemoveIndex(model_name="duevisit", name="due_visit_by_day"),
        migrations.AddIndex(
            model_name="duevisit",
            index=models.Index(
                fields=["expected_on", "id"],
                include=("region", "officer"),
                name="due_visit_by_day",
                condition=models.Q(("closed_on", None)),
            ),
        ),
    ]
