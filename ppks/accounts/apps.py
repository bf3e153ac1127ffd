"""Grants on packages' tables, and trigger functions that run as the owner: put right after every `migrate`."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from ppks.kit.roles import ADMIN, APP, CLOCK, OFFICES, database_role

FULL = "select, insert, update, delete"
ENQUEUE = dict.fromkeys((*OFFICES, ADMIN, CLOCK), "insert")
OTHERS = {
    "django_session": {APP: FULL, ADMIN: FULL, CLOCK: "select (expire_date), delete"},
    "django_content_type": {APP: "select", ADMIN: "select"},
    "django_admin_log": {ADMIN: "select, insert"},
    "django_migrations": {APP: "select"},
    "axes_accessattempt": {APP: FULL, ADMIN: "select, delete"},
    "axes_accessattemptexpiration": {APP: FULL, ADMIN: "select, delete"},
    "axes_accessfailurelog": {APP: FULL},
    "axes_accesslog": {APP: FULL},
    "otp_totp_totpdevice": {APP: FULL, ADMIN: "select, delete"},
    "django_tasks_database_dbtaskresult": {APP: FULL} | ENQUEUE | {CLOCK: "insert, select (finished_at), delete"},
}
CLOSED = {"auth_group", "auth_group_permissions", "auth_permission", "pghistory_context"}  # nobody needs these
# Trigger functions write history and status on behalf of roles that may not; pgtrigger.ignore is for the owner alone.
TRIGGERS = """
do $$
declare f regprocedure;
begin
  for f in select oid::regprocedure from pg_proc
           where proname like 'pgtrigger\\_%' and pronamespace = 'public'::regnamespace loop
    execute format('alter function %s security definer set search_path = public, pg_temp', f);
  end loop;
  if to_regprocedure('public._pgtrigger_should_ignore(name)') is not null then
    create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean language sql stable as
    $f$ select current_setting('role') = 'none' and pg_has_role(session_user, 'OWNER', 'usage')
        and trigger_name::text = any (nullif(current_setting('pgtrigger.ignore', true), '')::text[]) $f$;
  end if;
end $$;
"""


def put_right(sender, using, **kwargs) -> None:
    """Safe to run again; leaves tables alone that are not there yet."""
    with connections[using].cursor() as cursor:
        present = set(connections[using].introspection.table_names(cursor))
        for table, roles in OTHERS.items():
            if table in present:
                for role, commands in roles.items():
                    cursor.execute(f'grant {commands} on "{table}" to "{database_role(role)}"')
        cursor.execute(TRIGGERS.replace("OWNER", database_role("owner")))


class AccountsConfig(AppConfig):
    name = "ppks.accounts"
    label = "accounts"
    verbose_name = "Pengguna"

    def ready(self):
        from ppks.accounts import admin, navigation, periodic, sessions  # noqa: F401

        post_migrate.connect(put_right, sender=self)
