"""A column added later is not in a grant of columns: lets auditor and clock read which batch a paper is of."""

from django.conf import settings
from django.db import migrations

GRANT = 'grant select (batch_id) on documents_paper to "{prefix}_auditor", "{prefix}_clock";'
REVOKE = 'revoke select (batch_id) on documents_paper from "{prefix}_auditor", "{prefix}_clock";'


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_batches")]
    operations = [
        migrations.RunSQL(*(sql.replace("{prefix}", settings.DATABASE_ROLE_PREFIX) for sql in (GRANT, REVOKE)))
    ]
