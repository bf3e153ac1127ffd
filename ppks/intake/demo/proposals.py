"""Applications of the demo at the desk: a call that is open, and people of one kab/kota between draft and returned."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from PIL import Image

from clients.consent_texts import Purpose, current
from clients.consents import Consent, Way, has_consent
from clients.models import Person
from grants.applications.documents import add_document, missing_documents
from grants.applications.models import Application
from grants.applications.plan import BudgetItem, BusinessPlan
from grants.applications.proposing import propose, submit_together
from grants.applications.workflow import APPLICATION
from grants.models import Allocation, AllocationChange, BudgetLine, Call, CeilingChange, Programme, RuleSet
from monitoring.models import Business
from ppks.accounts.models import User
from ppks.documents.attachments import Checked
from ppks.kit.doors import entered

PROGRAMME, CALL = "KIP_EKS_PPKS", "KIP eks PPKS Jawara, tahap I"
CEILING, ALLOCATION = 1_140_000_000, 54_000_000
REGIONS = (3522, 3523, 3524)
ITEMS = (
    ("Mesin jahit", 1, "buah", 1_850_000),
    ("Kain katun", 20, "meter", 35_000),
    ("Benang dan jarum", 1, "paket", 150_000),
)
PLANS = (  # trade, experience, product, market
    (
        "Menjahit pakaian anak",
        "Pelatihan menjahit di UPT, 2 tahun membantu tetangga",
        "Seragam dan baju anak",
        "Pasar desa",
    ),
    ("Warung makan", "Memasak untuk hajatan", "Nasi pecel dan kopi", "Pekerja pabrik di depan rumah"),
    ("Bengkel sepeda motor", "Pelatihan otomotif di UPT", "Tambal ban dan ganti oli", "Warga tiga dusun"),
)
RETURNED = "Foto usaha terlalu gelap dan RAB belum menyebut merek mesin."


def make_proposals(region: int, *, day: date) -> None:
    """All of them, unless there is a call already."""
    users = User.objects.with_reach()
    lead, officer, head, verifier = (
        users.get(username=name) for name in ("pptk", "bojonegoro", "kadinsos.bojonegoro", "verifikator")
    )
    with transaction.atomic():
        with entered(lead, write=True, command="demo"):
            if Call.objects.exists():
                return
            call = _opened(lead, day)
        with entered(officer, write=True, command="demo"):
            drafts = [drafted(person, call, n, officer, day) for n, person in enumerate(owners(region)[:5])]
        with entered(head, write=True, command="demo"):
            sent = [_again(one) for one in drafts[2:]]
            submit_together(sent, number=f"460/812/432.305/{day.year}", dated_on=day, by=head)
        with entered(verifier, write=True, command="demo"):
            APPLICATION.make("return", drafts[-1], by=verifier, note=RETURNED)


def _opened(by: User, day: date) -> Call:
    programme = Programme.objects.get(code=PROGRAMME)
    line = BudgetLine.objects.create(programme=programme, year=day.year)
    paper = {"document": f"DPA 1.06.{day.year}", "reason": "Pagu awal tahun", "by": by}
    CeilingChange.objects.create(line=line, amount=CEILING, **paper)
    for region in REGIONS:
        allocation = Allocation.objects.create(line=line, region_id=region)
        AllocationChange.objects.create(allocation=allocation, amount=ALLOCATION, **paper)
    rule_set = RuleSet.objects.create(programme=programme, version=1, by=by)
    window = {"opens_on": day - timedelta(days=40), "closes_on": day + timedelta(days=30)}
    return Call.objects.create(line=line, rule_set=rule_set, name=f"{CALL} {day.year}", **window)


def owners(region: int) -> QuerySet:
    """Former clients who have a business, by name."""
    businesses = Business.objects.filter(region=region).values("person")
    people = Person.objects.filter(pk__in=businesses, status="former_client")
    return people.order_by("-name_key")


def drafted(person: Person, call: Call, number: int, by: User, day: date) -> Application:
    """The first is left empty, the others are filled in."""
    if not has_consent(person, Purpose.GRANT, day):
        version = current(Purpose.GRANT).version
        Consent.objects.create(
            person=person, purpose=Purpose.GRANT, text_version=version, way=Way.WRITTEN, given_on=day, by=by
        )
    application = propose(person, call, by=by)
    if number == 0:
        return application
    trade, experience, product, market = PLANS[number % len(PLANS)]
    BusinessPlan.objects.create(
        application=application, trade=trade, experience=experience, product=product, market=market
    )
    for description, quantity, unit, price in ITEMS:
        BudgetItem.objects.create(
            application=application, description=description, quantity=quantity, unit=unit, price=price
        )
    rows = Application.objects.filter(pk=application.pk)
    rows.update(requested=sum(quantity * price for _, quantity, _, price in ITEMS), is_civil_servant=False)
    for kind in missing_documents(application, "application"):
        add_document(application, kind, picture(str(kind)), by=by)
    return application


def _again(application: Application) -> Application:
    """As it is stored now."""
    return Application.objects.select_related("call__rule_set", "call__line__programme", "person").get(
        pk=application.pk
    )


def picture(name: str) -> Checked:
    """A plain sheet of a colour that its name gives."""
    shade = sum(name.encode()) % 100
    target: Any = BytesIO()
    Image.new("RGB", (480, 320), (120 + shade, 150, 160)).save(target, "JPEG")
    return Checked(f"{name}.jpg", "image/jpeg", target.getvalue())
