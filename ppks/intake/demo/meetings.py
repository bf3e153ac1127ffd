"""Two meetings of the demo: one that was held, with what was said and decided, and one that is being prepared."""

import uuid
from datetime import date, time, timedelta
from typing import Any

from monitoring.meetings.agenda import agenda, hold, kept
from monitoring.meetings.inviting import invite
from monitoring.meetings.minutes import close
from monitoring.meetings.models import AgendaItem, Decision, Input, Meeting, Participant
from monitoring.meetings.moves import DECISION
from ppks.accounts.models import User
from ppks.kit.doors import entered
from ppks.regions.models import Region

LED_BY, HELD_AGO, COMING = "provinsi", timedelta(days=62), timedelta(days=5)
INVITED = (3522, 3523, 3524, 3521)  # Bojonegoro and its neighbours
PEOPLE = (
    ("Rahmawati", "Dinas Sosial Provinsi Jawa Timur", None),
    ("Hendro Gunawan", "Dinas Sosial Provinsi Jawa Timur", None),
    ("Wahyu Pratomo", "Dinas Sosial Kab. Bojonegoro", 3522),
    ("Suyatno", "Dinas Koperasi dan UKM Kab. Bojonegoro", 3522),
    ("Lilik Handayani", "Dinas Sosial Kab. Tuban", 3523),
    ("Agus Prasetyo", "Balai Latihan Kerja Lamongan", 3524),
)
DECISIONS = (  # what, kab/kota, office, days after the meeting
    (
        "Menyediakan dua lapak di pasar Kamis untuk penerima bantuan usaha",
        3522,
        "Dinas Koperasi dan UKM Kab. Bojonegoro",
        30,
    ),
    ("Melatih pembukuan sederhana bagi usaha yang stagnan", None, "Balai Latihan Kerja Lamongan", 90),
    ("Mengunjungi ulang semua usaha yang menurun", 3522, "", 45),
    ("Mengajukan NIB bersama di Mal Pelayanan Publik", 3523, "DPMPTSP Kab. Tuban", 75),
)
INPUTS = (  # speaker, theme, about, words, outcome, decision, reason
    (3, "market", 3522, "Pembeli hanya tetangga; perlu tempat berjualan yang ramai.", "decided", 0, ""),
    (5, "skill", None, "Banyak penerima belum mencatat uang masuk dan keluar.", "decided", 1, ""),
    (2, "mentoring", 3522, "Petugas satu orang untuk semua kecamatan, kunjungan sering lewat.", "decided", 2, ""),
    (4, "permit", 3523, "Penerima tidak berani mengurus NIB sendiri.", "decided", 3, ""),
    (
        3,
        "capital",
        3522,
        "Usulan pinjaman tanpa bunga dari APBD.",
        "declined",
        None,
        "Belum ada dasar anggarannya tahun ini.",
    ),
    (
        2,
        "data",
        None,
        "Nomor telepon penerima banyak yang sudah mati.",
        "noted",
        None,
        "Diperbarui saat kunjungan berikutnya.",
    ),
)
SAID = (
    "Keluarga bersedia membantu menjaga usaha; petugas menghubungi lagi bulan depan.",
    "Alat rusak. Bengkel BLK bersedia memperbaiki tanpa biaya.",
    "Perlu tempat berjualan; lihat keputusan.",
)


def make_meetings(*, day: date) -> None:
    """Both meetings, unless there are any."""
    leader = User.objects.with_reach().get(username=LED_BY)
    officer = User.objects.get(username="bojonegoro")
    with entered(leader, write=True, command="demo"):
        if Meeting.objects.exists():
            return
        _held(leader, officer, day - HELD_AGO)
        coming = _announced("Rapat konsolidasi Bojonegoro dan sekitarnya", day + COMING, leader)
        AgendaItem.objects.create(
            meeting=coming, kind="sendiri", title="Jadwal pelatihan bersama BLK", text="Tanggal dan jumlah peserta."
        )
        for name, office, region in PEOPLE[:4]:
            Participant.objects.create(meeting=coming, name=name, office=office, region_id=region)


def _announced(title: str, on: date, by: User) -> Meeting:
    meeting = Meeting.objects.create(
        title=title,
        held_on=on,
        begins_at=time(9, 0),
        place="Aula Dinas Sosial Kab. Bojonegoro",
        scope=Meeting.Scope.REGIONS,
        by=by,
        key=uuid.uuid4(),
    )
    invite(meeting, Region.objects.filter(pk__in=INVITED))
    return Meeting.objects.get(pk=meeting.pk)


def _held(leader: User, officer: Any, day: date) -> None:
    meeting = _announced("Rapat konsolidasi wilayah barat", day, leader)
    people = [
        Participant.objects.create(meeting=meeting, name=name, office=office, region_id=region, attended=True)
        for name, office, region in PEOPLE
    ]
    inputs = [
        Input.objects.create(
            meeting=meeting,
            participant=people[speaker],
            theme=theme,
            region_id=region,
            text=words,
            by=leader,
            key=uuid.uuid4(),
        )
        for speaker, theme, region, words, *_ in INPUTS
    ]
    hold(meeting, leader, day)
    for line, words in zip(kept(agenda(meeting, leader, day)), SAID, strict=False):
        line.item.discussion = words
        line.item.save(update_fields=["discussion"])
    decisions = [
        Decision.objects.create(
            meeting=meeting,
            what=what,
            region_id=region,
            owner=None if office else officer,
            owner_office=office,
            due_on=day + timedelta(days=days),
            by=leader,
            key=uuid.uuid4(),
        )
        for what, region, office, days in DECISIONS
    ]
    _conclude(meeting, leader, day, inputs, decisions)


def _conclude(meeting: Meeting, leader: User, day: date, inputs: list[Input], decisions: list[Decision]) -> None:
    """What became of each input, closed minutes, and one decision that was carried out."""
    for one, (*_, outcome, number, reason) in zip(inputs, INPUTS, strict=True):
        one.outcome, one.outcome_reason = outcome, reason
        one.decision = None if number is None else decisions[number]
        one.save(update_fields=["outcome", "decision", "outcome_reason"])
    close(meeting, leader, day)
    done = Decision.objects.get(pk=decisions[2].pk)
    note = "Semua sudah dikunjungi; hasilnya tercatat di Pantau."
    DECISION.make("finish", done, by=leader, note=note, effective_on=day + timedelta(days=40))
