"""A decree of the demo with what followed: money paid by one order, an answer that all arrived, and one of a deduction."""

from datetime import date
from typing import Any

from django.db import transaction

from clients.models import Person
from grants.applications.documents import add_document, missing_documents
from grants.applications.models import Application
from grants.applications.proposing import submit_together
from grants.applications.statuses import Status
from grants.applications.workflow import APPLICATION
from grants.decrees.drafting import draft
from grants.decrees.enacting import enact
from grants.models import Account, Call, Criterion, Score, Verification
from grants.payments.asking import answer
from grants.payments.paying import pay_order
from ppks.accounts.models import User
from ppks.documents.attachments import keep
from ppks.intake.demo.proposals import drafted, owners, picture
from ppks.kit.doors import entered
from ppks.kit.sealed import Sealed

CAST = ("bojonegoro", "kadinsos.bojonegoro", "verifikator", "provinsi", "pptk", "kepala", "bendahara")
FOUND = {"place": "Rumah dan tempat usaha", "met": "Yang bersangkutan", "findings": "Usaha berjalan, alat kurang."}
TRUE = dict.fromkeys(("is_same_person", "has_business", "can_use_it"), True)
SAID = "Diminta Rp200.000 oleh orang yang mengaku mengurus berkas."


def make_payments(region: int, *, day: date) -> None:
    """Unless somebody was paid already; the last of the five stays in the list of nominees."""
    cast = {name: User.objects.with_reach().get(username=name) for name in CAST}
    with transaction.atomic():
        with entered(cast["bojonegoro"], write=True, command="demo"):
            call = Call.objects.order_by("pk").first()
            if call is None or Application.objects.filter(status=Status.DISBURSED).exists():
                return
            people = enumerate(_people(region, call), 1)
            keys = [drafted(one, call, n, cast["bojonegoro"], day).pk for n, one in people]
        _judge(keys, cast, day)
        _decree(keys[:-1], cast, day)
        _pay(keys[:-2], cast, day)


def _people(region: int, call: Call) -> list[Person]:
    asked = Application.objects.filter(call=call).values("person")
    return list(owners(region).exclude(pk__in=asked)[:5])


def _stored(keys: list[int]) -> list[Application]:
    rows = Application.objects.filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("balance", "person", "call__rule_set", "call__line__programme"))


def _papers(application: Application, stage: str, by: Any) -> None:
    for kind in missing_documents(application, stage):
        add_document(application, kind, picture(f"{kind}"), by=by)


def _judge(keys: list[int], cast: dict[str, User], day: date) -> None:
    """Sent, visited, verified, scored by two and nominated."""
    by = cast["kadinsos.bojonegoro"]
    with entered(by, write=True, command="demo"):
        submit_together(_stored(keys), number=f"460/905/432.305/{day.year}", dated_on=day, by=by)
    by = cast["verifikator"]
    with entered(by, write=True, command="demo"):
        for one in _stored(keys):
            visit = {"visited_on": day, "recommended": one.requested, "by": by}
            Verification.objects.create(application=one, **visit, **FOUND, **TRUE)
            _papers(one, "verification", by)
            APPLICATION.make("verify", one, by=by)
    for name, value in (("verifikator", 4), ("provinsi", 5)):
        with entered(cast[name], write=True, command="demo"):
            for one in keys:
                for criterion in Criterion.objects.current():
                    score = {"value": value, "justification": "Sesuai hasil kunjungan.", "by": cast[name]}
                    Score.objects.create(application_id=one, criterion=criterion, **score)
    with entered(cast["pptk"], write=True, command="demo"):
        for one in _stored(keys):
            APPLICATION.make("nominate", one, by=cast["pptk"])


def _decree(keys: list[int], cast: dict[str, User], day: date) -> None:
    by = cast["pptk"]
    with entered(by, write=True, command="demo"):
        applications = _stored(keys)
        made = draft(applications, subject="Penerima KIP eks PPKS Jawara tahap I", year=day.year, by=by)
        made.number, made.signed_on = f"188/512/KPTS/013/{day.year}", day
        made.stated_total = sum(one.recommended for one in applications)
        made.scan = keep(picture("SK"), region_id=None, by=by)
        made.save(update_fields=["number", "signed_on", "stated_total", "scan"])
    with entered(cast["kepala"], write=True, command="demo"):
        enact(made, by=cast["kepala"])


def _pay(keys: list[int], cast: dict[str, User], day: date) -> None:
    """All but the last of the decree are paid; one got all of it, another did not."""
    by = cast["bendahara"]
    with entered(by, write=True, command="demo"):
        lines = {}
        for one in _stored(keys):
            _papers(one, "payment", by)
            own = {"bank": "Bank Jatim", "number": Sealed(f"0012{one.pk:06}"), "holder": one.person.name}
            lines[one] = Account.objects.create(application=one, by=by, **own), 1
        order = pay_order(lines, number=f"01284/SP2D/LS/{day.year}", issued_on=day, by=by)
    with entered(cast["provinsi"], write=True, command="demo"):
        first, second = order.disbursements.order_by("pk")[:2]
        told = {"asked_on": day, "by": cast["provinsi"]}
        answer(first, received=first.amount, deducted_by="", said="", **told)
        answer(second, received=second.amount - 200_000, deducted_by="Tidak dikenal", said=SAID, **told)
