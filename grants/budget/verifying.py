"""Recomputes every balance and every hash of the ledger from the entries, tells what differs, and keeps the result."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import connection

from grants.budget.models import LedgerCheck
from ppks.inbox.sending import Everybody, notify
from ppks.kit.contributions import contribute
from ppks.kit.periodic import Work

SUMS = """
select coalesce(sum(case kind when 'commit' then amount when 'release' then -amount end), 0),
  coalesce(sum(case when kind = 'disburse' then amount when original = 'disburse' then -amount end), 0),
  coalesce(sum(case when kind = 'account' then amount when original = 'account' then -amount end), 0),
  coalesce(sum(case kind when 'return' then amount end), 0)
"""
ENTRIES = """
(select entry.*, undone.kind as original from grants_entry entry left join grants_entry undone on undone.id = entry.reverses_id)
"""
CHECKS = {
    "pagu": """
        select line_id from grants_budgetbalance balance where ceiling <> coalesce((
          select sum(amount) from grants_ceilingchange change where change.line_id = balance.line_id), 0)""",
    "jumlah alokasi": """
        select line_id from grants_budgetbalance balance where allocated <> coalesce((
          select sum(ceiling) from grants_allocationbalance part join grants_allocation a on a.id = part.allocation_id
          where a.line_id = balance.line_id), 0)""",
    "alokasi": """
        select allocation_id from grants_allocationbalance balance where ceiling <> coalesce((
          select sum(amount) from grants_allocationchange change
          where change.allocation_id = balance.allocation_id), 0)""",
    "saldo alokasi": f"""
        select allocation_id from grants_allocationbalance balance where (committed, disbursed, accounted, returned)
          <> ({SUMS} from {ENTRIES} told where told.allocation_id = balance.allocation_id)""",
    "saldo usulan": f"""
        select application_id from grants_applicationbalance balance where (committed, disbursed, accounted, returned)
          <> ({SUMS} from {ENTRIES} told where told.application_id = balance.application_id)""",
    "rantai": """
        select id from (
          select entry.id, entry.number, hash, previous_hash, grants_entry_hash(entry) as computed,
            lag(hash, 1, '') over chain as before, row_number() over chain as place
          from grants_entry entry window chain as (partition by allocation_id order by number)
        ) told where hash <> computed or previous_hash <> before or number <> place""",
    "ujung rantai": """
        select allocation_id from grants_allocationbalance balance where (entries, last_hash) <> (
          select count(*)::integer, coalesce((array_agg(hash order by number desc))[1], '') from grants_entry entry
          where entry.allocation_id = balance.allocation_id)""",
}


def differences() -> Iterator[tuple[str, int]]:
    """(what differs, id of the row) for everything that is not as the entries say; nothing when all is right."""
    with connection.cursor() as cursor:
        for name, query in CHECKS.items():
            cursor.execute(query)
            yield from ((name, row) for (row,) in cursor.fetchall())


def count() -> int:
    """How many entries the ledger has."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from grants_entry")
        return cursor.fetchone()[0]


def check() -> tuple[LedgerCheck, list[tuple[str, int]]]:
    """Look at everything, and keep what was found for the page of the budget."""
    found = list(differences())
    return LedgerCheck.objects.create(entries=count(), differences=Counter(name for name, _ in found)), found


def check_daily(day: date) -> str:
    """Unless it was done on that day; what does not agree is told to whoever answers for the money."""
    made = LedgerCheck.objects.filter(made_at__date=day).first() or check()[0]
    wrong = sum(made.differences.values())
    if wrong:
        text = f"Buku besar tidak cocok dengan catatannya pada {wrong} tempat. Jangan membayar dulu; buka halaman anggaran."
        notify(key=f"buku-besar-{day}", to=[Everybody("pptk"), Everybody("head")], text=text, url="budget_front")
    return f"Buku besar diperiksa: {wrong} tempat tidak cocok."


contribute("tick", Work("buku besar", check_daily))
