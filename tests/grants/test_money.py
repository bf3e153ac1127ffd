"""The money of grants: posted by documents alone, balanced by triggers, and refused in the app's own role otherwise."""

import pytest
from django.core.exceptions import ValidationError

from grants.applications.models import Application, ApplicationBalance
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.budget import verifying
from grants.decrees.enacting import enact
from grants.models import AllocationChange, CeilingChange, Entry
from grants.payments.paying import bounce
from ppks.kit import dates
from ppks.kit.refusals import refusals
from tests import granting
from tests.granting import MILLION, again, brought_to
from tests.office import door, refused, sql

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


def balance(application: Application) -> tuple[int, int, int, int]:
    """(committed, disbursed, accounted, returned)"""
    kept = ApplicationBalance.objects.get(application=application)
    return kept.committed, kept.disbursed, kept.accounted, kept.returned


def test_the_straight_way_from_draft_to_closed_leaves_a_balanced_ledger():
    application = brought_to(Status.CLOSED)

    posted = Entry.objects.filter(application=application).values_list("number", "kind", "amount")
    assert list(posted) == [(1, "commit", 3 * MILLION), (2, "disburse", 3 * MILLION), (3, "account", 3 * MILLION)]
    assert balance(application) == (3 * MILLION, 3 * MILLION, 3 * MILLION, 0)
    assert application.status == Status.CLOSED
    assert list(verifying.differences()) == []


def test_a_decree_cannot_commit_more_than_the_allocation():
    allocation = granting.allocation(amount=5 * MILLION)
    call = granting.call(allocation.line)
    both = [brought_to(Status.NOMINATED, call) for _ in range(2)]
    decree = granting.decree_of(*both)
    head = granting.member("kepala")

    with door(head, write=True), pytest.raises(ValidationError) as refusal:
        enact(decree, by=head)

    assert refusal.value.messages == [
        "Bojonegoro: lampiran memerlukan Rp6.000.000, sedangkan sisa alokasinya Rp5.000.000."
    ]
    assert [again(one).status for one in both] == [Status.NOMINATED, Status.NOMINATED]
    assert not Entry.objects.exists()


def test_an_allocation_cannot_exceed_the_ceiling_nor_the_ceiling_fall_beneath_it(pptk):
    line = granting.line(ceiling=10 * MILLION)
    granting.allocation(line, amount=8 * MILLION)
    more = {"document": "x", "reason": "x", "by": pptk}

    with door(pptk, write=True):
        with pytest.raises(ValidationError, match="melebihi pagu"), refusals():
            AllocationChange.objects.create(allocation=line.allocations.get(), amount=3 * MILLION, **more)
        with pytest.raises(ValidationError, match="melebihi pagu"), refusals():
            CeilingChange.objects.create(line=line, amount=-3 * MILLION, **more)


def test_an_allocation_cannot_fall_beneath_what_is_committed(pptk):
    application = brought_to(Status.DECREED)

    with door(pptk, write=True), pytest.raises(ValidationError, match="Sisa alokasi"), refusals():
        AllocationChange.objects.create(
            allocation=application.allocation, amount=-28 * MILLION, document="x", reason="x", by=pptk
        )


@pytest.mark.parametrize("status", [Status.DECREED, Status.DISBURSED, Status.CLOSED])
def test_a_status_is_not_changed_in_raw_sql(status, head):
    application = brought_to(Status.NOMINATED)

    with door(head, write=True), refused("Keadaan berubah hanya melalui langkah"):
        sql("update grants_application set status = %s, version = version + 1 where id = %s", status, application.pk)


def test_a_step_without_its_money_is_refused(head):
    application = brought_to(Status.NOMINATED)

    with door(head, write=True), pytest.raises(ValidationError, match="tidak cocok dengan uangnya"), refusals():
        APPLICATION.make("decree", application, by=head)


def test_one_person_cannot_take_two_stages(verifier):
    application = brought_to(Status.NOMINATED)
    verifier.role = "head"
    verifier.save()
    promoted = granting.member("verifikator")

    with door(promoted, write=True), pytest.raises(ValidationError, match="Anda sudah memverifikasi"):
        APPLICATION.make("decree", application, by=promoted)
    with door(promoted, write=True), refused("four_eyes"):
        application.steps.create(
            version=application.version + 1,
            move="decree",
            source="nominated",
            target="decreed",
            by=promoted,
            effective_on=dates.today(),
        )


def test_the_same_tranche_is_never_paid_twice(treasurer):
    application = brought_to(Status.DISBURSED)

    with pytest.raises(ValidationError, match="Semua tahap sudah disalurkan"):
        granting.paid(application)

    assert balance(application) == (3 * MILLION, 3 * MILLION, 0, 0)


def test_tranches_wait_for_the_report_of_the_one_before():
    line = granting.line(granting.programme(tranches=(60, 40)))
    application = brought_to(Status.DISBURSED, granting.call(granting.allocation(line).line))
    first = balance(application)

    with pytest.raises(ValidationError, match="SPJ tahap sebelumnya"):
        granting.paid(application)
    application = granting.paid(granting.approved(granting.reported(application)))

    assert first == (3_000_000, 1_800_000, 0, 0)
    assert balance(application) == (3_000_000, 3_000_000, 1_800_000, 0)


def test_a_transfer_that_came_back_can_be_paid_again(treasurer):
    application = brought_to(Status.DISBURSED)

    with door(treasurer, write=True):
        bounce(application.disbursements.get(), reason="Rekening tutup", bounced_on=dates.today(), by=treasurer)
    undone = again(application)
    assert (undone.status, balance(undone)) == (Status.DECREED, (3 * MILLION, 0, 0, 0))

    again_paid = granting.paid(undone)

    assert balance(again_paid) == (3 * MILLION, 3 * MILLION, 0, 0)
    assert list(verifying.differences()) == []


def test_a_changed_entry_is_found_out():
    brought_to(Status.DISBURSED)
    sql("alter table grants_entry disable trigger grants_stays")
    sql("update grants_entry set amount = amount - 1 where kind = 'disburse'")

    assert {name for name, _ in verifying.differences()} == {"saldo alokasi", "saldo usulan", "rantai"}
