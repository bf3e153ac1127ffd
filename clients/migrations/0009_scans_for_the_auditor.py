"""A column added later is not in an auditor's grant of columns: lets him know that a consent has its scan."""

from django.conf import settings
from django.db import migrations

GRANT = 'grant select (scan_id) on clients_consent to "{prefix}_auditor";'
REVOKE = 'revoke select (scan_id) on clients_consent from "{prefix}_auditor";'


class Migration(migrations.Migration):
    dependencies = [("clients", "0008_independent_people")]
    operations = [
        migrations.RunSQL(*(sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX) for sql in (GRANT, REVOKE)))
    ]
