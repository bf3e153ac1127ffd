"""Every step of an import that a person takes: upload, answer, decide, leave, try again, undo."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from clients.models import Person
from ppks.intake.desk.headings import remember
from ppks.intake.desk.jobs import read_upload, undo_upload, write_upload
from ppks.intake.desk.sealing import forget_old, seal
from ppks.intake.models import Import, Progress
from ppks.intake.stages import Stage
from ppks.kit import dates

MOST_SHOWN = 50
JOB = {Stage.READING: read_upload, Stage.WRITING: write_upload, Stage.UNDOING: undo_upload}
IMPORT = "intake_import"
CALLED = {
    IMPORT: "impor sesudahnya",
    "clients_person": "data orang diubah sesudahnya",
    "clients_personstep": "keadaan orang diubah",
    "clients_stay": "masa di UPT dicatat",
    "clients_category": "jenis PPKS dicatat atau ditutup",
    "clients_disability": "ragam disabilitas dicatat",
    "monitoring_business": "usaha dicatat atau diubah",
    "monitoring_listedfigure": "angka dari daftar lain",
    "monitoring_assessment": "usaha dinilai lagi",
    "grants_pastgrant": "bantuan menurut daftar lain",
    "grants_waiver": "pengecualian SPJ lewat waktu",
    "grants_decreeline": "nama di SK",
    "monitoring_draft": "draf kunjungan",
    "monitoring_upload": "foto yang baru diunggah",
    "monitoring_override": "keadaan usaha ditetapkan petugas",
    "meetings_agendaitem": "masuk agenda rapat",
    "plans_helpalert": "peringatan belum ada rencana",
    "independence_readiness": "keterangan kesiapan mandiri",
}


def upload(form: Any) -> Import:
    """Seal and keep the file, and ask for it to be read."""
    forget_old(form.user)
    content = form.cleaned_data["file"].read()
    listing = form.listing(hashlib.sha256(content).hexdigest())
    listing.upload = seal(content)
    listing.save(force_insert=True)
    Progress.objects.create(listing=listing)
    read_upload.enqueue(form.user.pk, listing.pk, listing.attempt)
    return listing


def go_on(listing: Import, user: Any, stage: str, *, was: str, **values: Any) -> bool:
    """Ask for the next job; False when somebody else has moved the import on meanwhile."""
    waiting = Import.objects.filter(pk=listing.pk, stage=was, attempt=listing.attempt)
    asked = {"stage": stage, "attempt": F("attempt") + 1, "asked_at": timezone.now(), "failure": ""}
    if not waiting.update(**asked, **values):
        return False
    Progress.objects.filter(listing=listing).update(started_at=None, phase="", done=0, total=0)
    JOB[stage].enqueue(user.pk, listing.pk, listing.attempt + 1)
    return True


def answer(listing: Import, form: Any, user: Any) -> bool:
    """Keep what was told, and read the list again with it."""
    remember(listing, form.told, user)
    given = {name: form.cleaned_data[name] for name in ("as_of", "region") if form.cleaned_data.get(name)}
    return go_on(listing, user, Stage.READING, was=listing.stage, **given)


def undo(listing: Import, user: Any, reason: str) -> bool:
    """Ask for the import to be taken back as a whole."""
    return go_on(listing, user, Stage.UNDOING, was=Stage.DONE, undo_reason=reason)


def keep(listing: Import) -> bool:
    """Give up taking it back, which no job does: the import stays as it is."""
    waiting = Import.objects.filter(pk=listing.pk, stage=Stage.UNDOING, attempt=listing.attempt)
    return bool(waiting.update(stage=Stage.DONE, undo_reason=""))


def leave(listing: Import) -> bool:
    """Give the import up: nothing of it is kept but that it was."""
    emptied = {"upload": None, "reading": None, "report": None, "rest": None}
    waiting = Import.objects.filter(pk=listing.pk, stage=listing.stage)
    return bool(waiting.update(stage=Stage.DROPPED, finished_at=timezone.now(), **emptied))


def earlier(listing: Import, user: Any) -> Import | None:
    """The import that brought the same file in before."""
    same = Import.objects.visible_to(user).light().filter(sha256=listing.sha256, kind=listing.kind, stage=Stage.DONE)
    return same.exclude(pk=listing.pk).prefetch_related("by").order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands on an import: what, of whom, and where it can be seen, unless it is out of reach."""

    label: str
    name: str = ""
    url: str = ""
    identity: int | None = None


def obstacles(listing: Import, user: Any) -> list[Obstacle]:
    """What was done since on the ground of this import; empty when it can be undone."""
    with connection.cursor() as cursor:
        cursor.execute("select * from stands_on_import(%s, %s)", [listing.source_id, MOST_SHOWN])
        rows = sorted(set(cursor.fetchall()), key=lambda row: (row[0], row[1]))
    people = Person.objects.visible_to(user).in_bulk({person for _, _, person in rows if person})
    imports = Import.objects.within_reach(user).light().in_bulk([key for table, key, _ in rows if table == IMPORT])
    found = (
        _obstacle(table, imports.get(key) if table == IMPORT else people.get(person)) for table, key, person in rows
    )
    return sorted(dict.fromkeys(found), key=lambda one: one.label != CALLED[IMPORT])


def _obstacle(table: str, whose: Person | Import | None) -> Obstacle:
    label = CALLED.get(table) or _verbose(table)
    if isinstance(whose, Import):
        day = dates.long(timezone.localtime(whose.finished_at, dates.JAKARTA))
        return Obstacle(label, f"{whose.name}, {day}", reverse("import_detail", args=[whose.pk]))
    if whose is None:
        return Obstacle(label, "di luar wilayah Anda")
    return Obstacle(label, whose.shown_name, reverse("person_detail", args=[whose.pk]), whose.identity_id)


def _verbose(table: str) -> str:
    models = {model._meta.db_table: model for model in apps.get_models()}
    return str(models[table]._meta.verbose_name) if table in models else "catatan lain"
