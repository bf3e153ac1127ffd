"""The database of the benchmark: migrated, with reference data, users and as many rows as were asked for."""

import time
from contextlib import contextmanager

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from benchmarks.filling import Crowd, fill, reckon
from benchmarks.helping import fill_plans
from benchmarks.independent import fill_independence
from benchmarks.referring import fill_referrals
from ppks.intake.demo.users import make_users
from ppks.kit.owner import as_owner
from ppks.kit.roles import APP, database_role
from ppks.postgres import DATABASE, SUPERUSER

WANTED = "crowd 5, people {people} visits {visits}"  # another number when what is filled in changes
FLOOR = """
drop table if exists benchmark_floor;
create table benchmark_floor as select id, name, region_id from clients_person order by id;
alter table benchmark_floor add primary key (id);
create index on benchmark_floor (region_id, name, id);
grant select on benchmark_floor to "{app}";
"""


@contextmanager
def superuser():
    """A cursor with triggers switched off: filling writes rows as triggers would have left them."""
    login = psycopg2.connect(host=settings.DATABASES["default"]["HOST"], user=SUPERUSER, dbname=DATABASE)
    with login, login.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        yield cursor
    login.close()


def prepare(people: int, visits: int, say) -> None:
    """Migrate and fill; a database that holds just this already is used again."""
    if settings.OWN_DATABASE:
        raise SystemExit("`make bench` fills an embedded database of its own; unset DATABASE_URL.")
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    with as_owner():
        make_users()
        crowd = Crowd(people, visits)
    wanted = WANTED.format(people=people, visits=visits)
    with superuser() as cursor:
        cursor.execute("select obj_description('public'::regnamespace)")
        if cursor.fetchone()[0] == wanted:
            say(f"database: filled before ({wanted})")
            return
    began = time.monotonic()
    with superuser() as cursor:
        cursor.execute("comment on schema public is null")
    for part in (fill, fill_plans, fill_independence, fill_referrals, reckon):
        with superuser() as cursor:
            part(cursor, crowd)
        say(f"database: {part.__name__} after {time.monotonic() - began:.0f} s")
    with superuser() as cursor:
        cursor.execute(FLOOR.format(app=database_role(APP)))
        cursor.execute(f"comment on schema public is '{wanted}'")
    with as_owner():
        connection.ensure_connection()
        connection.connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")
    say(f"database: filled in {time.monotonic() - began:.0f} s ({wanted})")
