"""What the demo's decrees did with the money: paid, reported, accounted for, closed, asked back, and held."""

from datetime import date, timedelta

from grants.accountability import receipts
from grants.accountability.recovering import demand
from grants.accountability.reporting import approve
from grants.accountability.workflow import REPORT
from grants.applications.models import Application
from grants.budget.locking import lock_money
from grants.decrees.drafting import draft
from grants.decrees.enacting import enact
from grants.models import Account
from grants.payments.asking import answer
from grants.payments.holding import hold
from grants.payments.paying import pay_order
from ppks.documents.attachments import keep
from ppks.intake.demo.grant_office import AMOUNT, Office, again, lay_papers, move
from ppks.kit import rupiah
from ppks.kit.sealed import Sealed

PAID = ("overdue", "running", "reported", "accounted", "closed", "recovery")
LONG_AGO, LATELY = 120, 20  # days since money was paid: the first report is overdue, the second is not


def decide(office: Office, made: dict[str, Application]) -> None:
    """One decree long ago and one of late, the payments, and what became of the money."""
    early, late = [made[state] for state in PAID if state != "running"], [made["running"], made["decreed"]]
    _decree(office, early, office.day - timedelta(days=LONG_AGO + 10))
    _decree(office, late, office.day - timedelta(days=LATELY + 5))
    _pay(office, early, office.day - timedelta(days=LONG_AGO))
    _pay(office, [made["running"]], office.day - timedelta(days=LATELY))
    for state in ("reported", "accounted", "closed", "recovery"):
        _report(office, made[state])
    for state in ("accounted", "closed", "recovery"):
        with office.acting("pptk"):
            approve(again(made[state]).reports.get(), by=office.user("pptk"))
    move(office, "pptk", made["closed"], "close")
    _aftermath(office, made)


def _decree(office: Office, applications: list[Application], signed_on: date) -> None:
    pptk, head = office.user("pptk"), office.user("kepala")
    with office.acting("pptk"):
        lines = list(Application.objects.filter(pk__in=[one.pk for one in applications]).order_by("pk"))
        made = draft(lines, subject="Penerima bantuan kewirausahaan inklusif", year=office.day.year, by=pptk)
        made.number = f"188/{next(office.numbers):03}/KPTS/{signed_on.year}"
        made.signed_on, made.stated_total = signed_on, AMOUNT * len(lines)
        made.scan = keep(office.picture, region_id=None, by=pptk)
        made.save(update_fields=["number", "signed_on", "stated_total", "scan"])
    with office.acting("kepala"):
        enact(made, by=head)


def _pay(office: Office, applications: list[Application], on: date) -> None:
    officer, treasurer = office.user("bojonegoro"), office.user("bendahara")
    with office.acting("bojonegoro"):
        for application in map(again, applications):
            lay_papers(office, application, "payment", officer)
    with office.acting("bendahara"):
        lock_money(one.pk for one in applications)
        lines = {application: (_account(office, application), 1) for application in map(again, applications)}
        pay_order(lines, number=f"{next(office.numbers):05}/SP2D/LS/{on.year}", issued_on=on, by=treasurer)


def _account(office: Office, application: Application) -> Account:
    return Account.objects.create(
        application=application,
        bank="Bank Jatim",
        number=Sealed(f"0012{application.pk:06}"),
        holder=application.person.name,
        by=office.user("bendahara"),
    )


def _report(office: Office, application: Application) -> None:
    """Two receipts over the whole sum, and the officer's report."""
    by = office.user("bojonegoro")
    with office.acting("bojonegoro"):
        report = again(application).reports.get()
        for item in again(application).items.all():
            number = f"N-{next(office.numbers):04}"
            typed = {
                "item": item,
                "description": item.description,
                "seller": "Toko Sumber Rejeki, Bojonegoro",
                "receipt_number": number,
                "bought_on": report.disbursement.paid_on + timedelta(days=5),
                "amount": item.total,
            }
            receipts.record(report, typed, office.receipt(number, item.total), by=by)
        lay_papers(office, again(application), "report", by)
        REPORT.make("submit", report, by=by)


def _aftermath(office: Office, made: dict[str, Application]) -> None:
    """Money that must come back, a deduction that somebody told of, and a stop."""
    with office.acting("kepala"):
        demand(
            again(made["recovery"]),
            finding="LHP 12",
            amount=600_000,
            due_on=office.day + timedelta(days=30),
            reason="Bahan awal dijual lagi sebelum dipakai.",
            by=office.user("kepala"),
        )
    with office.acting("provinsi"):
        paid = again(made["running"]).disbursements.get()
        kept = paid.amount - 250_000
        said = f"Diminta {rupiah.format(250_000)} untuk “administrasi”."
        who = {"asked_on": office.day, "deducted_by": "Seseorang di desa", "said": said}
        answer(paid, received=kept, by=office.user("provinsi"), **who)
    with office.acting("kepala"):
        hold(again(made["running"]), reason="Ada laporan pemotongan; ditunggu keterangannya.", by=office.user("kepala"))
