"""Many nominated applications at once, in few statements: the same steps as always, each kind for everybody together."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from clients.consent_texts import Purpose, current
from clients.consents import Consent, Way
from clients.models import Person, PersonStep
from grants.applications.models import Application, ApplicationStep
from grants.applications.plan import BudgetItem
from grants.decrees.models import Decree, DecreeLine, DecreeStep
from grants.models import (
    Account,
    Call,
    CoverLetter,
    Deduction,
    Disbursement,
    Hold,
    PaymentOrder,
    ReceiptCheck,
    Verification,
)
from ppks.accounts.models import User
from ppks.kit import dates
from ppks.kit.sealed import Sealed
from tests import granting
from tests.factories import AttachmentFactory
from tests.people import member


def _as(user: User | None) -> None:
    """Steps are made in one's own name; the owner says whose it is, and nobody's at the end."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('ppks.user', %s, false)", [str(user.pk) if user else ""])


def people(number: int, regions: Sequence[int]) -> list[Person]:
    """Former clients who agreed to be proposed, spread over the regions."""
    by, day = User.objects.system(), dates.today()
    made = Person.objects.bulk_create(
        Person(name=f"Calon Ke{n:04d}", region_id=regions[n % len(regions)], sex="P") for n in range(number)
    )
    _as(by)
    PersonStep.objects.bulk_create(
        PersonStep(
            person=one,
            version=1,
            move="register_former",
            source="new",
            target="former_client",
            by=by,
            effective_on=day,
        )
        for one in made
    )
    Consent.objects.bulk_create(
        Consent(
            person=one,
            purpose=Purpose.GRANT,
            text_version=current(Purpose.GRANT).version,
            way=Way.WRITTEN,
            given_on=day,
            by=by,
        )
        for one in made
    )
    return made


def nominated(of: Call, number: int, regions: Sequence[int], *, amount: int = granting.MILLION) -> list[Application]:
    """Applications that only wait for a decree."""
    officer, day = member("bojonegoro"), dates.today()
    candidates = people(number, regions)
    _as(officer)
    made = Application.objects.bulk_create(
        Application(person=one, call=of, by=officer, requested=amount) for one in candidates
    )
    BudgetItem.objects.bulk_create(
        BudgetItem(application=one, description="Mesin jahit", quantity=1, unit="buah", price=amount) for one in made
    )
    head = member("kadinsos.bojonegoro")
    _as(head)
    numbered = {"number": f"460/{next(granting.numbers)}", "dated_on": day}
    letter = CoverLetter.objects.create(region_id=regions[0], by=head, **numbered)
    _step(made, 1, ("submit", "draft", "submitted"), head, letter=letter)
    verifier = member("verifikator")
    _as(verifier)
    seen = {"place": "Rumah", "met": "Sendiri", "findings": "Layak", "visited_on": day, "by": verifier}
    true = {"is_same_person": True, "has_business": True, "can_use_it": True}
    Verification.objects.bulk_create(Verification(application=one, recommended=amount, **seen, **true) for one in made)
    _step(made, 2, ("verify", "submitted", "verified"), verifier)
    _step(made, 3, ("nominate", "verified", "nominated"), member("pptk"))
    _as(None)
    return list(Application.objects.filter(pk__in=[one.pk for one in made]).order_by("pk"))


def _step(applications: list[Application], version: int, move: tuple[str, str, str], by: User, **more: Any) -> None:
    name, source, target = move
    _as(by)
    ApplicationStep.objects.bulk_create(
        ApplicationStep(
            application=one,
            version=version,
            move=name,
            source=source,
            target=target,
            by=by,
            effective_on=dates.today(),
            **more,
        )
        for one in applications
    )


def drafted(applications: Sequence[Application]) -> Decree:
    """A decree over all of them that lacks nothing."""
    by = member("pptk")
    _as(by)
    decree = Decree.objects.create(
        number=f"188/{next(granting.numbers)}/MASSAL",
        signed_on=dates.today(),
        subject="Penerima bantuan usaha",
        year=applications[0].year,
        stated_total=sum(one.recommended for one in applications),
        scan=AttachmentFactory(region_id=None, by=by),
        by=by,
    )
    DecreeLine.objects.bulk_create(
        DecreeLine(decree=decree, application=one, amount=one.recommended) for one in applications
    )
    _as(None)
    return decree


def enacted(decree: Decree) -> list[Application]:
    """The decree's people once the head has enacted it, by bare steps."""
    head, day = member("kepala"), dates.today()
    _as(head)
    step = {"move": "enact", "source": "draft", "target": "enacted", "version": 1, "by": head, "effective_on": day}
    DecreeStep.objects.create(decree=decree, **step)
    there = [line.application for line in decree.lines.select_related("application")]
    _step(there, 4, ("decree", "nominated", "decreed"), head)
    _as(None)
    return list(Application.objects.filter(pk__in=[one.pk for one in there]).order_by("pk"))


def paid(application: Application, *, amount: int = granting.MILLION) -> Disbursement:
    """The whole grant by one SP2D, by bare steps."""
    by, day = member("bendahara"), dates.today()
    granting.documented(application, "payment", by=by)
    _as(by)
    order = PaymentOrder.objects.create(number=f"{next(granting.numbers):05}/LS", year=day.year, issued_on=day, by=by)
    holder = application.person.name
    account = Account.objects.create(
        application=application, bank="Bank Jatim", number=Sealed("0012345678"), holder=holder, by=by
    )
    made = Disbursement.objects.create(
        application=application, tranche=1, form="cash", amount=amount, paid_on=day, order=order, account=account, by=by
    )
    _step([application], 5, ("disburse", "decreed", "disbursed"), by)
    _as(None)
    return made


def cut(disbursement: Disbursement) -> Deduction:
    """The case that an answer has opened."""
    by = member("provinsi")
    told = {"asked_on": dates.today(), "received": 900_000, "deducted": 100_000, "said": "Untuk biaya", "by": by}
    _as(by)
    answer = ReceiptCheck.objects.create(disbursement=disbursement, **told)
    _as(None)
    return Deduction.objects.get(answer=answer)


def held(application: Application) -> Hold:
    return Hold.objects.create(application=application, reason="Aduan warga", by=member("pptk"))
