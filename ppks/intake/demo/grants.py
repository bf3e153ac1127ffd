"""Grants of the demo in every state, from an empty draft to a closed one, with an overdue report and money asked back."""

from datetime import date, timedelta

from django.db import transaction

from clients.consent_texts import Purpose, current
from clients.consents import Consent, Way
from clients.models import Person
from grants.applications.models import Application
from grants.applications.plan import BudgetItem, BusinessPlan
from grants.applications.proposing import propose, submit_together
from grants.models import (
    Allocation,
    AllocationChange,
    BudgetLine,
    Call,
    CeilingChange,
    Criterion,
    Programme,
    RuleSet,
)
from grants.selection import ranking
from grants.selection.flags import open_flags
from grants.selection.judging import judge
from grants.selection.verifying import record, set_aside
from monitoring.models import Business
from ppks.intake.demo.applicants import make_applicants
from ppks.intake.demo.grant_office import AMOUNT, Office, again, lay_papers, move
from ppks.intake.demo.granted import PAID, decide

CEILING = 300_000_000
OTHER_REGIONS = (3523, 3524)  # Tuban and Lamongan have an allocation, too
DECIDED = ("decreed", "nominated", *PAID, "cancelled", "waitlisted")  # by the ranking; all but the last get money
EARLIER = ("empty", "draft", "returned", "submitted", "judged_once", "judged", "ineligible", "withdrawn")
SCORERS = ("verifikator", "provinsi")
SHARE = (len(DECIDED) - 1) * AMOUNT


def make_grants(*, day: date, own_region: int) -> None:
    """Unless there are any; all of it or nothing."""
    office = Office(day)
    with office.acting("provinsi"):
        if Application.objects.exists():
            return
    with transaction.atomic():
        call = _offer(office, own_region)
        states = (*EARLIER, *DECIDED)
        people = make_applicants(office, own_region, len(states))
        made = {state: _written(office, call, person, state) for state, person in zip(states, people, strict=True)}
        _choose(office, made)
        decide(office, made)


def _offer(office: Office, own_region: int) -> Call:
    """A ceiling, allocations, a version of the rules and an open call."""
    by = office.user("pptk")
    with office.acting("pptk"):
        programme = Programme.objects.get(code="KIP_EKS_PPKS")
        line = BudgetLine.objects.create(programme=programme, year=office.day.year)
        why = {"document": f"DPA {office.day.year}", "reason": "Penetapan awal tahun", "by": by}
        CeilingChange.objects.create(line=line, amount=CEILING, **why)
        for region in (own_region, *OTHER_REGIONS):
            share = Allocation.objects.create(line=line, region_id=region)
            AllocationChange.objects.create(allocation=share, amount=SHARE, **why)
        rules = RuleSet.objects.create(programme=programme, version=1, youngest=18, oldest=65, by=by)
        return Call.objects.create(
            line=line,
            rule_set=rules,
            name=f"Usulan tahap I {office.day.year}",
            opens_on=office.day - timedelta(days=200),
            closes_on=office.day + timedelta(days=30),
        )


def _written(office: Office, call: Call, person: Person, state: str) -> Application:
    """A draft; complete unless it is the empty one."""
    by = office.user("bojonegoro")
    with office.acting("bojonegoro"):
        Consent.objects.create(
            person=person,
            purpose=Purpose.GRANT,
            text_version=current(Purpose.GRANT).version,
            way=Way.WRITTEN,
            given_on=office.day - timedelta(days=190),
            by=by,
        )
        application = propose(person, call, by=by)
        if state == "empty":
            return application
        business = Business.objects.filter(person=person).select_related("trade").first()
        BusinessPlan.objects.create(
            application=application,
            trade_code=business.trade.code if business.trade else "",
            trade=str(business),
            product="Barang dan pesanan seperti yang sudah berjalan",
            market="Tetangga, pasar desa, dan pesanan lewat telepon",
            target_turnover=2_500_000,
        )
        BudgetItem.objects.create(
            application=application, description="Alat kerja", quantity=1, unit="set", price=2_400_000
        )
        BudgetItem.objects.create(
            application=application, description="Bahan awal", quantity=2, unit="paket", price=300_000
        )
        Application.objects.filter(pk=application.pk).update(requested=AMOUNT, is_civil_servant=False)
        lay_papers(office, application, "application", by)
    return application


def _choose(office: Office, made: dict[str, Application]) -> None:
    """Send, verify, judge and rank; on the way some are sent back, refused or step down."""
    sent = [one for state, one in made.items() if state not in {"empty", "draft"}]
    head = office.user("kadinsos.bojonegoro")
    with office.acting("kadinsos.bojonegoro"):
        sent = list(Application.objects.filter(pk__in=[one.pk for one in sent]).order_by("pk"))
        submit_together(sent, number="460/112/2026", dated_on=office.day, by=head)
    verified = [state for state in made if state in DECIDED or state.startswith("judged")]
    _verify(office, [made[state] for state in verified])
    for state in DECIDED:
        _judge(office, made[state], 2 if state == "waitlisted" else 4, scorers=SCORERS)
    _judge(office, made["judged_once"], 3, scorers=SCORERS[:1])
    share = made["decreed"].allocation_id
    with office.acting("pptk"):
        by = office.user("pptk")
        allocation = Allocation.objects.select_related("balance").get(pk=share)
        ranking.rank(allocation, seen=ranking.fingerprint(ranking.order(allocation)), by=by)
    _judge(office, made["judged"], 5, scorers=SCORERS)
    move(office, "verifikator", made["returned"], "return", note="RAB belum menyebut merek alatnya.")
    move(office, "verifikator", made["ineligible"], "reject", note="Usahanya sudah tutup.", code="no_business")
    move(office, "bojonegoro", made["withdrawn"], "withdraw", note="Pindah bekerja ke pabrik.")
    move(office, "kepala", made["cancelled"], "cancel", note="Menolak menerima.", code="refuses")


def _verify(office: Office, applications: list[Application]) -> None:
    by = office.user("verifikator")
    with office.acting("verifikator"):
        for application in map(again, applications):
            for flag in open_flags(application):
                set_aside(application, flag.key, reason="Bantuan lama; alatnya sudah dipakai dan habis.", by=by)
            record(
                application,
                photo=office.picture,
                pass_it=True,
                by=by,
                visited_on=office.day,
                place="Rumah penerima",
                met="Yang bersangkutan",
                is_same_person=True,
                has_business=True,
                can_use_it=True,
                findings="Usaha berjalan, alat lama sudah aus.",
                recommended=AMOUNT,
            )


def _judge(office: Office, application: Application, grade: int, *, scorers: tuple[str, ...]) -> None:
    for who in scorers:
        with office.acting(who):
            said = [(one, grade, "Sesuai yang dilihat di tempat.") for one in Criterion.objects.current()]
            judge(again(application), said, by=office.user(who))
