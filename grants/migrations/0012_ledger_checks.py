"""Results of checking the ledger, and the clock may compute the hash of an entry to check it."""

import ppks.kit.rows
from django.conf import settings
from django.db import migrations, models

HASH = "function grants_entry_hash(grants_entry)"
CLOCK = f"{settings.DATABASE_ROLE_PREFIX}_clock"


class Migration(migrations.Migration):

    dependencies = [
        ('grants', '0011_receipts_count_once'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('entries', models.PositiveIntegerField()),
                ('differences', models.JSONField(blank=True, default=dict)),
            ],
            options={
                'verbose_name': 'pemeriksaan buku besar',
                'verbose_name_plural': 'pemeriksaan buku besar',
                'ordering': ['-pk'],
                'constraints': [ppks.kit.rows.Rows(may={'auditor': 'select', 'clock': 'select, insert', 'province': 'select', 'region': 'select'}, name='ledger_check_rows', see={'auditor': '*', 'clock': '*', 'province': '*', 'region': '*'})],
            },
        ),
        migrations.RunSQL(f"grant execute on {HASH} to {CLOCK}", f"revoke execute on {HASH} from {CLOCK}"),
    ]
