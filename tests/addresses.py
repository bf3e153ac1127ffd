"""Every address of the project by URL name, about one person and what belongs to it. The admin's are handled as one block."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from clients.models import Consent, Person
from grants.accountability.models import Report
from grants.applications.models import Application
from grants.models import BudgetLine, Decree, Deduction, Disbursement, Hold, PaymentOrder
from grants.programmes.models import Call, Programme
from monitoring import photos
from monitoring.due import DueVisit
from monitoring.feedback.models import Feedback
from monitoring.independence.models import Graduation
from monitoring.meetings.models import AgendaItem, Decision, Input, Meeting, Participant
from monitoring.models import Business, Obstacle, Visit, VisitPhoto
from monitoring.plans.models import Plan, PlanAction, PlanCause
from monitoring.referrals.links import token_of
from monitoring.referrals.models import Referral, ReferralLink
from monitoring.reports.models import Edition
from ppks.accounts.models import User
from ppks.audit.models import Export
from ppks.documents.models import Attachment, Batch, Paper
from ppks.inbox.models import Notice
from ppks.intake.desk.sealing import seal
from ppks.intake.models import Import, Progress
from ppks.kit import dates
from ppks.kit.checks import is_admin, patterns
from tests import granting
from tests.factories import AttachmentFactory, ConsentFactory, PaperFactory, VisitFactory
from tests.feedback.making import report
from tests.granting import draft_of
from tests.grants import crowd
from tests.meetings.making import spoken
from tests.people import OTHER_OFFICE, OWN_OFFICE, TUBAN, office
from tests.referrals import ReferralFactory, linked


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


MOVE = "lose_contact"
JANUARY = {"first_on": dates.parse("01-01-2024"), "last_on": dates.parse("31-01-2024")}  # closed, with nothing in it
OFFICE_IN = {TUBAN: OTHER_OFFICE}  # the partner office that somebody there is referred to
KEYS: dict[str, Callable[[About], list[Any]]] = {
    "front": lambda about: [],
    "dashboard": lambda about: [],
    "outcome_overview": lambda about: [],
    "cost_list": lambda about: [],
    "region_detail": lambda about: [about.person.region.code],
    "region_list": lambda about: [],
    "region_list_file": lambda about: ["csv"],
    "picture_file": lambda about: ["keadaan", "csv"],
    "person_list": lambda about: [],
    "person_search": lambda about: [],
    "person_detail": lambda about: [about.person.pk],
    "person_history": lambda about: [about.person.pk],
    "person_grants": lambda about: [about.person.pk],
    "programme_list": lambda about: [],
    "programme_detail": lambda about: [Programme.objects.earliest("pk").pk],
    "rule_set_add": lambda about: [Programme.objects.earliest("pk").pk],
    "call_add": lambda about: [Programme.objects.earliest("pk").pk],
    "call_change": lambda about: [Call.objects.earliest("pk").pk],
    "application_add": lambda about: [about.person.pk],
    "application_list": lambda about: [],
    "application_submit_many": lambda about: [],
    "application_detail": lambda about: [about.application.pk],
    "application_eligibility": lambda about: [about.application.pk],
    "application_plan": lambda about: [about.application.pk],
    "application_items": lambda about: [about.application.pk],
    "application_documents": lambda about: [about.application.pk],
    "application_dossier": lambda about: [about.application.pk],
    "application_history": lambda about: [about.application.pk],
    "application_submit": lambda about: [about.application.pk],
    "application_reject": lambda about: [about.application.pk],
    "application_cancel": lambda about: [about.application.pk],
    "selection_now": lambda about: [],
    "selection_list": lambda about: [dates.today().year],
    "selection_list_file": lambda about: [dates.today().year, "csv"],
    "selection_detail": lambda about: [about.application.year, about.application.allocation_id],
    "application_verify": lambda about: [about.application.pk],
    "flag_set_aside": lambda about: [about.application.pk, "kk:1"],
    "application_score": lambda about: [about.application.pk],
    "application_promote": lambda about: [about.application.pk],
    "application_reason": lambda about: [about.application.pk],
    "application_reason_issue": lambda about: [about.application.pk],
    "application_move": lambda about: [about.application.pk, "withdraw"],
    "finding_board": lambda about: [],
    "finding_list": lambda about: [],
    "application_reports": lambda about: [about.application.pk],
    "report_detail": lambda about: [about.report.application_id, about.report.pk],
    "report_paper": lambda about: [about.report.application_id, about.report.pk],
    "purchase_add": lambda about: [about.report.application_id, about.report.pk],
    "purchase_change": lambda about: [about.report.application_id, about.report.pk, 0],
    "purchase_remove": lambda about: [about.report.application_id, about.report.pk, 0],
    "slip_add": lambda about: [about.report.application_id, about.report.pk],
    "slip_remove": lambda about: [about.report.application_id, about.report.pk, 0],
    "report_move": lambda about: [about.report.application_id, about.report.pk, "submit"],
    "application_recover": lambda about: [about.application.pk],
    "application_settle": lambda about: [about.application.pk],
    "application_waive": lambda about: [about.application.pk],
    "person_businesses": lambda about: [about.person.pk],
    "person_consents": lambda about: [about.person.pk],
    "consent_give": lambda about: [about.person.pk, "share"],
    "consent_withdraw": lambda about: [about.consent.pk],
    "consent_text": lambda about: ["share", 1],
    "person_reveal": lambda about: [about.person.pk],
    "person_move": lambda about: [about.person.pk, MOVE],
    "household_add": lambda about: [about.person.pk],
    "readiness_list": lambda about: [],
    "spell_list": lambda about: [],
    "spell_table_file": lambda about: ["csv"],
    "person_independence": lambda about: [about.person.pk],
    "agreement_add": lambda about: [about.person.pk],
    "graduation_propose": lambda about: [about.person.pk],
    "graduation_detail": lambda about: [about.graduation.pk],
    "graduation_verify": lambda about: [about.graduation.pk],
    "graduation_decide": lambda about: [about.graduation.pk],
    "graduation_relapse": lambda about: [about.graduation.pk],
    "graduation_move": lambda about: [about.graduation.pk, "withdraw"],
    "business_list": lambda about: [],
    "business_detail": lambda about: [about.business.pk],
    "visit_add": lambda about: [about.business.pk],
    "business_override": lambda about: [about.business.pk],
    "progress_method": lambda about: [],
    "visit_detail": lambda about: [about.visit.key],
    "visit_correct": lambda about: [about.visit.key],
    "visit_photo": lambda about: [about.photo.name],
    "paper_file": lambda about: [about.paper.pk],
    "batch_list": lambda about: [],
    "batch_detail": lambda about: [about.batch.pk],
    "batch_file": lambda about: [about.batch.pk],
    "batch_retry": lambda about: [about.batch.pk],
    "paper_ask": lambda about: [],
    "paper_check": lambda about: ["7K2QD-0X9VB-M4T1H-Z8RNE"],
    "attachment_file": lambda about: [about.attachment.pk],
    "plan_list": lambda about: [],
    "help_list": lambda about: [],
    "plan_helped": lambda about: [],
    "plan_helped_file": lambda about: ["csv"],
    "plan_make": lambda about: [about.business.pk],
    "plan_detail": lambda about: [about.plan.pk],
    "plan_change": lambda about: [about.plan.pk],
    "plan_move": lambda about: [about.plan.pk, "finish"],
    "action_add": lambda about: [about.plan.pk],
    "action_change": lambda about: [about.step.pk],
    "action_move": lambda about: [about.step.pk, "finish"],
    "due_list": lambda about: [],
    "due_snooze": lambda about: [about.due.pk],
    "due_unsnooze": lambda about: [about.due.pk],
    "due_assign": lambda about: [about.due.pk],
    "officer_list": lambda about: [],
    "officer_list_file": lambda about: ["csv"],
    "meeting_list": lambda about: [],
    "meeting_add": lambda about: [],
    "meeting_detail": lambda about: [about.meeting.pk],
    "meeting_change": lambda about: [about.meeting.pk],
    "meeting_move": lambda about: [about.meeting.pk, "cancel"],
    "meeting_close": lambda about: [about.meeting.pk],
    "meeting_minutes": lambda about: [about.meeting.pk],
    "item_add": lambda about: [about.meeting.pk],
    "item_drop": lambda about: [about.meeting.pk, f"sendiri-{about.item.pk}"],
    "item_move": lambda about: [about.meeting.pk, f"sendiri-{about.item.pk}", "naik"],
    "item_discuss": lambda about: [about.item.pk],
    "participant_list": lambda about: [about.meeting.pk],
    "participant_mark": lambda about: [about.participant.pk, "hadir"],
    "input_add": lambda about: [about.meeting.pk],
    "input_list": lambda about: [],
    "input_settle": lambda about: [about.said.pk],
    "decision_add": lambda about: [about.meeting.pk],
    "decision_list": lambda about: [],
    "decision_detail": lambda about: [about.decision.pk],
    "decision_move": lambda about: [about.decision.pk, "finish"],
    "guidance_report": lambda about: [],
    "briefing_list": lambda about: [about.meeting.pk],
    "briefing_print": lambda about: [about.meeting.pk],
    "feedback_send": lambda about: [],
    "feedback_check": lambda about: [],
    "feedback_poster": lambda about: [],
    "feedback_list": lambda about: [],
    "feedback_detail": lambda about: [about.feedback.pk],
    "feedback_move": lambda about: [about.feedback.pk, "take"],
    "feedback_answer": lambda about: [about.feedback.pk],
    "feedback_note": lambda about: [about.feedback.pk],
    "feedback_contact": lambda about: [about.feedback.pk],
    "feedback_entrust": lambda about: [about.feedback.pk],
    "budget_front": lambda about: [],
    "budget_year": lambda about: [dates.today().year],
    "budget_line_add": lambda about: [],
    "budget_line_detail": lambda about: [about.line.pk],
    "ceiling_change": lambda about: [about.line.pk],
    "allocation_change": lambda about: [about.line.pk],
    "ledger_list": lambda about: [],
    "disbursement_list": lambda about: [],
    "disbursement_detail": lambda about: [about.payment.pk],
    "disbursement_paper": lambda about: [about.payment.pk, "bast"],
    "payment_add": lambda about: [],
    "payment_reconcile": lambda about: [],
    "allocation_upload": lambda about: [about.line.pk],
    "payment_order_list": lambda about: [],
    "payment_order_detail": lambda about: [about.sp2d.pk],
    "payment_order_prove": lambda about: [about.sp2d.pk],
    "payment_order_print": lambda about: [about.sp2d.pk, "bast"],
    "account_add": lambda about: [about.granted.pk],
    "goods_add": lambda about: [about.granted.pk],
    "bounce_add": lambda about: [about.payment.pk],
    "hold_add": lambda about: [about.granted.pk],
    "hold_lift": lambda about: [about.hold.pk],
    "receipt_overview": lambda about: [],
    "sample_draw": lambda about: [],
    "receipt_add": lambda about: [about.payment.pk],
    "deduction_list": lambda about: [],
    "deduction_detail": lambda about: [about.case.pk],
    "deduction_move": lambda about: [about.case.pk, "handle"],
    "decree_list": lambda about: [],
    "decree_line_list": lambda about: [],
    "decree_add": lambda about: [],
    "decree_detail": lambda about: [about.decree.pk],
    "decree_preview": lambda about: [about.decree.pk],
    "decree_pick": lambda about: [about.decree.pk],
    "decree_change": lambda about: [about.decree.pk],
    "decree_enact": lambda about: [about.decree.pk],
    "decree_discard": lambda about: [about.decree.pk],
    "decree_amend": lambda about: [about.decree.pk],
    "sheet_file": lambda about: ["klien", "csv"],
    "sheet_order": lambda about: ["klien", "csv"],
    "sheet_print": lambda about: ["klien"],
    "sheet_full": lambda about: ["klien"],
    "import_list": lambda about: [],
    "import_detail": lambda about: [about.listing.pk],
    "import_progress": lambda about: [about.listing.pk],
    "import_answer": lambda about: [about.listing.pk],
    "import_write": lambda about: [about.listing.pk, "all"],
    "import_leave": lambda about: [about.listing.pk],
    "import_retry": lambda about: [about.listing.pk],
    "import_rest": lambda about: [about.listing.pk],
    "import_undo": lambda about: [about.listing.pk],
    "export_list": lambda about: [],
    "export_detail": lambda about: [about.export.pk],
    "export_file": lambda about: [about.export.pk],
    "referral_list": lambda about: [],
    "office_report": lambda about: [],
    "office_report_file": lambda about: ["csv"],
    "referral_detail": lambda about: [about.referral.pk],
    "referral_move": lambda about: [about.referral.pk, "withdraw"],
    "referral_link": lambda about: [about.referral.pk],
    "referral_letter": lambda about: [about.referral.pk],
    "referral_send": lambda about: [about.person.pk],
    "referral_answer": lambda about: [token_of(about.link.key)],
    "notice_list": lambda about: [],
    "notice_read_all": lambda about: [],
    "notice_open": lambda about: [about.notice.pk],
    "period_list": lambda about: [],
    "period_rows": lambda about: [],
    "period_detail": lambda about: ["2024-01"],
    "period_file": lambda about: ["2024-01", "csv"],
    "period_close": lambda about: ["2024-01"],
    "edition_detail": lambda about: ["2024-01", 1],
    "edition_differences": lambda about: ["2024-01", 1],
    "login": lambda about: [],
    "logout": lambda about: [],
    "own_password": lambda about: [],
    "second_factor": lambda about: [],
    "healthz": lambda about: [],
}
KNOWN = tuple(KEYS)
OUTSIDE = {"login", "logout", "own_password", "second_factor", "healthz"}  # the only views without a door
PUBLIC = {  # behind a public door: the same for everybody, logged in or not
    "paper_ask",
    "paper_check",
    "feedback_send",
    "feedback_check",
    "referral_answer",  # whoever holds the link may answer, from wherever he is
}
PROVINCE_WIDE = {"programme_detail", "rule_set_add", "call_add", "call_change"}  # rows that belong to no kab/kota
POSTED = {
    "application_move",
    "feedback_move",
    "flag_set_aside",
    "application_reason_issue",
    "person_move",
    "plan_move",
    "graduation_move",
    "sheet_order",
    "due_unsnooze",
    "meeting_move",
    "item_move",
    "participant_mark",
    "decision_move",
    "decree_discard",
    "payment_order_print",
    "deduction_move",
    "purchase_remove",
    "report_move",
    "slip_remove",
    "notice_open",
    "notice_read_all",
    "batch_retry",
    "referral_link",
    "referral_move",
    "import_answer",
    "import_write",
    "import_leave",
    "import_retry",
}  # doors that open for POST only
FILES = {
    "selection_list_file",
    "region_list_file",
    "picture_file",
    "officer_list_file",
    "application_dossier",
    "report_paper",
    "plan_helped_file",
    "office_report_file",
    "spell_table_file",
    "period_file",
    "sheet_file",
    "export_file",
    "visit_photo",
    "attachment_file",
    "paper_file",
    "decree_preview",
    "disbursement_paper",
    "import_rest",
}


def url_names() -> set[str | None]:
    """The names in the URLconf, without the admin's; None for an address that has no name."""
    return {pattern.name for pattern in patterns() if not is_admin(pattern.callback)}


def about_one() -> list[str]:
    """The names of addresses that carry the key of a row."""
    return sorted(
        name for name, keys in KEYS.items() if set(vars(About)["__annotations__"]) & set(keys.__code__.co_names)
    )


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


def address(name: str, whom: About) -> str:
    return reverse(name, args=KEYS[name](whom))


def text_of(answer) -> str:
    """What an answer says, also when it is a file."""
    return (answer.getvalue() if answer.streaming else answer.content).decode(errors="replace")
