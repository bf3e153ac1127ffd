"""Brings an application to any of its stations, each step by the right one of the cast and behind the right door."""

from datetime import date, timedelta
from itertools import count

from django.db.models import QuerySet

from clients.consent_texts import Purpose, current
from clients.consents import Consent, Way
from clients.models import Person
from grants.accountability.models import Purchase
from grants.accountability.recovering import demand
from grants.accountability.reporting import approve
from grants.accountability.workflow import REPORT
from grants.applications.documents import missing_documents
from grants.applications.models import Application
from grants.applications.plan import BudgetItem, BusinessPlan
from grants.applications.proposing import cover_letter, propose, submit
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.decrees.drafting import draft
from grants.decrees.enacting import enact
from grants.models import (
    Account,
    Allocation,
    AllocationChange,
    ApplicationDocument,
    BudgetLine,
    Call,
    CeilingChange,
    Criterion,
    Decree,
    PaymentOrder,
    Programme,
    RuleSet,
    Score,
    Verification,
)
from grants.payments.paying import next_tranche, pay_cash
from monitoring.models import Business
from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.prepared import NOBODY, Reader, prepared
from ppks.kit.sealed import Sealed
from tests.factories import AttachmentFactory, BusinessFactory, PersonFactory, moved
from tests.office import door
from tests.people import BOJONEGORO, member

MILLION = 1_000_000
numbers = count(1)


def programme(*, tranches: tuple[int, ...] = (100,), maximum: int = 3 * MILLION) -> Programme:
    return Programme.objects.create(
        code=f"UJI{next(numbers)}", name="Bantuan usaha", maximum=maximum, tranches=list(tranches)
    )


def line(of: Programme | None = None, *, ceiling: int = 100 * MILLION, year: int | None = None) -> BudgetLine:
    """A line of this year with a ceiling."""
    made = BudgetLine.objects.create(programme=of or programme(), year=year or dates.today().year)
    CeilingChange.objects.create(line=made, amount=ceiling, document="DPA 1", reason="Pagu awal", by=system())
    return made


def allocation(of: BudgetLine | None = None, *, amount: int = 30 * MILLION, region: int = BOJONEGORO) -> Allocation:
    """The part of one kab/kota, of a line of its own unless one is given."""
    made = Allocation.objects.create(line=of or line(), region_id=region)
    AllocationChange.objects.create(allocation=made, amount=amount, document="SK kuota", reason="Kuota", by=system())
    return made


def call(of: BudgetLine, **rules: object) -> Call:
    """A call that is open, under rules that ask for nothing unless `rules` do."""
    usual = {"needs_business": False, "excludes_civil_servants": False}
    version = RuleSet.objects.filter(programme=of.programme).count() + 1
    rule_set = RuleSet.objects.create(programme=of.programme, version=version, by=system(), **usual | rules)
    day = dates.today()
    return Call.objects.create(
        line=of,
        rule_set=rule_set,
        name=f"Usulan ke-{next(numbers)}",
        opens_on=day - timedelta(30),
        closes_on=day + timedelta(30),
    )


def system() -> User:
    return User.objects.system()


def applicant(region: int = BOJONEGORO, **fields: object) -> Person:
    """A former client who agreed to be proposed."""
    person = moved(PersonFactory(region_id=region, **fields), "register_former")
    Consent.objects.create(
        person=person,
        purpose=Purpose.GRANT,
        text_version=current(Purpose.GRANT).version,
        way=Way.WRITTEN,
        given_on=dates.today(),
        by=system(),
    )
    return person


def drafted(of: Call, *, person: Person | None = None, amount: int = 3 * MILLION) -> Application:
    """A complete draft of somebody of Bojonegoro, unless `person` is given."""
    officer, person = member("bojonegoro"), person or applicant()
    with door(officer, write=True):
        made = propose(person, of, by=officer)
        BusinessPlan.objects.create(application=made, trade="Menjahit", product="Baju anak", market="Pasar desa")
        BudgetItem.objects.create(application=made, description="Mesin jahit", quantity=1, unit="buah", price=amount)
        Application.objects.filter(pk=made.pk).update(requested=amount)
    return documented(again(made), "application")


def draft_of(person: Person) -> Application:
    """What the person is proposed for this year, empty yet; written as the owner, in no officer's name."""
    known = Application.objects.alive().filter(identity=person.identity_id).first()
    of = call(allocation(region=person.region_id).line)
    return known or again(Application.objects.create(person=person, call=of, by=system()))


def documented(application: Application, stage: str, *, by: User | None = None) -> Application:
    """With every compulsory paper of the stage."""
    by = by or member("bojonegoro")
    for kind in missing_documents(application, stage):
        attachment = AttachmentFactory(region_id=application.region_id, by=by, content=f"{kind}".encode())
        with door(by, write=True):
            ApplicationDocument.objects.create(application=application, type=kind, attachment=attachment, by=by)
    return application


def again(application: Application) -> Application:
    """The application as it is stored now."""
    return _stored(NOBODY, application.pk)[0]


@prepared
def _stored(nobody: Reader, key: int) -> QuerySet:
    return Application.objects.select_related("balance", "allocation__balance", "call__line").filter(pk=key)


def submitted(application: Application) -> Application:
    by = member("kadinsos.bojonegoro")
    with door(by, write=True):
        letter = cover_letter(application.region_id, number=f"460/{next(numbers)}", dated_on=dates.today(), by=by)
        submit(application, letter=letter, by=by)
    return again(application)


def verification(application: Application, *, by: User, recommended: int | None = None) -> Verification:
    """A visit that found everything in order."""
    return Verification.objects.create(
        application=application,
        visited_on=dates.today(),
        place="Rumah",
        met="Yang bersangkutan",
        is_same_person=True,
        has_business=True,
        can_use_it=True,
        findings="Layak.",
        recommended=recommended or application.requested,
        by=by,
    )


def verified(application: Application, *, recommended: int | None = None) -> Application:
    by = member("verifikator")
    documented(application, "verification", by=by)
    with door(by, write=True):
        verification(application, by=by, recommended=recommended)
        APPLICATION.make("verify", application, by=by)
    return again(application)


def scored(application: Application, *values: int) -> Application:
    """By two scorers, one value each for every criterion."""
    for username, value in zip(("verifikator", "provinsi"), values or (4, 4), strict=True):
        by = member(username)
        with door(by, write=True):
            for criterion in Criterion.objects.current():
                Score.objects.create(
                    application=application, criterion=criterion, value=value, justification="Cukup.", by=by
                )
    return again(application)


def nominated(application: Application) -> Application:
    by = member("pptk")
    with door(by, write=True):
        APPLICATION.make("nominate", application, by=by)
    return again(application)


def decree_of(*applications: Application, **fields: object) -> Decree:
    """A draft with everything filled in."""
    by = member("pptk")
    with door(by, write=True):
        made = draft(applications, subject="Penerima bantuan usaha", year=applications[0].year, by=by)
        scan = AttachmentFactory(region_id=None, by=by)
        usual = {"number": f"188/{next(numbers)}/KPTS", "signed_on": dates.today(), "scan": scan}
        total = sum(one.recommended for one in applications)
        Decree.objects.filter(pk=made.pk).update(**usual | {"stated_total": total} | fields)
    return Decree.objects.get(pk=made.pk)


def decreed(*applications: Application) -> list[Application]:
    made, by = decree_of(*applications), member("kepala")
    with door(by, write=True):
        enact(made, by=by)
    return [again(one) for one in applications]


def paid(application: Application, *, on: date | None = None) -> Application:
    """The next tranche, in cash."""
    by, day = member("bendahara"), on or dates.today()
    documented(application, "payment")
    with door(by, write=True):
        account = Account.objects.create(
            application=application,
            bank="Bank Jatim",
            number=Sealed("0012345678"),
            holder=application.person.name,
            by=by,
        )
        order = PaymentOrder.objects.create(number=f"{next(numbers):05}/SP2D", year=day.year, issued_on=day, by=by)
        number = next_tranche(application)[0]
        pay_cash(application, order=order, account=account, tranche=number, paid_on=day, by=by)
    return again(application)


def reported(application: Application) -> Application:
    """The last report, with one receipt over everything, sent by the officer."""
    by = member("bojonegoro")
    documented(application, "report", by=by)
    with door(by, write=True):
        report = application.reports.last()
        Purchase.objects.create(
            report=report,
            item=application.items.first(),
            description="Mesin jahit",
            seller="Toko Maju",
            bought_on=dates.today(),
            amount=report.disbursement.amount,
            by=by,
        )
        REPORT.make("submit", report, by=by)
    return again(application)


def approved(application: Application) -> Application:
    by = member("pptk")
    with door(by, write=True):
        approve(application.reports.last(), by=by)
    return again(application)


def asked_back(application: Application) -> Application:
    """One rupiah of it, after a finding."""
    by = member("kepala")
    with door(by, write=True):
        demand(application, finding="LHP 0", amount=1, due_on=dates.today(), reason="Temuan pemeriksa.", by=by)
    return again(application)


def closed(application: Application) -> Application:
    by = member("pptk")
    if not Business.objects.filter(person=application.person).exists():
        from monitoring.scheduling import schedule_first

        schedule_first([BusinessFactory(person=application.person)], on=dates.today())
    with door(by, write=True):
        APPLICATION.make("close", application, by=by)
    return again(application)


WAY = (submitted, verified, scored, nominated, lambda one: decreed(one)[0], paid, reported, approved, closed)
STATIONS = {
    Status.SUBMITTED: 1,
    Status.VERIFIED: 3,
    Status.NOMINATED: 4,
    Status.DECREED: 5,
    Status.DISBURSED: 6,
    Status.ACCOUNTED: 8,
    Status.CLOSED: 9,
}


def brought_to(status: Status, of: Call | None = None, **fields: object) -> Application:
    """A new application at one of the stations of the straight way, or one whose money is asked back."""
    if status == Status.RECOVERY:
        return asked_back(brought_to(Status.DISBURSED, of, **fields))
    application = drafted(of or call(allocation().line), **fields)
    for step in WAY[: STATIONS.get(status, 0)]:
        application = step(application)
    return application
