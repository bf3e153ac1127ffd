"""Whether a consent was taken back since it was given, for policies of roles that reach no consent.

It answers yes or no and looks at no role: who may see a referral may know whether its consent holds.
"""

from django.conf import settings
from django.db import migrations

SQL = """
create function consent_holds(consent bigint) returns boolean
language sql stable security definer set search_path = public, pg_temp as $body$
  select exists (
    select from clients_consent given where given.id = consent and not exists (
      select from clients_consent word join clients_consentwithdrawal back on back.consent_id = word.id
      where word.person_id = given.person_id and word.purpose = given.purpose
        and (word.given_on, word.id) >= (given.given_on, given.id)))
$body$;
revoke all on function consent_holds(bigint) from public;
grant execute on function consent_holds(bigint) to {prefix}_partner, {prefix}_province, {prefix}_region, {prefix}_auditor;
"""


class Migration(migrations.Migration):
    dependencies = [("clients", "0006_consents")]
    operations = [
        migrations.RunSQL(
            SQL.replace("{prefix}", settings.DATABASE_ROLE_PREFIX), "drop function consent_holds(bigint)"
        )
    ]
