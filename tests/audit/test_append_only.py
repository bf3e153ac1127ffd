"""What is said once stays said: facts are added, and no case role, by no SQL, changes or takes one back."""

from datetime import timedelta

import pytest
from django.apps import apps

from monitoring.models import Visit
from ppks.kit import dates
from ppks.kit.reference import Reference
from ppks.kit.roles import APP, ENTERED, database_role
from tests.factories import ListedFigureFactory, PastGrantFactory, StayFactory, visited
from tests.office import bare, column, door, refused, sql
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

APPEND_ONLY = (
    "audit_look",
    "audit_source",
    "clients_category",
    "clients_consent",
    "clients_consentwithdrawal",
    "clients_decile",
    "clients_disability",
    "clients_householdfact",
    "clients_personevent",
    "clients_personstep",
    "clients_stay",
    "counts_daycount",
    "counts_firstgrant",
    "documents_attachment",
    "documents_paper",
    "documents_revocation",
    "feedback_attempt",
    "feedback_contactlook",
    "feedback_feedbackanswer",
    "feedback_feedbacknote",
    "feedback_feedbackstep",
    "feedback_salt",
    "grants_account",
    "grants_allocation",
    "grants_allocationbalance",
    "grants_allocationchange",
    "grants_applicationbalance",
    "grants_applicationdocument",
    "grants_applicationevent",
    "grants_applicationstep",
    "grants_bounce",
    "grants_budgetbalance",
    "grants_budgetitemevent",
    "grants_budgetline",
    "grants_businessplanevent",
    "grants_ceilingchange",
    "grants_chainlink",
    "grants_coverletter",
    "grants_decreestep",
    "grants_deductionstep",
    "grants_disbursement",
    "grants_eligibilitycheck",
    "grants_entry",
    "grants_flagresolution",
    "grants_ledgercheck",
    "grants_orderproof",
    "grants_otheraid",
    "grants_pastgrant",
    "grants_paymentorder",
    "grants_rank",
    "grants_receiptcheck",
    "grants_receiptsample",
    "grants_recovery",
    "grants_reportstep",
    "grants_ruleset",
    "grants_sampleddisbursement",
    "grants_score",
    "grants_skip",
    "grants_verification",
    "grants_waiver",
    "independence_agreement",
    "independence_certificate",
    "independence_graduationstep",
    "independence_homevisit",
    "independence_proposal",
    "independence_place",
    "independence_readiness",
    "independence_relapse",
    "intake_trace",
    "meetings_decisionstep",
    "meetings_meetingstep",
    "monitoring_assessment",
    "monitoring_duevisitevent",
    "monitoring_listedfigure",
    "monitoring_override",
    "monitoring_skillfit",
    "monitoring_tally",
    "monitoring_tallyday",
    "monitoring_visit",
    "monitoring_visitaid",
    "monitoring_visitobstacle",
    "monitoring_visitpermit",
    "monitoring_visitphoto",
    "plans_actionstep",
    "plans_experience",
    "plans_experiencetally",
    "plans_helpalert",
    "plans_planactionevent",
    "plans_plancause",
    "plans_planeffect",
    "plans_planevent",
    "plans_planstep",
    "referrals_referrallink",
    "referrals_referralstep",
)
CHANGING = {  # every other case table, and what some case role may do to its rows beside adding them
    "audit_export": {"update"},
    "clients_person": {"update"},
    "documents_batch": {"update"},
    "feedback_feedback": {"update"},
    "grants_application": {"update"},
    "grants_budgetitem": {"update", "delete"},
    "grants_businessplan": {"update"},
    "grants_call": {"update"},
    "grants_decree": {"update"},
    "grants_decreeline": {"update", "delete"},
    "grants_deduction": {"update"},
    "grants_fundreturn": {"delete"},
    "grants_hold": {"update"},
    "grants_purchase": {"update", "delete"},
    "grants_report": {"update"},
    "inbox_notice": {"update"},
    "independence_graduation": {"update"},
    "intake_import": {"update"},
    "intake_ownheading": {"update"},
    "intake_progress": {"update"},
    "meetings_agendaitem": {"update", "delete"},
    "meetings_decision": {"update"},
    "meetings_input": {"update"},
    "meetings_meeting": {"update"},
    "meetings_meetingregion": {"delete"},
    "meetings_participant": {"update", "delete"},
    "monitoring_business": {"update"},
    "monitoring_draft": {"update", "delete"},
    "monitoring_duevisit": {"update"},
    "monitoring_upload": {"delete"},
    "plans_helpneed": {"update"},
    "plans_plan": {"update"},
    "plans_planaction": {"update"},
    "referrals_referral": {"update"},  # its version, to lock it; a trigger lets nothing but a step change it
}
CASE_APPS = (
    "audit",
    "clients",
    "counts",
    "documents",
    "feedback",
    "grants",
    "inbox",
    "independence",
    "intake",
    "meetings",
    "monitoring",
    "plans",
    "referrals",
)
CASE_TABLES = {
    model._meta.db_table
    for label in CASE_APPS
    for model in apps.get_app_config(label).get_models()
    if not issubclass(model, Reference)
}

KEYS = {model._meta.db_table: model._meta.pk.column for model in apps.get_models()}


@pytest.fixture
def facts(ngatini, tailoring):
    visited(tailoring, 1_000_000, 1_200_000)
    ListedFigureFactory(business=tailoring)
    PastGrantFactory(person=ngatini)
    StayFactory(person=ngatini)


@pytest.mark.parametrize("username", ["bojonegoro", "provinsi", "upt", "auditor", "mitra", "admin"])
def test_a_fact_is_neither_changed_nor_taken_back(facts, username):
    with door(member(username), write=True):
        for table in APPEND_ONLY:
            key = KEYS[table]
            for attempt in (f"update {table} set {key} = {key}", f"delete from {table}", f"truncate {table} cascade"):
                with refused(f"permission denied for table {table}"):
                    sql(attempt)


def test_nor_outside_a_door(facts):
    with bare():
        for table in APPEND_ONLY:
            for attempt in (f"delete from {table}", f"truncate {table} cascade"):
                with refused(f"permission denied for table {table}"):
                    sql(attempt)


def may(role: str, table: str, verb: str) -> bool:
    """On the whole table, or on any of its columns where the verb knows columns."""
    asked = "has_table_privilege" if verb == "delete" else "has_any_column_privilege"
    return column(f"select {asked}(%s, %s, %s)", database_role(role), table, verb) == [True]


def test_every_case_table_is_named_here():
    assert {*APPEND_ONLY, *CHANGING} == CASE_TABLES


def test_only_these_case_tables_can_be_changed_by_any_role_and_only_so():
    changing = {
        table: {verb for verb in ("update", "delete") if any(may(role, table, verb) for role in (*ENTERED, APP))}
        for table in CASE_TABLES
    }

    assert {table: verbs for table, verbs in changing.items() if verbs} == CHANGING


def test_computed_columns_of_a_business_are_written_by_triggers_only(facts, officer, tailoring):
    with door(officer, write=True):
        for name, value in (
            ("category", "'growing'"),
            ("last_turnover", "9"),
            ("region_id", "3523"),
            ("person_id", "1"),
        ):
            with refused("permission denied for table monitoring_business"):
                sql(f"update monitoring_business set {name} = {value}")


def test_nobody_forges_history(facts, officer):
    with door(officer, write=True), refused("permission denied for table clients_personevent"):
        sql("insert into clients_personevent select * from clients_personevent")


def test_not_even_the_owner_rewrites_history_in_passing(facts):
    with refused("Cannot update or delete rows from clients_personevent"):
        sql("update clients_personevent set name = 'lain'")


def visit(business, by, **fields) -> Visit:
    usual = {"visited_on": dates.today(), "met": "owner", "operating": True}
    return Visit.objects.create(business=business, by=by, **usual | fields)


def test_a_visit_cannot_be_written_in_anothers_name(tailoring, officer, stranger):
    with door(officer, write=True):
        with refused("Kunjungan hanya dapat dicatat atas nama sendiri"):
            visit(tailoring, stranger)
        assert visit(tailoring, officer).pk


def test_a_visit_cannot_be_in_the_future(tailoring, officer):
    with door(officer, write=True), refused("Tanggal kunjungan tidak boleh sesudah hari ini"):
        visit(tailoring, officer, visited_on=dates.today() + timedelta(days=1))
