"""The auditor: the whole province, masked; not even raw SQL in his role tells a name, a number, an address or a note."""

import pytest
from django.apps import apps
from django.db import connection

from clients.models import PERSONAL, ConsentWithdrawal, Person
from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.roles import AUDITOR, database_role
from ppks.kit.rows import rows_of
from tests.about import about
from tests.addresses import KNOWN, address, text_of
from tests.factories import ConsentFactory, PastGrantFactory, StayFactory, VisitFactory, moved
from tests.office import column, door, refused, sql
from tests.people import BOJONEGORO

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

TELLING = {
    "name": "Ngatini Sukaesih",
    "birth_place": "Kalitidu",
    "phone": "+6281234567890",
    "address": "Jalan Teuku Umar 14",
    "note": "Tinggal bersama ibunya",
}
WORDS = [*TELLING.values(), "Ngatini", "ngatini", "3522********0001", "0812", "Sakit jantung", "Rahasia kunjungan"]
WORDS += ["Saksi Sumini", "Wali Sumarni", "Alasan pencabutan"]
HIDDEN = {
    "accounts_user": ["password", "email", "last_login"],
    "clients_consent": ["witness", "guardian"],
    "clients_consentwithdrawal": ["reason"],
    "clients_person": PERSONAL,
    "clients_personstep": ["note"],
    "documents_attachment": ["name", "subjects"],
    "documents_paper": ["code", "subjects"],
    "feedback_feedback": ["secret_digest", "form_digest", "text", "name", "contact"],
    "feedback_feedbackanswer": ["text"],
    "feedback_feedbacknote": ["text"],
    "feedback_feedbackstep": ["note"],
    "grants_account": ["number", "holder"],
    "grants_applicationstep": ["note"],
    "grants_businessplan": ["experience", "place", "helpers"],
    "grants_decreestep": ["note"],
    "grants_deductionstep": ["note"],
    "grants_flagresolution": ["reason"],
    "grants_purchase": ["seller"],
    "grants_receiptcheck": ["said", "deducted_by"],
    "grants_recovery": ["reason"],
    "grants_reportstep": ["note"],
    "grants_score": ["justification"],
    "grants_verification": ["place", "met", "findings"],
    "grants_waiver": ["reason"],
    "independence_agreement": ["witness"],
    "independence_graduationstep": ["note"],
    "independence_homevisit": ["met", "findings"],
    "meetings_agendaitem": ["text", "dropped_reason", "discussion"],
    "meetings_decisionstep": ["note"],
    "meetings_input": ["text", "outcome_reason"],
    "meetings_meetingstep": ["note"],
    "meetings_participant": ["name"],
    "monitoring_duevisit": ["snooze_reason"],
    "monitoring_override": ["reason"],
    "monitoring_visit": ["note", "help_wanted", "latitude", "longitude"],
    "monitoring_visitobstacle": ["note"],
    "plans_actionstep": ["note"],
    "plans_plan": ["goal"],
    "plans_planaction": ["what"],
    "plans_planstep": ["note"],
    "referrals_referral": ["asked"],
    "referrals_referralstep": ["note"],
}
CLOSED = (
    "accounts_posting",
    "clients_personevent",
    "documents_batch",
    "feedback_attempt",
    "feedback_salt",
    "grants_applicationevent",
    "grants_budgetitemevent",
    "grants_businessplanevent",
    "intake_import",
    "intake_ownheading",
    "intake_progress",
    "intake_trace",
    "monitoring_draft",
    "monitoring_duevisitevent",
    "monitoring_upload",
    "monitoring_visitphoto",
    "plans_experiencetally",
    "plans_planactionevent",
    "plans_planevent",
    "referrals_referrallink",
)


@pytest.fixture
def person(ngatini, tailoring):
    """Ngatini with everything filled in that the auditor may not learn."""
    Person.objects.filter(pk=ngatini.pk).update(**TELLING, name_key="ngatinisukaesih")
    moved(ngatini, "die", note="Sakit jantung")
    StayFactory(person=ngatini)
    PastGrantFactory(person=ngatini)
    VisitFactory(business=tailoring, note="Rahasia kunjungan")
    said = {"witness": "Saksi Sumini", "guardian": "Wali Sumarni", "guardian_relation": "ibu"}
    given = ConsentFactory(person=ngatini, purpose="grant", **said)
    by = User.objects.system()
    ConsentWithdrawal.objects.create(consent=given, withdrawn_on=dates.today(), reason="Alasan pencabutan", by=by)
    return Person.objects.get(pk=ngatini.pk)


@pytest.mark.parametrize(("table", "name"), [(table, name) for table, names in HIDDEN.items() for name in names])
def test_raw_sql_in_his_role_reads_no_hidden_column(auditor, table, name):
    with door(auditor), refused(f"permission denied for table {table}"):
        sql(f"select {name} from {table}")


@pytest.mark.parametrize("table", HIDDEN)
def test_raw_sql_in_his_role_reads_no_whole_row(auditor, table):
    with door(auditor), refused(f"permission denied for table {table}"):
        sql(f"select * from {table}")


def test_what_is_hidden_from_him_is_all_named_here():
    hidden = {
        model._meta.db_table: rows.hide[AUDITOR]
        for model in apps.get_models()
        if (rows := rows_of(model)) and AUDITOR in rows.hide
    }

    assert hidden == HIDDEN


@pytest.mark.parametrize("table", CLOSED)
def test_history_photos_and_drafts_are_closed_to_him(auditor, table):
    with door(auditor), refused(f"permission denied for table {table}"):
        sql(f"select 1 from {table}")


def test_what_is_closed_to_him_is_all_named_here():
    closed = {model._meta.db_table for model in apps.get_models() if (r := rows_of(model)) and AUDITOR not in r.see}

    assert closed == {*CLOSED}


def test_search_is_closed_to_him(person, auditor):
    with door(auditor), refused("permission denied for function search_people"):
        sql("select * from search_people(array['ngatini'], 5)")


def test_he_reads_initials_and_figures_of_the_whole_province(person, marsinah, auditor):
    with door(auditor):
        assert column("select initials from clients_person order by id") == ["N.", "M. R."]
        assert column("select turnover from monitoring_visit") == [1_500_000]


def may(table: str, verb: str) -> bool:
    asked = "has_any_column_privilege" if verb in {"insert", "update"} else "has_table_privilege"
    return column(f"select {asked}(%s, %s, %s)", database_role(AUDITOR), table, verb) == [True]


def test_he_can_write_nothing_but_an_order_of_a_file_and_that_he_read_a_notice():
    writable = {
        (table, verb)
        for table in connection.introspection.table_names()
        for verb in ("insert", "update", "delete", "truncate")
        if may(table, verb)
    }

    job = ("django_tasks_database_dbtaskresult", "insert")
    own = ("inbox_notice", "update")  # that he read it
    assert writable == {("audit_export", "insert"), ("audit_export", "update"), own, job}


@pytest.mark.long
def test_no_page_and_no_file_shows_him_anything_personal(person, tailoring, browse, auditor):
    browser, whom, told = browse(auditor), about(tailoring, auditor), {}

    for name in KNOWN:
        text = text_of(browser.get(address(name, whom)))
        told[name] = [word for word in WORDS if word in text]

    assert {name: words for name, words in told.items() if words} == {}


def test_the_page_of_a_person_shows_him_initials_and_the_place(person, browse, auditor):
    answer = browse(auditor).get(f"/klien/{person.pk}/")

    assert answer.context["person"].shown_name == "N."
    assert [fact["label"] for fact in answer.context["facts"]] == ["Tinggal"]


def test_what_he_loads_carries_no_hidden_value(person, auditor):
    with door(auditor):
        loaded = Person.objects.visible_to(auditor).get()

    assert loaded.get_deferred_fields() == {*PERSONAL}
    assert (loaded.is_masked, loaded.region_id) == (True, BOJONEGORO)


def test_everybody_else_sees_the_name(person, browse, officer):
    assert "Ngatini Sukaesih" in browse(officer).get(f"/klien/{person.pk}/").content.decode()
