"""The role table: what each role may do, and which database role it enters. `docs/roles.md` is generated from it."""

from dataclasses import dataclass

from ppks.kit.roles import ADMIN, AUDITOR, CLOCK, PARTNER, PROVINCE, REGION, UPT


@dataclass(frozen=True, slots=True)
class Role:
    """`enters` is a database role; `posted_to` says what `ppks.reach` lists for it: regions, institutions, offices or nothing."""

    name: str
    label: str
    enters: str
    permissions: frozenset[str]
    posted_to: str = ""
    needs_second_factor: bool = False


FRONT = {"dashboard.view", "inbox.view"}
FILES = {"documents.view"}  # what is inside attachments and papers
LOOK = FRONT | {
    "clients.view_person",
    "clients.export",
    "monitoring.view_business",
    "meetings.view_meeting",
    "grants.view_application",
    "referrals.view_referral",
    "reports.view_report",
}
REGISTRY = LOOK | {
    *FILES,
    "clients.change_person",
    "clients.change_status",
    "clients.record_consent",
    "clients.search",
    "clients.reveal",
    "clients.export_full",
    "monitoring.record_visit",
    "monitoring.override_category",
    "monitoring.plan_visit",
    "monitoring.make_plan",
    "referrals.send_referral",
    "referrals.answer_referral",
}
SUPERVISE = {"monitoring.plan_visit", "monitoring.assign_visit", "monitoring.make_plan"}
SPEAK = {"meetings.give_input", "meetings.settle_decision"}  # in meetings and about what they decided
LEAD = SPEAK | {"meetings.lead"}
GRANTS = {  # who holds which stage of a grant; nobody holds two of one chain
    "province": {"grants.score", "grants.check_receipt", "grants.draw_sample"},
    "verifier": {"grants.verify", "grants.reject", "grants.score"},
    "pptk": {
        "grants.rank",
        "grants.reject",
        "grants.revert",
        "grants.prepare_decree",
        "grants.approve_report",
        "grants.close",
        "grants.hold",
        "grants.manage_budget",
        "grants.manage_programme",
    },
    "head": {"grants.decree", "grants.cancel", "grants.recover", "grants.hold", "grants.waive"},
    "treasurer": {"grants.disburse", "grants.keep_account", "grants.settle", "grants.reconcile"},
    "officer": {"grants.propose", "grants.report", "grants.check_receipt", "grants.keep_account"},
    "regional_head": {"grants.submit"},
}
INDEPENDENCE = {  # who takes which part on somebody's way to independence; the database lets nobody take two
    "province": {"independence.propose", "independence.verify"},
    "officer": {"independence.propose", "independence.verify"},
    "verifier": {"independence.verify"},
    "regional_head": {"independence.verify"},
    "head": {"independence.decide"},
}
FINDINGS = {"grants.view_findings"}  # the board that should be empty
HEAR = {"feedback.view", "feedback.handle"}  # what people complain of
SETTINGS = {
    f"{app}.{verb}_{model}"
    for app, models in {
        "accounts": ("user", "posting"),
        "regions": ("region", "district", "village", "institution", "partneroffice", "minimumwage", "povertyline"),
        "clients": ("ppkskind", "ppkssynonym", "disabilitykind"),
        "documents": ("letterhead",),
        "monitoring": ("trade", "obstacle"),
        "grants": ("programme", "criterion", "documenttype"),
        "plans": ("suggestion",),
    }.items()
    for model in models
    for verb in ("view", "add", "change")
} | {"accounts.delete_posting"}


def _role(name: str, label: str, enters: str, permissions: set[str], **more) -> Role:
    stages = GRANTS.get(name, set()) | INDEPENDENCE.get(name, set())
    return Role(name, label, enters, frozenset(permissions | stages), **more)


ROLES = {
    role.name: role
    for role in (
        _role(
            "province",
            "Staf provinsi",
            PROVINCE,
            REGISTRY | SUPERVISE | LEAD | HEAR | FINDINGS | {"intake.import", "reports.close_report"},
            needs_second_factor=True,
        ),
        _role(
            "verifier", "Verifikator", PROVINCE, LOOK | FILES | FINDINGS | {"clients.search"}, needs_second_factor=True
        ),
        _role("pptk", "PPTK", PROVINCE, LOOK | FILES | FINDINGS | {"clients.search"}, needs_second_factor=True),
        _role(
            "head",
            "Kepala dinas",
            PROVINCE,
            LOOK | FILES | FINDINGS | LEAD | HEAR | {"clients.search", "feedback.entrust"},
            needs_second_factor=True,
        ),
        _role(
            "treasurer", "Bendahara", PROVINCE, LOOK | FILES | FINDINGS | {"clients.search"}, needs_second_factor=True
        ),
        _role("officer", "Petugas kab/kota", REGION, REGISTRY | SPEAK | HEAR | {"intake.import"}, posted_to="region"),
        _role(
            "regional_head",
            "Kepala dinas kab/kota",
            REGION,
            LOOK | FILES | SUPERVISE | SPEAK | HEAR | {"clients.search"},
            posted_to="region",
        ),
        _role(
            "upt",
            "Petugas UPT",
            UPT,
            FRONT | {"clients.view_person", "clients.export", "clients.search"},
            posted_to="institution",
        ),
        _role(
            "partner",
            "Mitra",
            PARTNER,
            FRONT | {"referrals.view_referral", "referrals.answer_referral"},
            posted_to="office",
        ),
        _role("auditor", "Auditor", AUDITOR, LOOK | FINDINGS | {"feedback.view"}, needs_second_factor=True),
        _role("admin", "Admin", ADMIN, FRONT | SETTINGS, needs_second_factor=True),
        _role(CLOCK, "Pekerjaan berkala", CLOCK, set()),
    )
}
CHOICES = [(role.name, role.label) for role in ROLES.values() if role.name != CLOCK]  # nobody is given the clock's role
EVERY_PERMISSION = frozenset().union(*(role.permissions for role in ROLES.values()))
SYSTEM = "sistem"  # the user in whose name commands act when nobody is named; cannot log in
