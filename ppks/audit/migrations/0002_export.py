
import django.db.models.deletion
import ppks.kit.rows
import secrets
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.TextField()),
                ('form', models.TextField()),
                ('filters', models.TextField(blank=True, default='')),
                ('is_full', models.BooleanField(default=False)),
                ('reason', models.TextField(blank=True, default='')),
                ('token', models.TextField(default=secrets.token_hex, editable=False, unique=True)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('finished_at', models.DateTimeField(null=True)),
                ('count', models.PositiveIntegerField(null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['by', '-id'], name='export_by_user')],
                'constraints': [ppks.kit.rows.Rows(may={'auditor': 'select, insert, update (finished_at, count)', 'province': 'select, insert, update (finished_at, count)', 'region': 'select, insert, update (finished_at, count)', 'upt': 'select, insert, update (finished_at, count)'}, name='export_rows', only={'auditor': models.Q(('by', ppks.kit.rows.CurrentUser())), 'province': models.Q(('by', ppks.kit.rows.CurrentUser())), 'region': models.Q(('by', ppks.kit.rows.CurrentUser())), 'upt': models.Q(('by', ppks.kit.rows.CurrentUser()))}, see={'auditor': '*', 'province': '*', 'region': '*', 'upt': '*'}), models.CheckConstraint(condition=models.Q(('is_full', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='export_of_full_numbers_has_a_reason')],
            },
        ),
    ]
