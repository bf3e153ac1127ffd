"""Nobody, not even the owner, writes money or its history by raw SQL."""

import pytest

from grants.applications.statuses import Status
from grants.models import Entry
from tests import granting
from tests.granting import brought_to
from tests.office import door, refused, sql

pytestmark = [pytest.mark.django_db, pytest.mark.database_sensitive]


@pytest.fixture(scope="module")
def paid(world):
    return brought_to(Status.DISBURSED)


@pytest.mark.parametrize(
    "statement",
    [
        "update grants_applicationbalance set disbursed = 0",
        "update grants_allocationbalance set ceiling = ceiling + 1",
        "update grants_budgetbalance set ceiling = 1",
        "update grants_entry set amount = 1",
        "delete from grants_entry",
        "insert into grants_entry (allocation_id, application_id, region_id, number, kind, amount, key, by_id, posted_at,"
        " previous_hash, hash) select allocation_id, application_id, region_id, 9, 'return', 1, 'x', by_id, now(), '', ''"
        " from grants_entry limit 1",
        "select grants_post(1, 'commit', 1, 'x', 1)",
        "update grants_ceilingchange set amount = 1",
        "delete from grants_decreestep",
        "update grants_disbursement set amount = 1",
        "insert into grants_chainlink (application_id, actor_id, link, taken_at) values (1, 1, 'verify', now())",
    ],
)
@pytest.mark.parametrize("role", ["bendahara", "bojonegoro", "auditor"])
def test_nobody_writes_balances_or_the_ledger_in_raw_sql(paid, statement, role):
    with door(granting.member(role), write=True), refused("permission denied"):
        sql(statement)


def test_not_even_the_owner_changes_an_entry(paid):
    with refused("Buku besar tidak pernah diubah"):
        Entry.objects.update(amount=1)
