"""A withdrawal locks open referrals before their consent, in the order in which an answer takes both; else the two deadlock."""

from django.db import migrations

FUNCTION = """
create or replace function referrals_end_with_their_consent() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
declare
  sent referrals_referral;
  who text := current_setting('ppks.user', true);
begin
  {first}perform from clients_consent where id = new.consent_id for update;
  perform set_config('ppks.user', new.by_id::text, true);
  for sent in
    select referral.* from referrals_referral referral
    where referral.person_id = (select person_id from clients_consent where id = new.consent_id)
      and referral.status in ('sent', 'accepted') and not consent_holds(referral.consent_id)
    order by referral.id for update
  loop
    insert into referrals_referralstep (referral_id, version, move, source, target, by_id, note, effective_on, recorded_at)
      values (sent.id, sent.version + 1, 'withdraw', sent.status, 'withdrawn', new.by_id,
        'Persetujuan berbagi data dicabut.', (now() at time zone 'Asia/Jakarta')::date, now());
  end loop;
  perform set_config('ppks.user', coalesce(who, ''), true);
  return null;
end $body$;
"""
FIRST = "perform from referrals_referral where consent_id = new.consent_id order by id for update;\n  "


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_partners_and_links")]
    operations = [migrations.RunSQL(FUNCTION.replace("{first}", FIRST), FUNCTION.replace("{first}", ""))]
