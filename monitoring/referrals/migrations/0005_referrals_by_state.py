"""The tabs of the list of referrals are counted in one index, for the whole province too."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0014_born_in_the_status_of_the_step'),
        ('monitoring', '0019_steps_wait_for_visits'),
        ('referrals', '0004_withdrawals_take_referrals_first'),
        ('regions', '0003_passers_by_know_no_partner_office'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='referral',
            index=models.Index(fields=['status', 'sent_on', 'id'], include=('region', 'office'), name='referral_by_state'),
        ),
    ]
