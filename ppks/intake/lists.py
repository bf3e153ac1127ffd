"""The kinds of lists that the desk takes: how each is read and compared, and what its columns are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from ppks.intake.about_people import Spec, read_facts
from ppks.intake.facts import AID, DECILE, FactPlanner
from ppks.intake.planning import Planner
from ppks.intake.reading import read_sheets
from ppks.intake.results import Reading
from ppks.intake.stages import DECILES, OTHER_AID, RECIPIENTS
from ppks.intake.words import vocabulary
from ppks.intake.workbook import Sheet

RECIPIENT_FIELDS = {
    "name": "Nama",
    "nik": "NIK",
    "kk": "Nomor KK",
    "sex": "Jenis kelamin (L/P)",
    "birth": "Tempat dan tanggal lahir",
    "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir",
    "address": "Alamat",
    "hamlet": "Dusun atau jalan",
    "rt": "RT",
    "rw": "RW",
    "rt_rw": "RT/RW",
    "village": "Desa/kelurahan",
    "district": "Kecamatan",
    "region": "Kab/kota",
    "phone": "Telepon",
    "ppks": "Jenis PPKS",
    "disability": "Ragam disabilitas",
    "institution": "UPT asal",
    "left_year": "Tahun keluar dari UPT",
    "trade": "Jenis usaha",
    "aid_year": "Tahun bantuan",
    "aid_form": "Bentuk bantuan",
    "aid_value": "Nilai bantuan (Rp)",
    "turnover_before": "Omzet awal",
    "turnover_now": "Omzet sekarang",
    "profit": "Laba bersih",
    "workers": "Tenaga kerja",
    "condition": "Kondisi usaha",
    "note": "Keterangan",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """`read(sheets, mapping=…, own_region=…, as_of=…)` gives a Reading, `planner(reading, …)` compares it.

    `fields` are what a heading may be said to mean; `asks_region` when rows may need the region that they do not name.
    """

    code: str
    label: str
    about: str
    read: Callable[..., Reading]
    planner: Callable[..., Any]
    fields: Mapping[str, str]
    asks_region: bool = False


def _recipients(sheets: list[Sheet], **how: Any) -> Reading:
    return read_sheets(sheets, vocabulary=vocabulary(), **how)


def _facts(spec: Spec) -> tuple[Callable[..., Reading], Callable[..., FactPlanner], Mapping[str, str]]:
    def read(sheets: list[Sheet], *, own_region: str | None = None, **how: Any) -> Reading:
        return read_facts(sheets, spec, **how)

    return read, partial(FactPlanner, spec=spec), spec.labels


KIND = {
    kind.code: kind
    for kind in (
        Kind(
            RECIPIENTS,
            "Daftar penerima",
            "Nama, NIK, alamat, jenis PPKS, usaha, bantuan, omzet. Judul kolom bebas.",
            _recipients,
            Planner,
            RECIPIENT_FIELDS,
            asks_region=True,
        ),
        Kind(
            DECILES,
            "Desil (DTSEN)",
            "NIK dan desil 1–10, boleh dengan nama himpunan data dan tanggalnya.",
            *_facts(DECILE),
        ),
        Kind(
            OTHER_AID,
            "Bantuan lain yang diterima",
            "NIK dan program (PKH, BPNT, BLT, …), boleh dengan tahun atau tanggal, nilai, dan pemberi.",
            *_facts(AID),
        ),
    )
}
