"""Plans on pages: making one from suggestions, its steps and their ends, the lists, and what others see of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.plans.models import ActionStatus, Plan, PlanAction, PlanStatus, Suggestion
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory
from tests.people import TUBAN
from tests.plans.helping import ago, needy, plan_for, seen_again, step_of


def html(answer) -> str:
    return answer.content.decode()


def tabs(page: str) -> dict[str, int]:
    return {label: int(n) for label, n in re.findall(r'>([\w ]+) <span class="count">(\d+)</span>', page)}


def shown(page: str) -> int:
    return len(re.findall(r'class="name"', page))


def typed(business, browser, **changes) -> dict[str, str]:
    """The form as it comes, with its first suggestion ticked."""
    suggestion = Suggestion.objects.get(code="PASAR_TITIP")
    name = f"s{suggestion.pk}"
    return {
        "goal": "Omzet kembali ke Rp1.000.000",
        "causes": ["PASAR"],
        f"{name}_take": "on",
        f"{name}_what": suggestion.action,
        f"{name}_owner": "",
        f"{name}_office": "Dinas Sosial kab/kota",
        f"{name}_due_on": dates.long(ago(-30)),
    } | changes


def test_the_last_visits_obstacles_bring_their_suggestions(tailoring, browse, officer):
    needy(tailoring, obstacles=("PASAR", "IZIN"))
    page = html(browse(officer).get(f"/usaha/{tailoring.pk}/rencana/"))
    assert "Titip jual di sedikitnya tiga toko atau warung" in page
    assert "Uruskan NIB secara daring" in page
    assert "Beli bahan baku bersama" not in page
    assert 'value="PASAR" checked' in re.sub(r'class="[^"]*" |id="[^"]*" ', "", page)
    other = html(browse(officer).get(f"/usaha/{tailoring.pk}/rencana/?sebab=BAHAN_BAKU"))
    assert "Beli bahan baku bersama" in other


def test_a_plan_is_made_with_its_causes_and_steps(tailoring, browse, officer):
    needy(tailoring, obstacles=("PASAR",))
    browser = browse(officer)
    own = {"own_1_what": "Antar ke pasar desa", "own_1_owner": officer.pk, "own_1_due_on": dates.long(ago(-9))}
    answer = browser.post(f"/usaha/{tailoring.pk}/rencana/", typed(tailoring, browser, **own), follow=True)
    assert "Rencana dibuat dengan 2 langkah." in html(answer)
    plan = Plan.objects.get(business=tailoring)
    assert (plan.status, plan.began_on, plan.by, plan.next_due_on) == (PlanStatus.OPEN, dates.today(), officer, ago(-9))
    assert [cause.obstacle.code for cause in plan.causes.all()] == ["PASAR"]
    first, second = plan.actions.order_by("pk")
    assert (first.suggestion.code, first.owner, first.office) == ("PASAR_TITIP", None, "Dinas Sosial kab/kota")
    assert (second.suggestion, second.owner, second.what) == (None, officer, "Antar ke pasar desa")
    page = html(browser.get(f"/usaha/{tailoring.pk}/"))
    assert "Rencana</a>: 0 dari 2 langkah selesai" in page
    assert tabs(html(browser.get("/rencana/"))) == {
        "Perlu rencana": 0, "Peringatan": 0, "Berjalan": 1, "Terlambat": 0, "Selesai": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"goal": ""}, "Tulis apa yang ingin dicapai."),
        ({"goal": "x" * 501}, "500"),
        ({"goal": "Naik\x00"}, "null"),
        ({"causes": []}, "Pilih sedikitnya satu sebab."),
        ({"causes": ["TIDAK_ADA"]}, "TIDAK_ADA"),
        ({"{}_take": ""}, "Centang atau tulis sedikitnya satu langkah."),
        ({"{}_office": ""}, "Pilih penanggung jawab, atau tulis kantor yang mengerjakan."),
        ({"{}_owner": "999999"}, "999999"),
        ({"{}_what": ""}, "Tulis apa yang dilakukan."),
        ({"{}_due_on": ""}, "Isi tanggalnya"),
        ({"{}_due_on": "kemarin dulu"}, "Tanggal tidak terbaca"),
        ({"{}_due_on": "1 Januari 2020"}, "Pilih hari ini atau sesudahnya."),
        ({"{}_due_on": "1 Januari 2099"}, "Paling lama dua tahun lagi."),
        ({"own_2_office": "Baznas"}, "Tulis apa yang dilakukan."),
    ],
)
def test_a_plan_that_lacks_something_is_refused_with_a_sentence(tailoring, browse, officer, changes, sentence):
    needy(tailoring, obstacles=("PASAR",))
    name = f"s{Suggestion.objects.get(code='PASAR_TITIP').pk}"
    changes = {key.format(name): value for key, value in changes.items()}
    answer = browse(officer).post(f"/usaha/{tailoring.pk}/rencana/", typed(tailoring, None, **changes))
    assert answer.status_code == 422
    assert sentence in html(answer)
    assert not Plan.objects.exists()


def test_the_same_form_twice_is_one_plan(tailoring, browse, officer):
    needy(tailoring, obstacles=("PASAR",))
    browser = browse(officer)
    for _ in "ab":
        answer = browser.post(f"/usaha/{tailoring.pk}/rencana/", typed(tailoring, browser), follow=True)
    assert "sudah punya rencana yang berjalan; tidak dibuat dua kali" in html(answer)
    assert (Plan.objects.count(), PlanAction.objects.count()) == (1, 1)


def test_somebody_of_another_office_cannot_be_made_responsible(tailoring, browse, officer, stranger):
    plan = plan_for(needy(tailoring))
    answer = browse(officer).post(
        f"/rencana/{plan.pk}/langkah/",
        {"key": "0" * 32, "what": "Antar ke pasar", "owner": stranger.pk, "due_on": dates.long(dates.today())},
    )
    assert answer.status_code == 422
    assert not PlanAction.objects.exists()


def test_a_step_is_added_once_and_changed_with_its_history(tailoring, browse, officer):
    plan = plan_for(needy(tailoring))
    browser = browse(officer)
    given = {"key": "0" * 32, "what": "Antar ke pasar", "owner": officer.pk, "due_on": dates.long(ago(-3))}
    for _ in "ab":
        answer = browser.post(f"/rencana/{plan.pk}/langkah/", given, follow=True)
    assert "Langkah ini sudah tersimpan sebelumnya; tidak dicatat dua kali." in html(answer)
    step = PlanAction.objects.get(plan=plan)
    browser.post(f"/langkah/{step.pk}/", given | {"what": "Antar ke dua pasar", "due_on": dates.long(ago(-8))})
    step.refresh_from_db()
    assert (step.what, step.due_on) == ("Antar ke dua pasar", ago(-8))
    page = html(browser.get(f"/rencana/{plan.pk}/"))
    assert f"sebelumnya “Antar ke pasar”, Wahyu Pratomo, paling lambat {dates.long(ago(-3))}." in page
    assert "oleh Wahyu Pratomo" in page


def test_a_step_is_done_on_a_day_with_its_result_and_can_be_opened_again(tailoring, browse, officer):
    plan = plan_for(needy(tailoring), began=20)
    step = step_of(plan, due=-3)
    browser = browse(officer)
    assert tabs(html(browser.get("/rencana/")))["Terlambat"] == 1
    done = {"done_on": dates.long(ago(2)), "note": "Laku 20 bungkus sehari"}
    browser.post(f"/langkah/{step.pk}/finish/", done)
    step.refresh_from_db()
    plan.refresh_from_db()
    assert (step.status, step.steps.get().effective_on, step.steps.get().note) == ("done", ago(2), done["note"])
    assert plan.next_due_on is None
    page = html(browser.get(f"/rencana/{plan.pk}/"))
    assert "Laku 20 bungkus sehari" in page
    assert "1 dari 1 langkah selesai" in page
    assert tabs(html(browser.get("/rencana/")))["Terlambat"] == 0
    assert "Langkah ini sudah selesai" in html(browser.get(f"/langkah/{step.pk}/", follow=True))
    browser.post(f"/langkah/{step.pk}/reopen/", {"note": "Ternyata belum"})
    step.refresh_from_db()
    assert step.status == ActionStatus.OPEN


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"done_on": "", "note": "Sudah beres"}, "Isi tanggalnya"),
        ({"done_on": dates.long(ago(-1)), "note": "Sudah beres"}, "Tanggal selesai tidak boleh sesudah hari ini."),
        ({"done_on": dates.long(ago(11)), "note": "Sudah beres"}, "Rencana ini baru dimulai"),
        ({"done_on": dates.long(dates.today()), "note": ""}, "Tulis bagaimana langkah ini dikerjakan."),
    ],
)
def test_the_end_of_a_step_is_refused_with_a_sentence(tailoring, browse, officer, given, sentence):
    step = step_of(plan_for(needy(tailoring), began=10))
    answer = browse(officer).post(f"/langkah/{step.pk}/finish/", given)
    assert (answer.status_code, sentence in html(answer)) == (422, True)


def test_a_stale_page_does_nothing_twice(tailoring, browse, officer):
    step = step_of(plan_for(needy(tailoring)))
    browser = browse(officer)
    done = {"done_on": dates.long(dates.today()), "note": "Sudah beres"}
    for _ in "ab":
        answer = browser.post(f"/langkah/{step.pk}/finish/", done, follow=True)
    assert "tidak terbuka dari keadaan" in html(answer)
    assert step.steps.count() == 1


def test_a_plan_is_finished_only_when_its_steps_are_settled_and_its_effect_is_known(tailoring, browse, officer):
    business = needy(tailoring, since=100)
    plan = plan_for(business, began=90)
    step = step_of(plan)
    browser = browse(officer)
    page = html(browser.post(f"/rencana/{plan.pk}/finish/", follow=True))
    assert "Masih ada 1 langkah yang belum selesai." in page
    assert "Hasilnya belum dinilai: perlu dua kunjungan" in page
    browser.post(f"/langkah/{step.pk}/drop/", {"note": "Pemilik tidak mau"})
    seen_again(business, (60, 600_000), (20, 620_000))
    browser.post(f"/rencana/{plan.pk}/finish/")
    plan.refresh_from_db()
    assert (plan.status, plan.ended_on, plan.outcome) == (PlanStatus.DONE, dates.today(), "same")
    page = html(browser.get(f"/usaha/{tailoring.pk}/"))
    assert "Peringatan kepada provinsi" in page
    assert "Buat rencana" in page


def test_a_closed_plan_is_not_changed_until_it_is_opened_again(tailoring, browse, officer):
    plan = plan_for(needy(tailoring))
    step = step_of(plan)
    browser = browse(officer)
    browser.post(f"/rencana/{plan.pk}/stop/", {"note": "Pemilik berhenti berusaha"})
    for address in (f"/rencana/{plan.pk}/langkah/", f"/langkah/{step.pk}/", f"/rencana/{plan.pk}/tujuan/"):
        assert "Rencana ini sudah ditutup; buka lagi dulu." in html(browser.get(address, follow=True))
    done = {"done_on": dates.long(dates.today()), "note": "Sudah beres"}
    assert "Rencananya sudah ditutup" in html(browser.post(f"/langkah/{step.pk}/finish/", done, follow=True))
    second = plan_for(tailoring)
    page = html(browser.post(f"/rencana/{plan.pk}/reopen/", {"note": "Mau lagi"}, follow=True))
    assert "Usaha ini sudah punya rencana lain yang berjalan." in page
    browser.post(f"/rencana/{second.pk}/stop/", {"note": "Pakai yang lama"})
    browser.post(f"/rencana/{plan.pk}/reopen/", {"note": "Mau lagi"})
    plan.refresh_from_db()
    assert (plan.status, plan.ended_on) == (PlanStatus.OPEN, None)


def test_who_waits_is_listed_longest_first_with_whom_it_concerns(browse, officer, stranger, province):
    for since in (3, 14, 28):
        needy(since=since)
    needy(since=40, region_id=TUBAN)
    plan_for(needy(since=50))
    page = html(browse(officer).get("/rencana/perlu/"))
    found = re.findall(r"(\d+) hari(?:; ke ([\w /]+))?</span>", page)
    assert found == [("28", "provinsi"), ("14", "kepala dinas kab/kota"), ("3", "")]
    assert tabs(page) == {"Perlu rencana": 3, "Peringatan": 2, "Berjalan": 1, "Terlambat": 0, "Selesai": 0}
    assert shown(html(browse(officer).get("/rencana/perlu/?umur=lewat"))) == 2
    assert shown(html(browse(province).get("/rencana/perlu/"))) == 4
    assert shown(html(browse(province).get("/rencana/perlu/?kab=35.23&umur=provinsi"))) == 1
    assert shown(html(browse(stranger).get("/rencana/perlu/"))) == 1


@pytest.mark.long
@pytest.mark.parametrize("path", ["/rencana/", "/rencana/perlu/"])
def test_a_list_of_fifty_asks_no_more_than_a_list_of_one(db, browse, province, officer, path):
    browser = browse(province)

    def queries() -> int:
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        return len(asked)

    def one_more(number: int) -> None:
        business = needy(since=5, obstacles=("PASAR",))
        if path == "/rencana/":
            step_of(plan_for(business, by=officer), owner=officer)

    one_more(0)
    one = queries()
    for number in range(49):
        one_more(number)
    assert queries() == one
    assert one <= 24


def test_filters_find_by_cause_and_by_who_is_responsible(browse, province, officer):
    step_of(plan_for(needy(), "MODAL"), owner=officer)
    step_of(plan_for(needy(), "PASAR"))
    browser = browse(province)
    assert shown(html(browser.get("/rencana/?sebab=MODAL"))) == 1
    assert shown(html(browser.get(f"/rencana/?oleh={officer.pk}"))) == 1
    assert shown(html(browser.get("/rencana/?tahap=semua"))) == 2


def test_an_auditor_reads_initials_and_no_words(tailoring, browse, auditor, officer):
    plan = plan_for(needy(tailoring), goal="Bu Ngatini berdagang lagi")
    step = step_of(plan, "Antar Bu Ngatini ke bank")
    browse(officer).post(
        f"/langkah/{step.pk}/finish/", {"done_on": dates.long(dates.today()), "note": "Bu Ngatini sudah ke bank"}
    )
    browser = browse(auditor)
    for path in (f"/rencana/{plan.pk}/", "/rencana/", f"/usaha/{tailoring.pk}/", f"/klien/{tailoring.person_id}/"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Ngatini" not in html(answer)
    assert "Langkah dengan kata sendiri" in html(browser.get(f"/rencana/{plan.pk}/"))


def test_a_person_page_and_its_history_tell_of_the_plan(tailoring, browse, officer):
    plan = plan_for(needy(tailoring))
    page = html(browse(officer).get(f"/klien/{tailoring.person_id}/"))
    assert f'href="/rencana/{plan.pk}/"' in page
    assert "Rencana bantuan dimulai" in page
    other = BusinessFactory(person=PersonFactory())
    needy(other, since=20)
    page = html(browse(officer).get(f"/klien/{other.person_id}/"))
    assert "20 hari tanpa rencana; peringatan kepada kepala dinas kab/kota" in page


def test_the_usual_steps_can_be_edited_in_the_admin(browse, admin):
    row = Suggestion.objects.get(code="PASAR_TITIP")
    browser = browse(admin)
    assert browser.get("/admin/plans/suggestion/").status_code == 200
    given = {
        "obstacle": "PASAR",
        "action": "Titip jual di pasar",
        "office": "Dinas Pasar",
        "done_by": "officer",
        "days": "20",
    }
    browser.post(f"/admin/plans/suggestion/{row.pk}/change/", given)
    row.refresh_from_db()
    assert (row.action, row.is_edited) == ("Titip jual di pasar", True)
