"""A decision has an owner and a day or is none; it is carried to its end by moves, by whom it concerns."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from monitoring.meetings.models import Decision, DecisionStep
from ppks.kit import dates
from tests.meetings.making import begun, closed, comer, decided, meeting, said, written
from tests.office import door, refused
from tests.people import BOJONEGORO, LAMONGAN, TUBAN

pytestmark = pytest.mark.django_db


def typed(**changes):
    """A decision as somebody types it."""
    due = dates.long(dates.today() + timedelta(days=14))
    return {"key": str(uuid.uuid4()), "what": "Membuka stan", "owner_office": "Dinas Koperasi", "due_on": due} | changes


@pytest.fixture
def held():
    return begun(meeting(BOJONEGORO, TUBAN))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"owner_office": ""}, "Pilih penanggung jawab, atau tulis kantornya."),
        ({"owner_office": "   "}, "Pilih penanggung jawab, atau tulis kantornya."),
        ({"due_on": ""}, "tidak boleh kosong"),
        ({"due_on": "31/02/2027"}, "tidak ada"),
        ({"due_on": "1 Januari 2020"}, "Pilih hari pada atau sesudah tanggal rapat."),
        ({"due_on": "1 Januari 2099"}, "Paling lama tiga tahun sesudah rapat."),
        ({"what": ""}, "tidak boleh kosong"),
        ({"what": "x" * 501}, "500"),
        ({"what": "Membuka\x00stan"}, "nul"),
        ({"owner": "999999"}, "Pilih"),
        ({"item": "999999"}, "Pilih"),
        ({"region": str(LAMONGAN)}, "Pilih"),
        ({"key": "x"}, "UUID"),
    ],
)
def test_without_owner_and_day_there_is_none_and_a_sentence_says_so(browse, province, held, changes, sentence):
    answer = browse(province).post(f"/rapat/{held.pk}/keputusan/", typed(**changes))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("missing", [{"owner_office": "", "owner": None}, {"due_on": None}, {"what": ""}])
def test_the_database_refuses_one_without_owner_or_day(held, province, missing):
    with pytest.raises(IntegrityError):
        decided(held, **missing)


def test_a_user_or_an_office_owns_it(browse, province, officer, held):
    browser = browse(province)

    browser.post(f"/rapat/{held.pk}/keputusan/", typed(owner=str(officer.pk), owner_office="", region=str(BOJONEGORO)))
    browser.post(f"/rapat/{held.pk}/keputusan/", typed())

    own, office = Decision.objects.order_by("pk")
    assert (own.owner, own.owner_said, own.region_id) == (officer, "Wahyu Pratomo", BOJONEGORO)
    assert (office.owner, office.owner_said, office.region_id) == (None, "Dinas Koperasi", None)


def test_the_same_form_twice_is_one(browse, province, held):
    form = typed()

    answers = [browse(province).post(f"/rapat/{held.pk}/keputusan/", form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("when", ["prepared", "minuted"])
def test_it_is_made_while_the_meeting_is_held_and_at_no_other_time(browse, province, when):
    of = meeting(BOJONEGORO)
    if when == "minuted":
        comer(of)
        closed(begun(of))

    answer = browse(province).post(f"/rapat/{of.pk}/keputusan/", typed())

    assert answer.status_code == 422
    assert "Keputusan dicatat selama rapat berlangsung" in answer.content.decode()
    with door(province, write=True), refused("Keputusan dicatat selama rapat berlangsung"):
        Decision.objects.create(
            meeting=of,
            what="Lewat belakang",
            owner_office="Kantor",
            due_on=dates.today(),
            by=province,
            key=uuid.uuid4(),
        )


def test_its_words_never_change(held, province):
    decision = decided(held)

    for change in ({"what": "Lain"}, {"due_on": dates.today()}, {"owner_office": "Lain"}):
        with door(province, write=True), refused("permission denied"):
            Decision.objects.filter(pk=decision.pk).update(**change)
    with door(province, write=True), refused("permission denied"):
        Decision.objects.filter(pk=decision.pk).delete()
    with door(province, write=True), refused("Keadaan berubah hanya melalui langkah"):
        Decision.objects.filter(pk=decision.pk).update(status="done", version=1)


def test_nobody_records_one_in_another_name(held, province, officer):
    with door(province, write=True), refused("atas nama sendiri"):
        decided_by = {"by_id": officer.pk, "key": uuid.uuid4(), "due_on": dates.today(), "owner_office": "Kantor"}
        Decision.objects.create(meeting=held, what="Palsu", **decided_by)


def test_an_officer_finishes_what_was_decided_for_his_own(browse, officer, held):
    own = decided(held, region_id=BOJONEGORO)

    without = browse(officer).post(f"/rapat/keputusan/{own.pk}/langkah/finish/", {"note": " "}, follow=True)
    browse(officer).post(f"/rapat/keputusan/{own.pk}/langkah/finish/", {"note": "Stan dibuka."})

    assert "Tulis alasan" in without.content.decode()
    assert Decision.objects.get(pk=own.pk).status == "done"
    assert DecisionStep.objects.get(decision=own).by == officer


def test_what_was_decided_for_all_or_for_others_is_not_his(browse, officer, held):
    common, theirs = decided(held), decided(held, region_id=TUBAN)
    browser = browse(officer)

    assert browser.get(f"/rapat/keputusan/{common.pk}/").status_code == 200
    assert browser.post(f"/rapat/keputusan/{common.pk}/langkah/finish/", {"note": "Sudah."}).status_code == 403
    assert browser.post(f"/rapat/keputusan/{theirs.pk}/langkah/finish/", {"note": "Sudah."}).status_code == 404
    assert browser.post(f"/rapat/keputusan/{theirs.pk}/langkah/drop/", {"note": "Sudah."}).status_code == 404
    with door(officer, write=True), refused("row-level security"):
        DecisionStep.objects.create(
            decision=common,
            version=1,
            move="finish",
            source="open",
            target="done",
            by=officer,
            note="Lewat belakang.",
            effective_on=dates.today(),
        )


def test_dropping_and_reopening_are_the_provinces(browse, officer, province, held):
    own = decided(held, region_id=BOJONEGORO)

    assert browse(officer).post(f"/rapat/keputusan/{own.pk}/langkah/drop/", {"note": "Tidak perlu."}).status_code == 403
    browse(province).post(f"/rapat/keputusan/{own.pk}/langkah/drop/", {"note": "Tidak ada anggaran."})
    assert Decision.objects.get(pk=own.pk).status == "dropped"
    browse(province).post(f"/rapat/keputusan/{own.pk}/langkah/reopen/", {"note": "Anggaran sudah ada."})
    assert Decision.objects.get(pk=own.pk).status == "open"


def test_overdue_ones_are_shown_and_counted(browse, province):
    of = begun(meeting(BOJONEGORO, on=dates.today() - timedelta(days=90)))
    late = decided(of, "Yang terlambat", due_on=dates.today() - timedelta(days=1))
    decided(of, "Yang hari ini", due_on=dates.today())
    browser = browse(province)

    page = browser.get("/rapat/keputusan/?keadaan=terlambat")

    assert [decision.pk for decision, _ in page.context["rows"]] == [late.pk]
    assert {tab["label"]: tab["count"] for tab in page.context["tabs"]} == {
        "Semua": 2,
        "Terbuka": 2,
        "Terlambat": 1,
        "Selesai": 0,
        "Tidak dilanjutkan": 0,
    }
    assert "terlambat 1 hari" in browser.get(f"/rapat/{meeting(BOJONEGORO).pk}/").content.decode()


@pytest.mark.long
@pytest.mark.parametrize("place", ["/rapat/keputusan/", "/rapat/masukan/", "/rapat/", "/rapat/panduan/"])
def test_a_list_asks_as_much_for_one_row_as_for_fifty(browse, province, place):
    browser, counts = browse(province), []
    for number in (1, 49):
        of = meeting(BOJONEGORO)
        who = comer(of)
        for _ in range(number):
            said(of, who)
        begun(of)
        for _ in range(number):
            decided(of, owner=province)
        for _ in range(number if place == "/rapat/" else 0):
            meeting(BOJONEGORO)
        browser.get(place)
        with CaptureQueriesContext(connection) as asked:
            browser.get(place)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_an_item_brings_its_kab_kota_to_the_form(browse, province):
    of = meeting(BOJONEGORO, TUBAN)
    item = written(of, region_id=TUBAN)
    begun(of)

    form = browse(province).get(f"/rapat/{of.pk}/keputusan/?agenda={item.pk}").context["form"]

    assert (form.initial["item"], form.initial["region"]) == (item.pk, TUBAN)
