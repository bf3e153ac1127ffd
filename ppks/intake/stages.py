"""The stages of an import, and which may follow which: facts about a job and a file, not a person's status."""

from enum import nonmember

import pgtrigger
from django.db import models

RECIPIENTS, DECILES, OTHER_AID = "recipients", "deciles", "other_aid"
KINDS = [
    (RECIPIENTS, "Daftar penerima"),
    (DECILES, "Desil (DTSEN)"),
    (OTHER_AID, "Bantuan lain yang diterima"),
]


class Stage(models.TextChoices):
    READING = "reading", "Sedang dibaca"
    PREVIEW = "preview", "Menunggu keputusan"
    UNREADABLE = "unreadable", "Tidak terbaca"
    WRITING = "writing", "Sedang disimpan"
    DONE = "done", "Selesai"
    NOTHING = "nothing", "Tidak ada yang baru"
    DROPPED = "dropped", "Ditinggalkan"
    UNDOING = "undoing", "Sedang dibatalkan"
    UNDONE = "undone", "Dibatalkan"

    working = nonmember(frozenset({"reading", "writing", "undoing"}))
    settled = nonmember(frozenset({"done", "nothing", "dropped", "undoing", "undone"}))  # what becomes of the list


STAGES = Stage.choices


class Choice(models.TextChoices):
    ALL = "all", "Impor semua"
    FAULTLESS = "faultless", "Impor hanya baris tanpa kesalahan"


_FOLLOWS = {
    Stage.READING: (Stage.PREVIEW, Stage.UNREADABLE, Stage.NOTHING, Stage.DROPPED),
    Stage.UNREADABLE: (Stage.READING, Stage.DROPPED),
    Stage.PREVIEW: (Stage.READING, Stage.WRITING, Stage.DROPPED),
    Stage.WRITING: (Stage.DONE, Stage.NOTHING, Stage.PREVIEW, Stage.DROPPED),
    Stage.DONE: (Stage.UNDOING,),
    Stage.UNDOING: (Stage.UNDONE, Stage.DONE),
}


def stage_trigger() -> pgtrigger.Trigger:
    """The database lets an import take no other step than these."""
    return pgtrigger.FSM(
        name="stage_follows_its_table",
        field="stage",
        transitions=[(before.value, after.value) for before, afters in _FOLLOWS.items() for after in afters],
    )
