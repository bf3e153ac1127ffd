"""Choosing: flags set aside with a reason, two scorers, one order with a cut line, and a waitlist that keeps its turn."""

import pytest
from django.core.exceptions import ValidationError

from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.models import Criterion, OtherAid, Rank, Skip
from grants.selection import ranking
from grants.selection.flags import flags_of, open_flags
from grants.selection.scoring import judged, points
from grants.selection.verifying import set_aside
from ppks.kit import dates
from tests import granting
from tests.factories import PastGrantFactory, SourceFactory
from tests.granting import MILLION, again, brought_to
from tests.office import door
from tests.people import member

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def scored(call, *values: int, amount: int = 3 * MILLION):
    """Verified and judged by two scorers with these values."""
    application = granting.verified(granting.submitted(granting.drafted(call, amount=amount)))
    return granting.scored(application, *values)


@pytest.fixture
def allocation(db):
    return granting.allocation(amount=7 * MILLION)


@pytest.fixture
def call(allocation):
    return granting.call(allocation.line)


def test_points_are_weighted_and_full_marks_are_ten_thousand():
    assert points({1: 5, 2: 5}, {1: 70, 2: 30}) == 10_000
    assert points({1: 5, 2: 1}, {1: 70, 2: 30}) == 7_600
    assert points({1: 1, 2: 1}, {1: 70, 2: 30}) == 2_000


def test_an_incomplete_scorer_does_not_count(call, verifier):
    application = brought_to(Status.SUBMITTED, call)
    application = granting.verified(application)
    with door(verifier, write=True):
        application.scores.create(criterion=Criterion.objects.first(), value=5, justification="Baik.", by=verifier)

    assert judged([application])[application.pk].scorers == ()


def test_the_order_is_by_points_and_the_cut_is_a_line(allocation, call):
    worst, best, middle = scored(call, 2, 2), scored(call, 5, 5), scored(call, 3, 4)

    places = ranking.order(allocation)

    assert [(place.number, place.application.pk, place.fits) for place in places] == [
        (1, best.pk, True),
        (2, middle.pk, True),
        (3, worst.pk, False),
    ]
    assert [place.judged.mark for place in places] == ["100,00", "70,00", "40,00"]


def test_nobody_below_the_line_slips_in_because_he_is_cheap(allocation, call):
    scored(call, 5, 5)
    dear, cheap = scored(call, 4, 4, amount=3 * MILLION), scored(call, 3, 3, amount=MILLION)
    scored(call, 5, 5, amount=3 * MILLION)

    fits = {place.application.pk: place.fits for place in ranking.order(allocation)}

    assert (fits[dear.pk], fits[cheap.pk]) == (False, False)


def test_ranking_freezes_the_order_that_was_seen(allocation, call, pptk):
    best, next_one, last = scored(call, 5, 5), scored(call, 4, 4), scored(call, 3, 3)
    seen = ranking.fingerprint(ranking.order(allocation))

    with door(pptk, write=True):
        ranking.rank(allocation, seen=seen, by=pptk)

    assert [again(one).status for one in (best, next_one, last)] == [
        Status.NOMINATED,
        Status.NOMINATED,
        Status.WAITLISTED,
    ]
    assert list(Rank.objects.order_by("place").values_list("place", "points")) == [(1, 10_000), (2, 8_000), (3, 6_000)]


def test_an_order_that_changed_since_is_not_frozen(allocation, call, pptk):
    scored(call, 4, 4)
    seen = ranking.fingerprint(ranking.order(allocation))
    scored(call, 5, 5)

    with door(pptk, write=True), pytest.raises(ValidationError, match="Urutannya berubah"):
        ranking.rank(allocation, seen=seen, by=pptk)

    assert not Rank.objects.exists()


def _ranked(allocation, pptk):
    with door(pptk, write=True):
        ranking.rank(allocation, seen=ranking.fingerprint(ranking.order(allocation)), by=pptk)


def test_nobody_overtakes_who_waits_from_an_earlier_ranking(allocation, call, pptk):
    for value in (5, 5, 3):
        scored(call, value, value)
    _ranked(allocation, pptk)
    newcomer = scored(call, 5, 5, amount=MILLION)

    place = ranking.order(allocation)[0]

    assert (place.application.pk, place.number, place.fits) == (newcomer.pk, 4, False)


def test_the_next_in_rank_is_promoted_when_money_is_released(allocation, call, pptk, head):
    nominee, _, first, second = (scored(call, value, value) for value in (5, 5, 3, 2))
    _ranked(allocation, pptk)
    with door(pptk, write=True), pytest.raises(ValidationError, match="belum cukup"):
        APPLICATION.make("promote", first, by=pptk)

    with door(head, write=True):
        APPLICATION.make("cancel", nominee, by=head, note="Menolak menerima.", code="refuses")
    with door(pptk, write=True), pytest.raises(ValidationError, match="peringkatnya lebih tinggi"):
        APPLICATION.make("promote", second, by=pptk)
    with door(pptk, write=True):
        APPLICATION.make("promote", first, by=pptk)

    assert [again(one).status for one in (first, second)] == [Status.NOMINATED, Status.WAITLISTED]


def test_promoting_out_of_turn_keeps_who_was_passed_over(allocation, call, pptk, head):
    nominee, _, first, second = (scored(call, value, value) for value in (5, 5, 3, 2))
    _ranked(allocation, pptk)
    with door(head, write=True):
        APPLICATION.make("cancel", nominee, by=head, note="Menolak menerima.", code="refuses")

    with door(pptk, write=True):
        ranking.promote_out_of_turn(again(second), reason="Yang pertama sedang dirawat.", by=pptk)

    assert again(second).status == Status.NOMINATED
    assert [(skip.application, skip.promoted, skip.reason) for skip in Skip.objects.all()] == [
        (first, second, "Yang pertama sedang dirawat.")
    ]


def test_who_submitted_may_not_judge(call, regional_head):
    application = granting.verified(brought_to(Status.SUBMITTED, call))
    regional_head.role = "province"
    regional_head.save()
    promoted = member("kadinsos.bojonegoro")

    with pytest.raises(Exception, match="tidak boleh memverifikasi atau menilainya"), door(promoted, write=True):
        application.scores.create(criterion=Criterion.objects.first(), value=5, justification="Baik.", by=promoted)


def test_one_household_twice_earlier_grants_and_other_aid_are_flagged(call):
    card = "3522011203080002"
    person = granting.applicant(kk=card, nik="3522015708720001", name="Ngatini")
    other = granting.drafted(call, person=granting.applicant(kk=card, nik="3522015708720002", name="Sumini"))
    PastGrantFactory(person=person)
    OtherAid.objects.create(person=person, programme="PKH", given_on=dates.today(), source=SourceFactory(), cell="A1")
    application = granting.drafted(call, person=person)

    told = [flag.sentence for flag in flags_of(application)]

    assert told == [
        f"Anggota lain dalam KK yang sama juga diusulkan tahun ini ({other}).",
        "Sudah tercatat sebagai penerima bantuan menurut daftar (2009).",
        f"Menerima PKH {dates.today()}.",
    ]


def test_a_flag_blocks_verification_until_somebody_sets_it_aside_and_comes_back_in_the_next_cycle(call, verifier):
    person = granting.applicant(name="Ngatini")
    PastGrantFactory(person=person)
    application = granting.submitted(granting.drafted(call, person=person))
    granting.documented(application, "verification", by=verifier)

    with door(verifier, write=True):
        granting.verification(application, by=verifier)
        with pytest.raises(ValidationError, match="Tanda ganda belum diselesaikan"):
            APPLICATION.make("verify", application, by=verifier)
        set_aside(application, open_flags(application)[0].key, reason="Bantuan lama, sebelas tahun lalu.", by=verifier)
        APPLICATION.make("verify", application, by=verifier)
    verified = again(application)
    assert open_flags(verified) == []

    pptk = member("pptk")
    with door(pptk, write=True):
        APPLICATION.make("revert_to_submitted", verified, by=pptk, note="Nilai berubah.")

    reverted = again(application)
    assert (reverted.cycle, reverted.recommended) == (2, None)
    assert len(open_flags(reverted)) == 1
