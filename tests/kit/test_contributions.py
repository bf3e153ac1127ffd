"""Who contributes what: every named list in full, so that a new contribution is seen here before it is seen on a page."""

import pytest

from ppks.kit.contributions import SHAPES, contribute, contributed


def where(function) -> str:
    return f"{function.__module__}.{function.__name__}"


LISTS = {
    "reference": (
        lambda table: table.file,
        [
            "regencies.csv",
            "districts.csv",
            "villages.csv",
            "upts.csv",
            "umk.csv",
            "poverty_line.csv",
            "letterheads.csv",
            "ppks_types.csv",
            "disability_types.csv",
            "ppks_synonyms.csv",
            "grant_programmes.csv",
            "grant_criteria.csv",
            "grant_documents.csv",
            "business_sectors.csv",
            "obstacles.csv",
            "suggestions.csv",
        ],
    ),
    "navigation": (
        lambda entry: (entry.order, entry.label, entry.url_name, entry.permission),
        [
            (90, "Pengelolaan", "admin:index", "accounts.view_user"),
            (20, "Klien", "person_list", "clients.view_person"),
            (30, "Hibah", "application_list", "grants.view_application"),
            (32, "Anggaran", "budget_front", "grants.view_application"),
            (40, "Usaha", "business_list", "monitoring.view_business"),
            (50, "Pantau", "due_list", "monitoring.view_business"),
            (56, "Rapat", "meeting_list", "meetings.view_meeting"),
            (55, "Rencana", "plan_list", "monitoring.view_business"),
            (58, "Pengaduan", "feedback_list", "feedback.view"),
            (54, "Rujukan", "referral_list", "referrals.view_referral"),
            (57, "Mandiri", "readiness_list", "monitoring.view_business"),
            (65, "Laporan", "period_list", "reports.view_report"),
            (50, "Impor", "import_list", "intake.import"),
            (10, "Beranda", "front", "dashboard.view"),
            (60, "Dasbor", "dashboard", "monitoring.view_business"),
        ],
    ),
    "tick": (
        lambda work: work.name,
        [
            "sesi",
            "pekerjaan latar",
            "berkas",
            "paket surat",
            "spj",
            "buku besar",
            "draf",
            "foto",
            "rapat",
            "rencana",
            "rujukan",
            "unduhan",
            "impor",
        ],
    ),
    "seen": (where, ["ppks.audit.looks.write_down"]),
    "person_tab": (
        lambda tab: (tab.order, tab.label, tab.url_name, tab.permission),
        [
            (10, "Ringkasan", "person_detail", "clients.view_person"),
            (20, "Riwayat", "person_history", "clients.view_person"),
            (70, "Persetujuan", "person_consents", "clients.view_person"),
            (30, "Hibah", "person_grants", "clients.view_person"),
            (40, "Usaha", "person_businesses", "monitoring.view_business"),
            (45, "Mandiri", "person_independence", "monitoring.view_business"),
        ],
    ),
    "person_now": (
        where,
        [
            "monitoring.contributions.now",
            "monitoring.plans.contributions.now",
            "monitoring.referrals.contributions.now",
            "monitoring.independence.contributions.now",
        ],
    ),
    "assessed": (where, ["monitoring.plans.measuring.measure_plans"]),
    "business_panel": (where, ["monitoring.plans.contributions.panel"]),
    "person_filter": (
        lambda one: one.name,
        ["kab", "tahap", "nik", "daftar", "keadaan", "bantuan", "kunjungan", "laporan", "hibah", "sesudah", "nilai"],
    ),
    "person_column": (lambda column: column.heading, ["Usaha", "Kunjungan terakhir", "Keadaan usaha"]),
    "sheet": (
        lambda one: (one.name, one.page, one.permission, one.has_full),
        [
            ("hibah", "application_list", "grants.view_application", False),
            ("buku", "ledger_list", "grants.view_application", False),
            ("sk", "decree_list", "grants.view_application", False),
            ("lampiran", "decree_line_list", "grants.view_application", False),
            ("temuan", "finding_list", "grants.view_findings", False),
            ("penyaluran", "disbursement_list", "grants.view_application", False),
            ("sp2d", "payment_order_list", "grants.view_application", False),
            ("usaha", "business_list", "monitoring.view_business", False),
            ("pantau", "due_list", "monitoring.view_business", False),
            ("rapat", "meeting_list", "meetings.view_meeting", False),
            ("keputusan", "decision_list", "meetings.view_meeting", False),
            ("masukan", "input_list", "meetings.view_meeting", False),
            ("rencana", "plan_list", "monitoring.view_business", False),
            ("perlu_rencana", "help_list", "monitoring.view_business", False),
            ("pengaduan", "feedback_list", "feedback.view", False),
            ("rujukan", "referral_list", "referrals.view_referral", False),
            ("mandiri", "readiness_list", "monitoring.view_business", False),
            ("pantauan", "spell_list", "monitoring.view_business", False),
            ("laporan", "period_rows", "reports.view_report", False),
            ("klien", "person_list", "clients.view_person", True),
            ("biaya", "cost_list", "monitoring.view_business", False),
        ],
    ),
    "agenda": (
        lambda topic: (topic.order, topic.kind, topic.permission),
        [
            (10, "keputusan", "meetings.view_meeting"),
            (20, "usaha", "monitoring.view_business"),
            (50, "pengaduan", "feedback.view"),
            (30, "rujukan", "referrals.view_referral"),
        ],
    ),
    "grant_facts": (where, ["monitoring.grant_facts.businesses"]),
    "application_panel": (
        where,
        [
            "grants.accountability.panels.reports",
            "grants.applications.allocated.allocation",
            "grants.payments.panels.money",
            "grants.selection.panels.choosing",
        ],
    ),
    "application_close": (where, ["monitoring.grant_facts.is_looked_after"]),
    "timeline": (
        where,
        [
            "clients.timeline.steps",
            "clients.timeline.stays",
            "clients.timeline.deciles",
            "clients.timeline.consents",
            "clients.timeline.households",
            "clients.timeline.kinds_that_ended",
            "grants.applications.told.applications",
            "grants.contributions.past_grants",
            "grants.contributions.other_aid",
            "monitoring.contributions.visits",
            "monitoring.contributions.reports",
            "monitoring.plans.contributions.plans",
            "monitoring.referrals.contributions.referrals",
            "monitoring.independence.contributions.steps",
            "monitoring.independence.contributions.agreements",
        ],
    ),
}


def test_every_list_that_exists_is_looked_at_here():
    assert set(LISTS) == set(SHAPES)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_exactly_these_contributions(name):
    describe, expected = LISTS[name]

    assert [describe(item) for item in contributed(name)] == expected


def test_a_list_that_nobody_declared_takes_nothing():
    with pytest.raises(KeyError):
        contribute("timelines", object())
