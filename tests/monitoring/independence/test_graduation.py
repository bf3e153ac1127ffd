"""The way to independence: three parts, three people, fresh evidence; the database refuses what goes past the pages."""

from datetime import timedelta

import pytest

from clients.lifecycle import LIFECYCLE, Status
from clients.models import Category, Person, PersonStep, PpksKind
from grants.models import PastGrant
from monitoring.independence.models import Certificate, Graduation, GraduationStep, HomeVisit, Proposal
from monitoring.independence.proposing import fall_back
from monitoring.independence.workflow import GRADUATION
from ppks.documents.models import Revocation
from ppks.kit import dates
from tests.factories import BusinessFactory, PersonFactory, VisitFactory, moved
from tests.monitoring.independence.making import (
    FINDINGS,
    ago,
    decided,
    decided_ago,
    household,
    make_ready,
    proposed,
    verified,
)
from tests.office import door, refused, sql
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]

HOME_VISIT = {"visited_on": dates.long(dates.today()), "met": "Orangnya", "findings": FINDINGS}
OPEN_CASES = "select count(*) from clients_category where person_id = %s and until_on is null"


@pytest.fixture
def ready(ngatini, tailoring):
    """Ngatini lacks nothing but the home visit."""
    return make_ready(ngatini)


def said(answer) -> str:
    return answer.content.decode()


def status(person: Person) -> str:
    return Person.objects.get(pk=person.pk).status


# The way


def test_from_proposal_to_decision_with_real_requests(ready, browse, officer, regional_head, head):
    answer = browse(officer).post(f"/klien/{ready.pk}/mandiri/usul/", follow=True)
    assert "Ngatini diusulkan mandiri." in said(answer)
    graduation = Graduation.objects.get()
    assert (graduation.status, status(ready)) == ("proposed", "former_client")

    answer = browse(regional_head).post(f"/mandiri/{graduation.pk}/verifikasi/", HOME_VISIT, follow=True)
    assert "menunggu keputusan kepala dinas" in said(answer)

    assert "Tetapkan Ngatini mandiri" in said(browse(head).get(f"/mandiri/{graduation.pk}/putusan/"))
    answer = browse(head).post(f"/mandiri/{graduation.pk}/putusan/", {"number": ""}, follow=True)
    assert "Ngatini ditetapkan mandiri." in said(answer)

    graduation.refresh_from_db()
    assert (graduation.status, graduation.decided_on) == ("independent", dates.today())
    assert status(ready) == Status.INDEPENDENT
    last = PersonStep.objects.filter(person=ready).order_by("version").last()
    assert (last.move, last.by) == ("graduate", head)
    kind = Category.objects.get(person=ready)
    assert (kind.until_on, kind.ended_by) == (dates.today(), last)


def test_a_proposal_freezes_its_evidence_and_the_rules_answer(ready):
    graduation = proposed(ready)
    kept = Proposal.objects.get(graduation=graduation)

    household(ready, days=0, size=9)

    again = Proposal.objects.get(pk=kept.pk)
    assert again.inputs == kept.inputs
    assert kept.inputs["household"]["size"] == 3
    assert kept.rule == 1
    assert len(kept.reasons) == 4
    assert kept.evidence_on == ago(65)


def test_what_is_lacking_closes_the_proposal_and_is_said(ngatini, tailoring, browse, officer):
    browser = browse(officer)
    page = said(browser.get(f"/klien/{ngatini.pk}/mandiri/usul/"))
    assert "Orangnya belum ditanya apakah bersedia dinyatakan mandiri." in page
    assert 'aria-disabled="true"' in page

    answer = browser.post(f"/klien/{ngatini.pk}/mandiri/usul/", follow=True)

    assert "Belum ada keterangan tentang bantuan sosial." in said(answer)
    assert not Graduation.objects.exists()


def test_the_same_proposal_twice_is_one(ready, browse, officer):
    browser = browse(officer)
    browser.post(f"/klien/{ready.pk}/mandiri/usul/")
    answer = browser.post(f"/klien/{ready.pk}/mandiri/usul/", follow=True)
    assert "Sudah ada usulan mandiri yang berjalan" in said(answer)
    assert Graduation.objects.count() == Proposal.objects.count() == 1


def test_returned_it_is_proposed_again_with_new_evidence(ready, browse, officer, regional_head):
    graduation = proposed(ready)
    browse(regional_head).post(f"/mandiri/{graduation.pk}/langkah/return/", {"note": "Laba belum jelas."})
    assert Graduation.objects.get().status == "returned"

    browse(officer).post(f"/klien/{ready.pk}/mandiri/usul/")

    assert Graduation.objects.get().status == "proposed"
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("move", "by", "after"), [("reject", "kepala", "rejected"), ("send_back", "kepala", "returned")]
)
def test_the_head_rejects_or_sends_back_with_a_reason(ready, browse, move, by, after):
    graduation, browser = verified(ready), browse(member(by))
    browser.post(f"/mandiri/{graduation.pk}/langkah/{move}/", {"note": " "})
    assert Graduation.objects.get().status == "verified"

    browser.post(f"/mandiri/{graduation.pk}/langkah/{move}/", {"note": "Belum mantap."})

    assert Graduation.objects.get().status == after
    assert status(ready) == Status.FORMER_CLIENT


def test_the_officer_withdraws(ready, browse, officer):
    graduation = verified(ready)
    browse(officer).post(f"/mandiri/{graduation.pk}/langkah/withdraw/", {"note": "Orangnya berubah pikiran."})
    assert Graduation.objects.get().status == "withdrawn"
    assert proposed(ready).pk != graduation.pk


def test_the_decision_issues_a_certificate_and_a_relapse_revokes_it(ready, browse, officer, head):
    graduation = verified(ready)
    browser = browse(head)
    browser.post(f"/mandiri/{graduation.pk}/putusan/", {"number": "460/77/107.5/2026"})
    paper = Certificate.objects.get(graduation=graduation).paper
    assert (paper.kind, paper.number, paper.subjects) == (
        "independence_certificate",
        "460/77/107.5/2026",
        [ready.identity_id],
    )
    assert f"/surat/{paper.pk}/" in said(browser.get(f"/mandiri/{graduation.pk}/"))
    assert "Surat berlaku" in said(browse().get(f"/periksa/{paper.code}/"))

    with door(officer, write=True):
        fall_back(graduation, kind=PpksKind.objects.first(), reason="Usaha bangkrut.", by=officer)

    assert Revocation.objects.get(paper=paper).by == officer


# Nobody graduates by itself


def test_the_end_of_a_programme_graduates_nobody(ready, officer):
    """Aid long over, no aid at all, visits that find it thriving: without a decision nothing changes."""
    PastGrant.objects.filter(person=ready).delete()
    VisitFactory(business=ready.businesses.get(), profit=20_000_000, turnover=30_000_000)
    household(ready, days=0, other=9_000_000)

    assert status(ready) == Status.FORMER_CLIENT
    with door(officer, write=True):
        assert [
            offer.move.name for offer in LIFECYCLE.offers(officer, ready) if offer.move.target == "independent"
        ] == []


@pytest.mark.parametrize("by", ["provinsi", "bojonegoro", "kepala"])
def test_no_step_makes_somebody_independent_without_a_decision(ready, by):
    user = member(by)
    verified(ready)
    step = {"version": 2, "move": "graduate", "source": "former_client", "target": "independent"}
    with door(user, write=True), refused("Mandiri hanya ditetapkan melalui usulan"):
        PersonStep.objects.create(person=ready, by=user, effective_on=dates.today(), **step)


def test_no_sql_makes_somebody_independent(ready, officer):
    verified(ready)
    Category.objects.filter(person=ready).update(until_on=ago(1))
    with door(officer, write=True), refused("Keadaan berubah hanya melalui langkah"):
        sql("update clients_person set status = 'independent', version = version + 1 where id = %s", ready.pk)
    with door(officer, write=True), refused("permission denied"):
        sql("update independence_graduation set status = 'independent', version = version + 1")
    with refused("Keadaan berubah hanya melalui langkah"):
        sql("update independence_graduation set status = 'independent', version = version + 1")


def test_no_role_writes_readiness_or_changes_a_proposal(ready, officer):
    proposed(ready)
    for statement in (
        "update independence_readiness set ready_until = '2099-01-01'",
        "insert into independence_readiness (person_id, region_id) values (1, 3522)",
        "update independence_proposal set evidence_on = '2099-01-01'",
        "delete from independence_homevisit",
        "update clients_householdfact set other_income = 9000000",
        "select independence_refresh(1, true)",
    ):
        with door(officer, write=True), refused("permission denied"):
            sql(statement)


# Four eyes


def test_the_proposer_does_not_verify(ready, browse, officer):
    graduation, browser = proposed(ready), browse(officer)
    page = said(browser.get(f"/mandiri/{graduation.pk}/verifikasi/"))
    assert "Anda sudah memegang bagian lain pada usulan ini" in page

    answer = browser.post(f"/mandiri/{graduation.pk}/verifikasi/", HOME_VISIT, follow=True)

    assert "Kunjungan rumah harus oleh orang selain pengusul." in said(answer)
    assert Graduation.objects.get().status == "proposed"
    assert not HomeVisit.objects.exists()


def test_the_database_refuses_the_proposer_as_verifier(ready, officer, regional_head):
    graduation = proposed(ready)
    with door(officer, write=True), refused("Kunjungan rumah harus oleh orang selain pengusul"):
        _visit_home(graduation, officer)
    with door(regional_head, write=True):
        _visit_home(graduation, regional_head)
    with door(officer, write=True), refused("Satu orang hanya memegang satu bagian"):
        _step(graduation, officer, "verify", "proposed", "verified")


def test_the_database_refuses_a_verifier_who_decides(ready, head):
    graduation = proposed(ready)
    with door(head, write=True):
        _visit_home(graduation, head)
        _step(graduation, head, "verify", "proposed", "verified")
    with door(head, write=True), refused("Satu orang hanya memegang satu bagian"):
        _step(Graduation.objects.get(), head, "decide", "verified", "independent")


@pytest.mark.parametrize("by", ["provinsi", "verifikator", "bojonegoro"])
def test_only_the_head_decides_also_by_sql(ready, browse, by):
    graduation, user = verified(ready, by="kadinsos.bojonegoro"), member(by)
    assert browse(user).post(f"/mandiri/{graduation.pk}/putusan/").status_code == 403
    with door(user, write=True), refused("Hanya kepala dinas yang memutuskan|Satu orang hanya memegang"):
        _step(graduation, user, "decide", "verified", "independent")


def _visit_home(graduation, user, **fields) -> HomeVisit:
    told = {"visited_on": dates.today(), "met": "Orangnya", "findings": FINDINGS} | fields
    return HomeVisit.objects.create(graduation=graduation, by=user, **told)


def _step(graduation, user, move, source, target, **fields) -> GraduationStep:
    told = {"version": graduation.version + 1, "effective_on": dates.today()} | fields
    return GraduationStep.objects.create(
        graduation=graduation, by=user, move=move, source=source, target=target, **told
    )


# Old evidence


def grow_old(months: int = 7) -> None:
    """As if everything that is known had been recorded so many months earlier."""
    shift = f"interval '{months} months'"
    sql(f"update independence_proposal set evidence_on = evidence_on - {shift}")


def test_old_evidence_is_not_accepted_at_a_proposal(ready, officer):
    sql("update clients_householdfact set as_of = as_of - interval '7 months'")
    with door(officer, write=True):
        graduation = Graduation.objects.create(person=ready)
        Proposal.objects.create(
            graduation=graduation, on=dates.today(), rule=1, inputs={}, reasons=[], evidence_on=ago(1), by=officer
        )
        with refused("Syarat mandiri hari ini tidak semuanya terpenuhi"):
            _step(graduation, officer, "propose", "draft", "proposed")


def test_a_proposal_that_admits_old_evidence_is_refused(ready, officer):
    with door(officer, write=True):
        graduation = Graduation.objects.create(person=ready)
        Proposal.objects.create(
            graduation=graduation, on=dates.today(), rule=1, inputs={}, reasons=[], evidence_on=ago(185), by=officer
        )
        with refused("Bukti tertua pada usulan lebih dari 6 bulan lalu"):
            _step(graduation, officer, "propose", "draft", "proposed")


def test_a_proposal_without_evidence_is_refused(ready, officer):
    with door(officer, write=True):
        graduation = Graduation.objects.create(person=ready)
        with refused("Usulan belum disertai bukti"):
            _step(graduation, officer, "propose", "draft", "proposed")


@pytest.mark.parametrize(("stage", "by", "address"), [
    (proposed, "kadinsos.bojonegoro", "verifikasi"),
    (verified, "kepala", "putusan"),
])  # fmt: skip
def test_old_evidence_is_not_accepted_later(ready, browse, stage, by, address):
    graduation, before = stage(ready), None
    before = graduation.status
    grow_old()

    answer = browse(member(by)).post(f"/mandiri/{graduation.pk}/{address}/", HOME_VISIT, follow=True)

    assert "lebih dari 6 bulan lalu" in said(answer)
    assert Graduation.objects.get().status == before
    assert status(ready) == Status.FORMER_CLIENT


def test_an_old_home_visit_is_not_accepted_at_the_decision(ready, head):
    graduation = verified(ready)
    sql("update independence_homevisit set visited_on = visited_on - interval '7 months'")
    with door(head, write=True), refused("Belum ada kunjungan rumah oleh orang selain pengusul dalam 6 bulan"):
        GRADUATION.make("decide", graduation, by=head)


def test_what_changed_since_the_proposal_stops_the_decision(ready, browse, head):
    graduation = verified(ready)
    household(ready, days=0, aid="received", aid_last_on=ago(0))

    answer = browse(head).post(f"/mandiri/{graduation.pk}/putusan/", {"number": ""}, follow=True)

    assert "Menerima bantuan sosial" in said(answer)
    assert status(ready) == Status.FORMER_CLIENT


def test_nobody_in_an_office_dates_a_step_back(ready, officer):
    with door(officer, write=True):
        graduation = Graduation.objects.create(person=ready)
        with refused("Langkah ini berlaku pada hari dibuat"):
            _step(graduation, officer, "propose", "draft", "proposed", effective_on=ago(1))


# No open kind


def test_an_independent_person_gets_no_kind_without_a_relapse(ready, officer):
    decided(ready)
    kind = PpksKind.objects.last()
    with door(officer, write=True), refused("Orang ini sudah mandiri"):
        Category.objects.create(person=ready, kind=kind)


def test_not_even_the_owner_makes_an_independent_person_with_an_open_kind(ready):
    graduation = decided(ready)
    sql("update clients_category set until_on = null where person_id = %s", ready.pk)
    moved(ready, "move_away")
    with refused("tidak boleh masih tercatat dalam jenis PPKS"):
        moved(ready, "return_as_independent")
    assert graduation.status == "independent"


def test_a_graduation_does_not_survive_what_became_of_the_person(ready, browse, head):
    graduation = verified(ready)
    moved(ready, "lose_contact")
    answer = browse(head).post(f"/mandiri/{graduation.pk}/putusan/", {"number": ""}, follow=True)
    assert "bukan eks klien" in said(answer)
    assert status(ready) == Status.LOST_CONTACT


# Back again


def test_a_relapse_opens_a_kind_and_a_new_spell_may_follow(ready, browse, officer):
    graduation, kind = decided(ready), PpksKind.objects.first()
    answer = browse(officer).post(
        f"/mandiri/{graduation.pk}/kembali/",
        {"kind": kind.pk, "reason": "Usaha bangkrut sesudah sakit lama."},
        follow=True,
    )
    assert "kembali tercatat sebagai eks klien" in said(answer)
    graduation.refresh_from_db()
    assert (graduation.status, graduation.ended_on, status(ready)) == ("ended", dates.today(), "former_client")
    assert sql(OPEN_CASES, ready.pk) == [(1,)]
    assert proposed(ready).pk != graduation.pk


def test_a_relapse_needs_its_kind_also_past_the_pages(ready, officer):
    graduation = decided(ready)
    with door(officer, write=True), refused("Tulis dulu jenis PPKS"):
        _step(graduation, officer, "relapse", "independent", "ended", note="Bangkrut.")
    person = Person.objects.get(pk=ready.pk)
    step = {"version": person.version + 1, "move": "relapse", "source": "independent", "target": "former_client"}
    with door(officer, write=True), refused("dicatat pada usulan mandirinya"):
        PersonStep.objects.create(person=ready, by=officer, effective_on=dates.today(), note="Bangkrut.", **step)


def test_death_and_its_undoing_leave_the_decision_as_it_was(ready):
    decided(ready)
    moved(ready, "die")
    assert moved(ready, "return_as_independent").status == Status.INDEPENDENT


def test_only_the_owner_loads_history(ready):
    graduation = decided_ago(ready, ago(400))
    assert (graduation.status, graduation.decided_on, status(ready)) == ("independent", ago(400), "independent")
    assert Category.objects.get(person=ready).until_on == ago(400)


def test_what_is_out_of_reach_is_not_found(ready, browse, stranger, upt_officer):
    graduation = proposed(ready)
    browser = browse(stranger)
    addresses = ("", "verifikasi/", "langkah/return/")
    assert [browser.post(f"/mandiri/{graduation.pk}/{end}", HOME_VISIT).status_code for end in addresses[1:]] == [
        404,
        404,
    ]
    assert browser.get(f"/mandiri/{graduation.pk}/").status_code == 404
    assert browse(upt_officer).get(f"/mandiri/{graduation.pk}/").status_code == 403


@pytest.mark.parametrize(("field", "typed", "sentence"), [
    ("visited_on", "31 Februari 2026", "tidak ada di kalender"),
    ("visited_on", dates.long(dates.today() + timedelta(days=1)), "tidak boleh sesudah hari ini"),
    ("visited_on", dates.long(ago(190)), "lebih dari 6 bulan lalu tidak diterima"),
    ("findings", "", "Tulis temuannya."),
    ("findings", "baik", "paling sedikit 10 huruf"),
    ("findings", "nol\x00nol nol nol", "Karakter null tidak diizinkan."),
    ("findings", "x" * 2_001, "2000"),
    ("met", "", "Tulis siapa yang ditemui."),
])  # fmt: skip
def test_a_home_visit_that_makes_no_sense_is_refused_and_kept(ready, browse, field, typed, sentence):
    graduation = proposed(ready)
    form = HOME_VISIT | {field: typed}
    answer = browse(member("kadinsos.bojonegoro")).post(f"/mandiri/{graduation.pk}/verifikasi/", form)
    assert answer.status_code == 422
    assert sentence in said(answer)
    assert 'value="Orangnya"' in said(answer) or field == "met"


def test_an_auditor_reads_it_masked(ready, browse, auditor):
    graduation = verified(ready)
    page = said(browse(auditor).get(f"/mandiri/{graduation.pk}/"))
    assert "Ngatini" not in page
    assert FINDINGS not in page
    assert "Bukti pada usulan" in page


def test_a_business_recorded_later_counts(ready):
    BusinessFactory(person=ready)
    other = moved(PersonFactory(), "register_former")
    assert (status(ready), status(other)) == ("former_client", "former_client")
    with pytest.raises(Exception, match="belum pernah dikunjungi"):
        proposed(ready)
