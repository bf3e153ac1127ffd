"""The parts of an application as a task list: what is there, what is missing, and what comes later."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from grants.accountability.models import Report
from grants.applications.completeness import lacks
from grants.applications.facts import why_not_eligible
from grants.applications.models import Application
from grants.applications.statuses import DEAD, EDITABLE, Status
from grants.decrees.models import DecreeLine
from grants.selection.models import Rank, Verification
from grants.selection.scoring import scorers
from ppks.kit import dates, rupiah

OK, NEED, LATER = "ok", "need", "later"
# The page of a part that another room mends, by URL name; it takes the application's key. Each room adds its own.
PAGES: dict[str, str] = {"report": "application_reports"}
BEFORE = {
    Status.DRAFT: "sebelum dapat diajukan",
    Status.RETURNED: "sebelum dapat diajukan lagi",
    Status.SUBMITTED: "sebelum dapat diverifikasi",
    Status.VERIFIED: "sebelum dapat diperingkat",
    Status.NOMINATED: "sebelum dapat disalurkan",
}
WAITING = {
    Status.DRAFT: "lengkap, menunggu kepala dinas mengajukan",
    Status.RETURNED: "sudah diperbaiki, menunggu kepala dinas mengajukan lagi",
    Status.SUBMITTED: "menunggu verifikator",
    Status.VERIFIED: "menunggu peringkat dari PPTK",
    Status.NOMINATED: "menunggu SK",
    Status.WAITLISTED: "menunggu sisa alokasi",
    Status.DECREED: "menunggu penyaluran",
    Status.ACCOUNTED: "SPJ sudah disahkan, menunggu ditutup",
    Status.CLOSED: "selesai",
}
WORDS = {OK: ("Lengkap", "plain"), NEED: ("Kurang", "error"), LATER: ("Nanti", "plain")}


@dataclass(frozen=True, slots=True)
class Section:
    """One part: `state` is ok, need or later; `note` says what is there or what is missing."""

    code: str
    label: str
    state: str
    note: str
    url: str = ""

    @property
    def tag(self) -> str:
        return WORDS[self.state][0]

    @property
    def tag_tone(self) -> str:
        return WORDS[self.state][1]


def sections(application: Application) -> list[Section]:
    """All parts in their order."""
    return [*_of_the_person(application), *_of_the_desk(application), *_of_the_province(application)]


def _of_the_person(application: Application) -> Iterator[Section]:
    person, url = application.person, reverse("person_detail", args=[application.person_id])
    if person.is_masked:
        yield Section("person", "Data diri", OK, "Disamarkan untuk pemeriksa.", url)
        return
    known = "NIK tercatat." if person.nik else "NIK belum dicatat; tidak menghalangi pengajuan."
    yield Section("person", "Data diri", OK if person.nik else LATER, known, url)
    yield _eligibility(application)


def _eligibility(application: Application) -> Section:
    label, url = "Syarat penerima", reverse("application_eligibility", args=[application.pk])
    rule = application.call.rule_set
    if application.status in EDITABLE:
        reasons = why_not_eligible(application, dates.today())
        if reasons:
            return Section("eligibility", label, NEED, " ".join(reasons), url)
        return Section("eligibility", label, OK, f"Memenuhi aturan versi {rule.version} hari ini.", url)
    check = application.checks.first()
    said = f"Memenuhi aturan versi {rule.version}, {dates.long(check.on)}." if check else "Tidak pernah diajukan."
    return Section("eligibility", label, OK if check else LATER, said, url)


def _of_the_desk(application: Application) -> Iterator[Section]:
    """Plan, budget and documents, which the kab/kota mends while it writes."""
    missing = list(lacks(application)) if application.status in EDITABLE else []
    planned = rupiah.format(application.planned)
    parts = (
        ("plan", "Rencana usaha", "application_plan", "Sudah diisi."),
        ("items", "RAB", "application_items", f"{planned} dalam {application.items.count()} baris."),
        ("documents", "Dokumen", "application_documents", "Semua dokumen wajib ada."),
    )
    for code, label, page, there in parts:
        said = " ".join(lack.sentence for lack in missing if lack.section == code)
        yield Section(code, label, NEED if said else OK, said or there, reverse(page, args=[application.pk]))


def _later(application: Application, code: str, label: str, state: str, note: str) -> Section:
    """A part of the province's, with the page of its room where there is one."""
    url = reverse(PAGES[code], args=[application.pk]) if code in PAGES else ""
    return Section(code, label, state, note, url)


def _of_the_province(application: Application) -> Iterator[Section]:
    yield _verification(application)
    yield _scores(application)
    yield _decree(application)
    yield _payment(application)
    yield _report(application)


def _verification(application: Application) -> Section:
    found = Verification.objects.filter(application=application.pk, cycle=application.cycle)
    visited = found.values_list("visited_on", "recommended").first()
    if visited:
        said = f"Dikunjungi {dates.long(visited[0])}; disarankan {rupiah.format(visited[1])}."
        return _later(application, "verification", "Verifikasi", OK, said)
    state = NEED if application.status == Status.SUBMITTED else LATER
    return _later(application, "verification", "Verifikasi", state, "Belum ada hasil kunjungan verifikator.")


def _scores(application: Application) -> Section:
    number, waits = len(scorers(application)), application.status == Status.VERIFIED
    rank = Rank.objects.filter(application=application.pk, cycle=application.cycle).first()
    if rank:
        return _later(application, "scores", "Penilaian", OK, f"Peringkat {rank.place} di alokasi kab/kota ini.")
    state = OK if number > 1 else NEED if waits else LATER
    return _later(application, "scores", "Penilaian", state, f"{number} dari 2 penilai selesai menilai.")


def _decree(application: Application) -> Section:
    line = (
        DecreeLine.objects.filter(application=application.pk, decree__status="enacted").select_related("decree").last()
    )
    if line:
        said = f"{line.decree}, {dates.long(line.decree.signed_on)}: {rupiah.format(line.amount)}."
        return _later(application, "decree", "SK penetapan", OK, said)
    state = NEED if application.status == Status.NOMINATED else LATER
    return _later(application, "decree", "SK penetapan", state, "Belum ditetapkan.")


def _payment(application: Application) -> Section:
    balance = application.balance
    if balance.committed and balance.disbursed == balance.committed:
        return _later(
            application, "payment", "Penyaluran", OK, f"{rupiah.format(balance.disbursed)} sudah disalurkan semua."
        )
    said = f"{rupiah.format(balance.disbursed)} dari {rupiah.format(balance.committed)} disalurkan."
    return Section(
        "payment", "Penyaluran", NEED if balance.committed else LATER, said if balance.committed else "Belum."
    )


def _report(application: Application) -> Section:
    owed = list(Report.objects.owed().filter(application=application.pk))
    if owed:
        return _later(application, "report", "SPJ", NEED, f"Jatuh tempo {dates.long(owed[0].due_on)}.")
    done = Report.objects.filter(application=application.pk, status=Report.Status.APPROVED).exists()
    return _later(
        application, "report", "SPJ", OK if done else LATER, "Sudah disahkan." if done else "Sesudah uang disalurkan."
    )


def grouped(application: Application) -> dict[str, list[Section]]:
    """Missing, there and later, for the page."""
    found = sections(application)
    return {state: [one for one in found if one.state == state] for state in (NEED, OK, LATER)}


def headline(application: Application, parts: dict[str, list[Section]]) -> str:
    """What the page answers at a glance."""
    asked = f"{rupiah.format(application.requested)} diusulkan" if application.requested else "Nilai belum diisi"
    missing = len(parts[NEED])
    if application.status in DEAD:
        return f"{asked}; usulan ini berhenti: {application.get_status_display().lower()}"
    if not missing:
        return f"{asked}; {WAITING.get(application.status, 'tidak ada yang kurang sekarang')}"
    return f"{asked}; {missing} hal masih kurang {BEFORE.get(application.status, 'untuk langkah berikutnya')}"
