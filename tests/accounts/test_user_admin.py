"""The admin makes users and postings, and reaches no case data; nobody else reaches the admin."""

import pytest
from django.contrib.admin.models import LogEntry

from ppks.accounts.models import Posting, User
from ppks.regions.models import Institution
from tests.office import door, refused, sql
from tests.people import OWN_OFFICE, OWN_UPT, TUBAN, loaded, office

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

FIRST = "sepeda-motor-tua-biru"


def form(**changes) -> dict[str, object]:
    """What the page of a new user sends: an officer of Tuban."""
    return {
        "username": "Petugas.Tuban",
        "full_name": "Yuliana Safitri",
        "role": "officer",
        "is_active": "on",
        "new_password": FIRST,
        "postings-TOTAL_FORMS": "1",
        "postings-INITIAL_FORMS": "0",
        "postings-0-region": str(TUBAN),
        "postings-0-institution": "",
    } | changes


def errors_of(answer) -> dict[str, list[str]]:
    return dict(answer.context["adminform"].form.errors)


def test_a_new_user_logs_in_with_the_first_password_and_must_change_it(admin, browse, log_in):
    answer = browse(admin).post("/admin/accounts/user/add/", form())

    user = loaded(User.objects.get(username="petugas.tuban"))
    assert (answer.status_code, user.role, user.reach, user.must_change_password) == (302, "officer", [TUBAN], True)
    assert log_in("petugas.tuban", FIRST, follow=True).redirect_chain[-1][0] == "/sandi/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"new_password": ""}, "new_password"),
        ({"new_password": "pendek"}, "new_password"),
        ({"username": "bojonegoro"}, "username"),
        ({"username": "nama dengan spasi"}, "username"),
        ({"role": "raja"}, "role"),
        ({"full_name": ""}, "full_name"),
    ],
)
def test_a_user_who_breaks_a_rule_is_not_made(admin, officer, browse, changes, field):
    before = User.objects.count()

    answer = browse(admin).post("/admin/accounts/user/add/", form(**changes))

    assert (answer.status_code, list(errors_of(answer))) == (200, [field])
    assert User.objects.count() == before


def test_a_posting_is_to_one_place(admin, browse):
    unit = Institution.objects.get(code=OWN_UPT)

    answer = browse(admin).post("/admin/accounts/user/add/", form(**{"postings-0-institution": unit.pk}))

    assert "Pilih satu: kab/kota, UPT, atau kantor mitra." in answer.content.decode()
    assert not Posting.objects.exists()


def test_a_partner_is_posted_to_an_office(admin, browse):
    place = office(OWN_OFFICE)
    post = form(username="mitra", role="partner", **{"postings-0-region": "", "postings-0-office": place.pk})

    browse(admin).post("/admin/accounts/user/add/", post)

    assert loaded(User.objects.get(username="mitra")).reach == [place.pk]


def test_a_new_password_from_the_admin_ends_the_sessions_and_must_be_changed(admin, officer, browse, log_in):
    browser = browse(officer)
    post = form(username="bojonegoro", full_name=officer.full_name, **{"postings-0-region": ""})

    browse(admin).post(f"/admin/accounts/user/{officer.pk}/change/", post)

    assert browser.get("/").url == "/masuk/?next=/"
    assert log_in("bojonegoro", FIRST, follow=True).redirect_chain[-1][0] == "/sandi/"


def test_without_a_new_password_the_old_one_stays(admin, officer, browse, log_in):
    post = form(username="bojonegoro", new_password="", **{"postings-0-region": ""})

    answer = browse(admin).post(f"/admin/accounts/user/{officer.pk}/change/", post)

    assert (answer.status_code, log_in("bojonegoro").url) == (302, "/")
    assert User.objects.get(pk=officer.pk).must_change_password is False


def test_users_are_switched_off_and_never_deleted(admin, officer, browse):
    answer = browse(admin).post(f"/admin/accounts/user/{officer.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    with door(admin, write=True), refused("permission denied for table accounts_user"):
        sql("delete from accounts_user")


def test_the_system_user_is_not_shown(admin, browse):
    system = User.objects.system()

    assert system not in browse(admin).get("/admin/accounts/user/").context["cl"].result_list
    assert browse(admin).get(f"/admin/accounts/user/{system.pk}/change/").status_code == 302


def test_what_the_admin_did_is_written_down(admin, browse):
    browse(admin).post("/admin/accounts/user/add/", form())

    entry = LogEntry.objects.get()
    assert (entry.user_id, entry.object_repr, entry.action_flag) == (admin.pk, "Yuliana Safitri", 1)
    assert FIRST not in entry.change_message


def test_the_admin_cannot_ask_for_case_data_even_by_raw_sql(admin, ngatini):
    with door(admin, write=True):
        for table in ("clients_person", "clients_personevent", "monitoring_visit", "grants_pastgrant", "audit_look"):
            with refused(f"permission denied for table {table}"):
                sql(f"select 1 from {table}")
