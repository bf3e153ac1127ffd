"""The one open visit of a business is found in its index alone, with the kab/kota that policies ask for."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0013_one_index_a_question'),
        ('monitoring', '0017_past_due_visits'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='duevisit',
            name='due_visit_one_open',
        ),
        migrations.AddConstraint(
            model_name='duevisit',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('business',), include=('region', 'officer'), name='due_visit_one_open'),
        ),
    ]
