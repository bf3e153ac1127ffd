"""Undoing an import: the database is as before, row for row; or it is refused, and what stands on it is named."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError
from django.utils.text import camel_case_to_spaces

from clients.models import Person
from monitoring.models import Assessment, Business
from ppks.audit.models import Look, Source
from ppks.intake.desk import asking
from ppks.intake.importing import import_list
from ppks.intake.models import Import, Trace
from ppks.intake.stages import Stage
from ppks.kit import dates
from tests.factories import VisitFactory, moved, visited
from tests.intake.desk import RECIPIENTS, changed_since, decided, dump, page, run_jobs, uploaded
from tests.intake.lists import nik
from tests.intake.test_desk import listed, person
from tests.office import OfficeBrowser, column, door, sql

pytestmark = [pytest.mark.django_db, pytest.mark.long]
REASON = "Ternyata daftar tahun lalu."


@pytest.fixture
def desk(province):
    return OfficeBrowser(province)


def undo(browser: OfficeBrowser, listing: Import):
    """The answer to the button; what it asks for has been done."""
    answer = browser.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": REASON})
    run_jobs()
    return answer


def imported(browser: OfficeBrowser, content: bytes) -> Import:
    listing = decided(browser, uploaded(browser, content))
    assert listing.stage == Stage.DONE
    return listing


def test_the_whole_list_and_back(desk, tailoring, fishery):
    visited(tailoring, 1_000_000, 1_200_000)
    before = dump()
    listing = imported(desk, RECIPIENTS.read_bytes())
    assert changed_since(before) != {}

    answer = undo(desk, listing)

    assert answer.status_code == 302
    assert changed_since(before) == {}
    listing.refresh_from_db()
    assert (listing.stage, listing.source, listing.undo_reason) == (Stage.UNDONE, None, REASON)
    assert REASON in page(desk, listing)
    assert "Dibatalkan" in desk.get("/klien/impor/").content.decode()


def test_and_it_can_be_brought_in_again(desk):
    content = RECIPIENTS.read_bytes()
    undo(desk, imported(desk, content))

    assert imported(desk, content).new == 376


def test_what_the_command_brought_in_can_be_undone_too(desk, province):
    before = dump()
    with door(province, write=True):
        import_list(RECIPIENTS.read_bytes(), name="penerima-2020.xlsx", by=province)

    undo(desk, Import.objects.get())

    assert changed_since(before) == {}


def test_changed_fields_come_back_as_they_were_to_the_last_byte(desk):
    imported(desk, listed(person()))
    visited(Business.objects.get(), 900_000)
    before = dump()
    changed = {
        "phone": "0812-1111-2222",
        "kk": "3522121309119999",
        "turnover_now": 700000,
        "profit": 1,
        "condition": "stagnan",
    }
    listing = imported(desk, listed(person(**changed), signed="Surabaya, 1 Oktober 2026"))
    assert (listing.changed, Business.objects.get().reported_condition) == (1, "stagnant")

    undo(desk, listing)

    assert changed_since(before) == {}


def test_an_earlier_import_waits_for_the_later_one(desk):
    before = dump()
    first = imported(desk, listed(person()))
    between = dump()
    second = imported(desk, listed(person(turnover_now=700000), signed="Surabaya, 1 Oktober 2026"))

    answer = undo(desk, first)
    assert "Belum dapat dibatalkan" in answer.content.decode()
    undo(desk, second)
    assert changed_since(between) == {}
    undo(desk, first)

    assert changed_since(before) == {}


def later_visit(person: Person) -> None:
    VisitFactory(business=person.businesses.get())


def later_visit_to_a_business_of_before(person: Person) -> None:
    visited(person.businesses.get(), 900_000)


def later_step(person: Person) -> None:
    moved(person, "lose_contact")


def later_edit(person: Person) -> None:
    sql("update clients_person set note = 'ditambah petugas' where id = %s", person.pk)


def later_snooze(person: Person) -> None:
    today = dates.today()
    sql(
        "update monitoring_duevisit set snoozed_on = %s, snoozed_until = %s, snooze_reason = 'banjir'",
        today,
        today + timedelta(days=9),
    )


@pytest.mark.parametrize(
    ("happens", "named"),
    [
        (later_visit, "Kunjungan"),
        (later_step, "Keadaan orang diubah"),
        (later_edit, "Data orang diubah"),
        (later_snooze, "Jadwal kunjungan"),
    ],
)
def test_it_is_refused_when_later_work_stands_on_it(desk, happens, named):
    listing = imported(desk, listed(person()))
    marsinah = Person.objects.get()
    happens(marsinah)
    before = dump()

    answer = undo(desk, listing)

    shown = answer.content.decode()
    assert (answer.status_code, "Belum dapat dibatalkan" in shown) == (200, True)
    assert f'href="/klien/{marsinah.pk}/"' in shown
    assert Look.objects.filter(subject=marsinah.identity_id, page="import_undo").count() == 1
    assert changed_since(before) == {}
    assert Import.objects.get(pk=listing.pk).stage == Stage.DONE


def test_work_on_many_is_told_by_its_kind_and_a_few_names(desk):
    listing = imported(desk, listed(*(person(name=f"Orang Ke{n}", nik=nik(n), kk="") for n in range(1, 7))))
    for one in Person.objects.all():
        later_step(one)

    shown = " ".join(undo(desk, listing).content.decode().split())

    assert shown.count("Keadaan orang diubah:") == 1
    assert "<summary>3 lagi</summary>" in shown
    assert all(f'href="/klien/{one.pk}/"' in shown for one in Person.objects.all())


def test_a_later_change_of_the_same_field_stands_on_it(desk):
    imported(desk, listed(person()))
    listing = imported(desk, listed(person(phone="0812-1111-2222")))
    Person.objects.update(phone="+6281333333333")

    assert "Belum dapat dibatalkan" in undo(desk, listing).content.decode()


def test_a_later_change_of_another_field_does_not(desk):
    imported(desk, listed(person()))
    listing = imported(desk, listed(person(phone="0812-1111-2222")))
    Person.objects.update(note="lain")

    assert undo(desk, listing).status_code == 302
    assert (Person.objects.get().phone, Person.objects.get().note) == ("+6281091855933", "lain")


def test_figures_of_a_business_that_was_visited_since_stay(desk):
    imported(desk, listed(person()))
    listing = imported(desk, listed(person(turnover_now=700000), signed="Surabaya, 1 Oktober 2026"))
    visited(Business.objects.get(), 800_000)

    assert "Belum dapat dibatalkan" in undo(desk, listing).content.decode()


def test_the_history_keeps_who_was_taken_out_and_by_whom(desk, province):
    listing = imported(desk, listed(person()))

    undo(desk, listing)

    assert sql("select name, (pgh_context->>'user')::bigint from clients_personevent where pgh_label = 'undo'") == [
        ("Marsinah Rahayu", province.pk)
    ]
    listing.refresh_from_db()
    assert listing.undone_by_id == province.pk


def test_an_office_undoes_its_own_imports_only(desk, officer, stranger):
    of_province, of_bojonegoro = imported(desk, listed(person())), None
    officers = OfficeBrowser(officer)
    of_bojonegoro = imported(officers, listed(person(phone="0812-1111-2222")))
    assert officers.get(f"/klien/impor/{of_province.pk}/batalkan/").status_code == 404
    assert OfficeBrowser(stranger).get(f"/klien/impor/{of_bojonegoro.pk}/batalkan/").status_code == 404
    for user, source in ((stranger, of_bojonegoro.source_id), (officer, of_province.source_id)):
        with pytest.raises(DatabaseError, match="bukan milik kantor Anda"), door(user, write=True):
            sql("select undo_import(%s, 'alasan')", source)

    assert undo(officers, of_bojonegoro).status_code == 302


def test_a_reason_is_asked(desk):
    listing = imported(desk, listed(person()))

    assert desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": "salah"}).status_code == 422
    assert Source.objects.count() == 1


def test_no_role_deletes_facts_or_reads_traces(officer, province, desk):
    imported(desk, listed(person()))
    imported(desk, listed(person(phone="0812-1111-2222")))
    assert Trace.objects.filter(before__isnull=False).count() == 1

    for user in (officer, province):
        for statement in ("delete from clients_stay", "delete from grants_pastgrant", "select 1 from intake_trace"):
            with pytest.raises(DatabaseError, match="permission denied"), door(user, write=True):
                sql(statement)


FUNCTIONS = (
    "undo_import(bigint, text)",
    "stands_on_import(bigint, integer)",
    "made_by_list(bigint, text)",
    "may_undo(bigint)",
    "registered_elsewhere(text[])",
    "trace_what_a_list_changes()",
    "refresh_statistics_of_lists()",
    "keys_for_list(text, integer)",
)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_functions_are_closed_to_the_public(function):
    assert column("select has_function_privilege('public', %s, 'execute')", function) == [False]


def test_keys_are_given_for_rows_that_lists_make_and_no_others(province):
    with door(province, write=True):
        one, other = column("select * from keys_for_list('clients_person', 2)")
        assert one != other

    with pytest.raises(DatabaseError, match="Daftar tidak membuat"), door(province, write=True):
        column("select * from keys_for_list('accounts_user', 1)")


def test_an_import_makes_no_assessment_twice(desk):
    imported(desk, listed(person()))

    assert Assessment.objects.count() == 1


def test_whatever_may_stand_on_an_import_has_a_name_in_indonesian():
    lists = {model for model in apps.get_models() if model._meta.db_table in sql("select tables_of_lists()")[0][0]}
    standing = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model in lists and getattr(field, "db_constraint", True)
    }
    unnamed = {
        model.__name__
        for model in standing
        if model._meta.db_table not in asking.CALLED
        and model._meta.verbose_name == camel_case_to_spaces(model.__name__)
    }

    assert len(standing) > 20
    assert unnamed == set()
