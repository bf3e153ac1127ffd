"""Complaints and suggestions of the demo, in each of their states, left through the public door like any other."""

import uuid

from monitoring.feedback.models import Feedback, FeedbackAnswer, FeedbackNote
from monitoring.feedback.moves import FEEDBACK
from monitoring.feedback.public import leave
from ppks.accounts.models import User
from ppks.kit.doors import PasserBy, entered

REPORTS = (  # kind, about, kab/kota, words, name, contact, how far it came
    (
        "complaint",
        "aid",
        3522,
        "Mesin jahit yang saya terima rusak sejak bulan lalu dan belum ada yang melihat.",
        "",
        "",
        "",
    ),
    (
        "suggestion",
        "aid",
        3522,
        "Pelatihan sebaiknya di balai desa, jangan selalu di kota.",
        "Bu Parti",
        "",
        "handling",
    ),
    ("data", "region", 3522, "Nama saya tertulis dua kali di daftar penerima.", "", "0812-1111-2222", "answered"),
    (
        "complaint",
        "region",
        3523,
        "Sudah tiga kali ke kantor, petugasnya tidak ada.",
        "Pak Darmo",
        "0813-3333-4444",
        "",
    ),
    ("suggestion", "province", None, "Mohon jadwal bazar diberitahukan lebih awal.", "", "", "closed"),
    (
        "deduction",
        "region",
        3524,
        "Uang bantuan saya dipotong seratus ribu, katanya untuk administrasi.",
        "",
        "",
        "handling",
    ),
    ("abuse", "upt", None, "Ada penghuni yang dipukul oleh pengurus asrama.", "", "0815-5555-6666", ""),
)
ANSWER = "Terima kasih. Laporan Ibu/Bapak sudah kami periksa dan datanya kami perbaiki minggu ini."


def make_feedback() -> None:
    """Once: the same words from the same form are the same report."""
    head = User.objects.with_reach().get(username="kepala")
    with entered(head, write=False):
        if Feedback.objects.exists():
            return
    with entered(PasserBy(), write=True):
        tickets = [_left(number, report) for number, report in enumerate(REPORTS)]
    with entered(head, write=True, command="demo"):
        for ticket, (*_, state) in zip(tickets, REPORTS, strict=True):
            _carry(Feedback.objects.visible_to(head).get(ticket=ticket), state, head)


def _left(number: int, report: tuple) -> str:
    kind, about, region, words, name, contact, _ = report
    given = {"kind": kind, "about": about, "region": region, "text": words, "name": name, "contact": contact}
    receipt = leave(given | {"wants_secrecy": False}, nonce=f"demo {number}", address=f"demo {number}")
    return receipt.ticket


def _carry(report: Feedback, state: str, by: User) -> None:
    """As far as it came."""
    if state:
        FEEDBACK.make("take", report, by=by)
    if state in {"answered", "closed"}:
        FeedbackNote.objects.create(feedback=report, text="Dicocokkan dengan daftar penerima.", by=by, key=uuid.uuid4())
        FeedbackAnswer.objects.create(feedback=report, text=ANSWER, by=by, key=uuid.uuid4())
        FEEDBACK.make("answer", report, by=by)
    if state == "closed":
        FEEDBACK.make("close", report, by=by)
