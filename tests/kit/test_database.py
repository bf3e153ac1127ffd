"""The database holds exactly what the code declares: policies, grants, functions, and no table that nobody spoke for."""

import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from ppks.accounts.apps import CLOSED, OTHERS
from ppks.kit.roles import APP, database_role
from ppks.kit.rows import rows_of
from tests.office import column, sql

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name in settings.OWN_APPS
    for model in config.get_models(include_auto_created=True)
]
FOR_THE_OWNER_ALONE = (  # steps of triggers and of functions below
    "feedback_sender",
    "feedback_too_many",
    "grants_post",
    "monitoring_fits_of_people",
    "monitoring_reckon_fit",
    "plans_compact_experiences",
    "plans_reckon_help",
    "referral_data",
)
MAY_BE_CALLED = {  # a further one needs a line in docs/decisions/
    "search_people": {"province", "region", "upt"},
    "province_figures": {"region"},
    "registered_elsewhere": {"province", "region"},
    "stands_on_import": {"province", "region"},
    "undo_import": {"province", "region"},
    "refresh_statistics_of_lists": {"province", "region"},
    "keys_for_list": {"province", "region"},
    "counts_after_a_list": {"province", "region"},
    "inbox_notify": {"province", "region", "upt", "partner", "clock"},
    "check_paper": {"public"},
    "submit_feedback": {"public"},
    "feedback_status": {"public"},
    "consent_holds": {"partner", "province", "region", "auditor"},
    "referrals_shared": {"partner", "province", "region"},
    "referral_link_state": {"public"},
    "referral_link_about": {"public"},
    "referral_link_open": {"public"},
    "referral_link_answer": {"public"},
    "plans_what_helped": {"province", "region", "auditor"},
    "grants_lock_money": {"province"},
    "grants_overdue_reports": {"province", "region", "clock"},
    "grants_receipt_used": {"region"},
    "grants_paid_into_other_accounts": {"province", "auditor"},
} | dict.fromkeys(FOR_THE_OWNER_ALONE, frozenset())

GRANTS = """
with granted as (
  select relname, null as column_name, relowner, acl.*
    from pg_class, aclexplode(relacl) as acl where relnamespace = 'public'::regnamespace
  union all
  select relname, attname, relowner, acl.*
    from pg_attribute join pg_class on pg_class.oid = attrelid, aclexplode(attacl) as acl
    where relnamespace = 'public'::regnamespace
)
select relname::text, case grantee when 0 then 'public' else pg_get_userbyid(grantee)::text end,
  lower(privilege_type), column_name::text
from granted where grantee <> relowner
"""


def declared_grants():
    """(table, role, verb, column or None) of every `may`, without what `hide` leaves out, and of the packages' tables."""
    for model in OURS:
        rows, table = rows_of(model), model._meta.db_table
        for role, verbs in rows.may.items():
            shown = [f.column for f in model._meta.concrete_fields if f.name not in rows.hide.get(role, ())]
            for verb, columns in each_verb(verbs):
                of = shown if verb == "select" and role in rows.hide else columns
                yield from ((table, database_role(role), verb, name) for name in of or [None])
    for table, roles in OTHERS.items():
        for role, verbs in roles.items():
            yield from (
                (table, database_role(role), verb, name) for verb, of in each_verb(verbs) for name in of or [None]
            )


def each_verb(verbs: str):
    """`select, update (a, b)` is select of the whole table and update of two columns."""
    for verb, columns in re.findall(r"(\w+)(?: \(([^)]*)\))?(?:, |$)", verbs):
        yield verb, [name.strip() for name in columns.split(",") if name]


def test_the_grants_are_exactly_those_declared():
    assert set(sql(GRANTS)) == set(declared_grants())


def test_the_policies_are_exactly_those_declared():
    declared = {
        (model._meta.db_table, role, f"{{{database_role(role)}}}", "ALL", "PERMISSIVE")
        for model in OURS
        for role in rows_of(model).see
    }

    found = sql("select tablename, policyname, roles::text, cmd, permissive from pg_policies")

    assert set(found) == declared


def test_the_conditions_of_the_policies_are_those_that_the_models_say_today():
    conditions = "select tablename, policyname, qual, with_check from pg_policies order by 1, 2"
    before = sql(conditions)

    with connection.schema_editor() as editor:
        for model in OURS:
            editor.remove_constraint(model, rows_of(model))
            editor.add_constraint(model, rows_of(model))

    assert sql(conditions) == before


def test_row_level_security_is_on_for_every_table_of_ours():
    guarded = column(
        "select relname::text from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace"
    )

    assert sorted(guarded) == sorted(model._meta.db_table for model in OURS)


def test_a_role_that_sees_rows_may_ask_for_them_and_the_other_way_round():
    for model in OURS:
        rows = rows_of(model)
        assert set(rows.see) == set(rows.may), model.__name__


def test_tables_that_are_not_ours_are_all_spoken_for():
    ours = {model._meta.db_table for model in OURS}

    assert set(connection.introspection.table_names()) - ours == set(OTHERS) | CLOSED


def test_functions_that_run_as_the_owner_are_the_triggers_and_those_listed():
    of_the_owner = sql("""
        select proname::text, prorettype = 'trigger'::regtype, proconfig from pg_proc
        where prosecdef and pronamespace = 'public'::regnamespace
    """)

    assert {name for name, is_trigger, _ in of_the_owner if not is_trigger} == set(MAY_BE_CALLED)
    assert all(setting == ["search_path=public, pg_temp"] for _, _, setting in of_the_owner)


def test_triggers_all_run_as_the_owner():
    others = column("""
        select proname::text from pg_proc
        where prorettype = 'trigger'::regtype and pronamespace = 'public'::regnamespace and not prosecdef
    """)

    assert others == []


def test_no_function_of_ours_is_open_to_the_public():
    open_to_all = column("""
        select proname::text from pg_proc
        where pronamespace = 'public'::regnamespace and has_function_privilege('public', oid, 'execute')
          and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')
    """)

    assert open_to_all == []


@pytest.mark.parametrize("function", MAY_BE_CALLED)
def test_a_function_that_runs_as_the_owner_is_called_by_the_roles_named_only(function):
    callers = column(
        """
        select rolname::text from pg_roles, pg_proc
        where proname = %s and has_function_privilege(pg_roles.oid, pg_proc.oid, 'execute')
          and rolname like %s and pg_roles.oid <> proowner
        """,
        function,
        f"{settings.DATABASE_ROLE_PREFIX}\\_%",
    )

    assert set(callers) == {database_role(role) for role in MAY_BE_CALLED[function]}


@pytest.mark.parametrize("function", MAY_BE_CALLED)
def test_a_decision_tells_why_a_function_runs_as_the_owner(function):
    decisions = [path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "docs" / "decisions").glob("*.md")]

    assert [text for text in decisions if function in text] != []


def test_nobody_may_make_temporary_tables_that_shadow_real_ones():
    assert column("select has_database_privilege('public', current_database(), 'temporary')") == [False]


def test_nobody_but_the_owner_may_make_anything_in_the_schema():
    assert column("select has_schema_privilege('public', 'public', 'create')") == [False]


def test_the_role_of_pages_asks_without_workers_and_without_compiling():
    kept = column("select unnest(rolconfig) from pg_roles where rolname = %s", database_role(APP))
    assert {"max_parallel_workers_per_gather=0", "jit=off"} <= set(kept)
