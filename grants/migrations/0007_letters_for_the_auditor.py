"""A column added later is not in an auditor's grant of columns: lets him read which letter a step names."""

from django.conf import settings
from django.db import migrations

GRANT = 'grant select (letter_id) on grants_applicationstep to "{prefix}_auditor";'
REVOKE = 'revoke select (letter_id) on grants_applicationstep from "{prefix}_auditor";'


class Migration(migrations.Migration):
    dependencies = [("grants", "0006_desk")]
    operations = [
        migrations.RunSQL(*(sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX) for sql in (GRANT, REVOKE)))
    ]
