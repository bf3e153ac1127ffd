"""One person and everything that belongs to it, for the addresses that carry a key."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from clients.models import Consent, Person
from grants.accountability.models import Report
from grants.applications.models import Application
from grants.models import BudgetLine, Decree, Deduction, Disbursement, Hold, PaymentOrder
from monitoring import photos
from monitoring.due import DueVisit
from monitoring.feedback.models import Feedback
from monitoring.independence.models import Graduation
from monitoring.meetings.models import AgendaItem, Decision, Input, Meeting, Participant
from monitoring.models import Business, Obstacle, Visit, VisitPhoto
from monitoring.plans.models import Plan, PlanAction, PlanCause
from monitoring.referrals.models import Referral, ReferralLink
from monitoring.reports.models import Edition
from ppks.accounts.models import User
from ppks.audit.models import Export
from ppks.documents.models import Attachment, Batch, Paper
from ppks.inbox.models import Notice
from ppks.intake.desk.sealing import seal
from ppks.intake.models import Import, Progress
from ppks.kit import dates
from tests import granting
from tests.factories import AttachmentFactory, ConsentFactory, PaperFactory, VisitFactory
from tests.feedback.making import report
from tests.granting import draft_of
from tests.grants import crowd
from tests.meetings.making import spoken
from tests.people import OTHER_OFFICE, OWN_OFFICE, TUBAN, office
from tests.referrals import ReferralFactory, linked

JANUARY = {"first_on": dates.parse("01-01-2024"), "last_on": dates.parse("31-01-2024")}  # closed, with nothing in it
OFFICE_IN = {TUBAN: OTHER_OFFICE}  # the partner office that somebody there is referred to


@dataclass(frozen=True)
class About:
    """Whom the addresses are about: a person, the business, and a file that somebody asked for."""

    person: Person
    business: Business
    due: DueVisit
    visit: Visit
    photo: VisitPhoto
    attachment: Attachment
    paper: Paper
    batch: Batch
    export: Export
    listing: Import
    consent: Consent
    feedback: Feedback
    meeting: Meeting
    item: AgendaItem
    participant: Participant
    said: Input
    decision: Decision
    application: Application
    report: Report
    notice: Notice
    plan: Plan
    step: PlanAction
    referral: Referral
    link: ReferralLink
    graduation: Graduation
    line: BudgetLine
    decree: Decree
    granted: Application
    sp2d: PaymentOrder
    payment: Disbursement
    hold: Hold
    case: Deduction


def about(business: Business, by: User) -> About:
    """Everything there is about one business; `by` is who visited it and asked for the file."""
    today = dates.today()
    visit = VisitFactory(business=business, by=by, turnover=None)
    next_one = DueVisit.objects.filter(business=business, closed_on=None).first()
    due = next_one or DueVisit.objects.create(business=business, due_on=today, opens_on=today)
    name = photos.FILES.write(b"a picture")
    photo = VisitPhoto.objects.create(visit=visit, name=name, width=8, height=6)
    export = Export.objects.create(sheet="klien", form="csv", by=by)
    consent = ConsentFactory(person=business.person)
    sent = ReferralFactory(consent=consent, office=office(OFFICE_IN.get(business.region_id, OWN_OFFICE)))
    attached = AttachmentFactory(region_id=business.region_id, by=by)
    Edition.objects.get_or_create(**JANUARY, number=1, defaults={"by": User.objects.system()})
    return About(
        person=business.person,
        business=business,
        graduation=Graduation.objects.create(person=business.person),
        due=due,
        visit=visit,
        photo=photo,
        attachment=attached,
        paper=PaperFactory(region_id=business.region_id, by=by),
        batch=Batch.objects.create(kind="receipt", title="Kwitansi", count=2, region_id=business.region_id, by=by),
        export=export,
        listing=_import(business.region_id, by),
        consent=consent,
        referral=sent,
        link=linked(sent),
        application=draft_of(business.person),
        notice=Notice.objects.create(user=by, key=secrets.token_hex(), text="Ada kabar", made_at=timezone.now()),
        **spoken(business.region_id),
        feedback=report(region=business.region_id),
        **_planned(business, by),
        **_granted(business.region_id),
    )


def _granted(region: int) -> dict[str, Any]:
    """The draft of a decree, and a grant that was paid, cut and then held."""
    call = granting.call(granting.allocation(region=region).line)
    nominee, other = crowd.nominated(call, 2, [region])
    (granted,) = crowd.enacted(crowd.drafted([other]))
    payment = crowd.paid(granted)
    rows = {"line": call.line, "decree": crowd.drafted([nominee]), "granted": granted, "payment": payment}
    rows |= {"report": payment.report}
    return rows | {"sp2d": payment.order, "case": crowd.cut(payment), "hold": crowd.held(granted)}


def _planned(business: Business, by: User) -> dict[str, Any]:
    """The open plan of a business with a step."""
    plan = Plan.objects.filter(business=business, status="open").first() or Plan.objects.create(
        business=business, goal="Omzet naik lagi", began_on=dates.today(), by=by
    )
    PlanCause.objects.get_or_create(plan=plan, obstacle=Obstacle.objects.get(code="PASAR"))
    given = {"what": "Titip jual di tiga toko", "office": "Dinas Koperasi dan UKM", "due_on": dates.today(), "by": by}
    step = PlanAction.objects.filter(plan=plan).first() or PlanAction.objects.create(plan=plan, **given)
    return {"plan": plan, "step": step}


def _import(region: int, by: User) -> Import:
    """A list of one kab/kota that waits to be read, with rows left over."""
    asked = {"kind": "recipients", "name": "penerima.xlsx", "sha256": "0" * 64, "rest": seal(b"rows")}
    listing = Import.objects.create(office_id=region, reach=[region], by=by, **asked)
    Progress.objects.create(listing=listing)
    return listing
