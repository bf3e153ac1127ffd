"""Whether a business fits what its owner has learned, reckoned wherever a trade, a training or an experience changes."""

import django.db.models.deletion
import ppks.kit.rows
from django.db import migrations, models

FUNCTIONS = r"""
-- Families of skills by stems of words: long ones begin a word, short ones are the whole of it, phrases stand as they are.
-- `grants.applications.skills.FAMILIES` says the same in Python.
create function monitoring_skill_families(words text) returns text[] language sql immutable as $f$
  select coalesce(array_agg(family), '{}') from (values
    ('menjahit',
     'jahit|konveksi|permak|vermak|bordir|sulam|busana|modiste|tailor|payet', '', ''),
    ('membatik',
     'batik|ecoprint|jumputan|tenun', '', ''),
    ('memasak dan mengolah makanan',
     'masak|kuliner|katering|makanan|minuman|keripik|kerupuk|tempe|bumbu|sambal|bakso|gorengan|jajan', 'boga|kue|roti|tahu|nasi|kopi', 'telur asin|warung makan'),
    ('memijat',
     'pijat|mijat|refleksi|massage|bekam', '', ''),
    ('tata rias dan rambut',
     'salon|pangkas|barber|kecantikan', 'rias', 'potong rambut'),
    ('bengkel',
     'bengkel|otomotif|montir', '', 'sepeda motor|tambal ban'),
    ('las dan logam',
     'teralis|logam', 'las|elas', ''),
    ('servis elektronik',
     'elektronik|komputer|handphone', '', 'servis hp'),
    ('pertukangan kayu',
     'mebel|meubel|tukang', 'kayu', ''),
    ('kerajinan',
     'kerajinan|anyam|keset|souvenir|handycraft|handicraft|sablon|sepatu', 'sapu', ''),
    ('bertani dan beternak',
     'ternak|kambing|bebek|sayur|hidroponik', 'tani|sapi|ayam|lele', ''),
    ('berdagang',
     'dagang|kelontong|pracangan|jualan|pulsa', 'toko|jual', ''),
    ('mencuci',
     'laundry|penatu', 'cuci', '')
  ) known (family, long, short, phrases)
  cross join lateral (select trim(regexp_replace(lower(words), '[^a-z]+', ' ', 'g')) as plain) said
  where plain ~ ('(^| )(me|men|mem|meng|pe|pen|pem|peng|ber|be)?(' || nullif(long, '') || ')')
     or plain ~ ('(^| )(me|men|mem|meng|pe|pen|pem|peng|ber|be)?(' || nullif(short, '') || ')( |$)')
     or plain ~ ('(^| )(' || nullif(phrases, '') || ')( |$)')
$f$;

create function monitoring_reckon_fit(businesses bigint[]) returns void
language sql security definer set search_path = public, pg_temp as $f$
  insert into monitoring_skillfit (business_id, fit)
  select business.id, case
    when needed && (monitoring_skill_families(coalesce(learned.words, '')) || monitoring_skill_families(coalesce(experience, '')))
      then 'fits'
    when needed = '{}' or (learned.words is null and trim(coalesce(experience, '')) = '') then 'unknown'
    else 'other' end
  from monitoring_business business
  left join monitoring_trade trade on trade.id = business.trade_id
  cross join lateral (
    select monitoring_skill_families(concat_ws(' ', trade.name, business.trade_as_written)) as needed
  ) trade_words
  left join lateral (
    select string_agg(training, ' . ') as words from clients_stay
    where person_id = business.person_id and trim(training) <> ''
  ) learned on true
  left join lateral (
    select plan.experience from grants_application application
    left join grants_businessplan plan on plan.application_id = application.id
    where application.person_id = business.person_id order by application.id desc limit 1
  ) newest on true
  where business.id = any (businesses)
  on conflict (business_id) do update set fit = excluded.fit where monitoring_skillfit.fit <> excluded.fit
$f$;
revoke all on function monitoring_reckon_fit(bigint[]) from public;

create function monitoring_fits_of_people(people bigint[]) returns void
language sql security definer set search_path = public, pg_temp as $f$
  select monitoring_reckon_fit(array(select id from monitoring_business where person_id = any (people)))
$f$;
revoke all on function monitoring_fits_of_people(bigint[]) from public;

create function monitoring_fit_of_new() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  perform monitoring_reckon_fit(array(select id from added));
  return null;
end $f$;
create trigger reckons_fit_of_new after insert on monitoring_business referencing new table as added
  for each statement execute function monitoring_fit_of_new();

create function monitoring_fit_of_changed() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  perform monitoring_reckon_fit(array(
    select added.id from added join removed on removed.id = added.id
    where (added.trade_id, added.trade_as_written, added.person_id)
      is distinct from (removed.trade_id, removed.trade_as_written, removed.person_id)));
  return null;
end $f$;
create trigger reckons_fit_of_changed after update on monitoring_business referencing old table as removed new table as added
  for each statement execute function monitoring_fit_of_changed();

create function monitoring_fit_of_gone() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  delete from monitoring_skillfit where business_id in (select id from removed);
  return null;
end $f$;
create trigger reckons_fit_of_gone after delete on monitoring_business referencing old table as removed
  for each statement execute function monitoring_fit_of_gone();

create function monitoring_fit_of_trained() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  perform monitoring_fits_of_people(array[new.person_id]);
  return null;
end $f$;
create trigger reckons_fit_of_trained after insert on clients_stay
  for each row when (new.training <> '') execute function monitoring_fit_of_trained();
create trigger reckons_fit_of_trained_again after update of training, person_id on clients_stay
  for each row execute function monitoring_fit_of_trained();

create function monitoring_fit_of_applicant() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $f$
begin
  perform monitoring_fits_of_people(array(select person_id from grants_application where id = new.application_id));
  return null;
end $f$;
create trigger reckons_fit_of_applicant after insert or update of experience on grants_businessplan
  for each row execute function monitoring_fit_of_applicant();

select monitoring_reckon_fit(array(select id from monitoring_business));
"""
BACK = """
drop trigger reckons_fit_of_applicant on grants_businessplan;
drop trigger reckons_fit_of_trained on clients_stay;
drop trigger reckons_fit_of_trained_again on clients_stay;
drop trigger reckons_fit_of_new on monitoring_business;
drop trigger reckons_fit_of_changed on monitoring_business;
drop trigger reckons_fit_of_gone on monitoring_business;
drop function monitoring_fit_of_applicant(), monitoring_fit_of_trained(), monitoring_fit_of_gone(),
  monitoring_fit_of_changed(), monitoring_fit_of_new(), monitoring_fits_of_people(bigint[]),
  monitoring_reckon_fit(bigint[]), monitoring_skill_families(text);
"""
ROWS = ppks.kit.rows.Rows(
    may={"auditor": "select", "province": "select", "region": "select"},
    name="skill_fit_rows",
    see={"auditor": "*", "province": "*", "region": "business__region"},
)


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0011_watch_calendar"),
        ("clients", "0009_scans_for_the_auditor"),
        ("grants", "0010_triggers_run_as_the_owner"),
    ]
    operations = [
        migrations.CreateModel(
            name="SkillFit",
            fields=[
                (
                    "business",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="skill_fit",
                        serialize=False,
                        to="monitoring.business",
                    ),
                ),
                (
                    "fit",
                    models.TextField(
                        choices=[
                            ("fits", "Sesuai keterampilan"),
                            ("other", "Tidak sesuai keterampilan"),
                            ("unknown", "Belum dapat dinilai"),
                        ]
                    ),
                ),
            ],
            options={"constraints": [ROWS]},
        ),
        migrations.RunSQL(FUNCTIONS, BACK),
    ]
