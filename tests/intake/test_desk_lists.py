"""Deciles and other aid by the same desk: facts for people who are known, and nobody made."""

from datetime import date

import pytest

from clients.models import Decile, Person
from grants.models import OtherAid
from ppks.intake.desk.sealing import report_of
from ppks.intake.stages import Stage
from tests.intake.desk import changed_since, decided, dump, run_jobs, uploaded
from tests.intake.lists import book
from tests.office import OfficeBrowser

pytestmark = pytest.mark.django_db

NGATINI, MARSINAH, UNKNOWN = "3522015708720001", "3523026304800003", "3522015708720009"
DECILES = [
    ["DATA DESIL DTSEN PER 1 OKTOBER 2026"],
    [],
    ["NO", "NIK", "NAMA", "DESIL NASIONAL", "TANGGAL PENETAPAN"],
]
AID = [
    ["PENERIMA BANSOS"],
    ["NIK", "NAMA", "NAMA PROGRAM", "TAHUN", "TGL SALUR", "NILAI (Rp)", "INSTANSI PEMBERI"],
    [NGATINI, "Ngatini", "PKH", 2025.0, "", "Rp 750.000", "Kemensos"],
    [NGATINI, "Ngatini", "BPNT", "", "12/03/2026", 200000.0, ""],
    [],
    ["Bojonegoro, 1 Oktober 2026"],
]


@pytest.fixture
def desk(province):
    return OfficeBrowser(province)


def deciles(*rows: list) -> bytes:
    return book([*DECILES, *rows])


def problems(listing) -> list[tuple]:
    return [(cell, message) for _, cell, _, message in report_of(listing)["problems"]]


def test_deciles_come_in_once_and_are_shown(desk, ngatini):
    content = deciles([1.0, NGATINI, "Ngatini", "Desil 3", date(2026, 9, 1)])

    listing = decided(desk, uploaded(desk, content, kind="deciles"))

    assert (listing.stage, listing.changed) == (Stage.DONE, 1)
    assert list(Decile.objects.values_list("person", "dataset", "decile", "as_of")) == [
        (ngatini.pk, "DTSEN", 3, date(2026, 9, 1))
    ]
    shown = desk.get(f"/klien/{ngatini.pk}/").content.decode()
    assert "3 (DTSEN, 1 Sep 2026)" in shown
    assert "Desil 3 menurut DTSEN" in shown
    assert uploaded(desk, content, kind="deciles").stage == Stage.NOTHING


def test_who_is_unknown_is_listed_and_not_made(desk, ngatini):
    rows = [
        [1.0, NGATINI, "Ngatini", 3.0, ""],
        [2.0, UNKNOWN, "Siapa", 4.0, ""],
        [3.0, NGATINI[:15], "Salah", 4.0, ""],
        [4.0, "", "Tanpa", 11.0, ""],
    ]
    listing = uploaded(desk, deciles(*rows), kind="deciles")

    assert [cell for cell, _ in problems(listing)] == ["B6", "B7", "D7", "B5"]
    assert "belum terdaftar sebagai klien" in problems(listing)[-1][1]
    decided(desk, listing, "faultless")
    assert (Decile.objects.count(), Person.objects.count()) == (1, 1)
    assert Decile.objects.get().as_of == date(2026, 10, 1)


def test_an_officer_learns_only_that_somebody_is_registered_elsewhere(officer, ngatini, marsinah):
    browser = OfficeBrowser(officer)

    listing = uploaded(browser, deciles([1.0, MARSINAH, "", 2.0, ""]), kind="deciles")

    assert problems(listing) == [("B4", "NIK ini sudah terdaftar di kab/kota lain; minta alih wilayah.")]


def test_other_aid_comes_in_once_and_is_shown(desk, ngatini):
    listing = decided(desk, uploaded(desk, book(AID), kind="other_aid"))

    assert (listing.stage, listing.errors) == (Stage.DONE, 0)
    assert list(OtherAid.objects.values_list("programme", "year", "given_on", "amount", "giver")) == [
        ("BPNT", 2026, date(2026, 3, 12), 200000, ""),
        ("PKH", 2025, None, 750000, "Kemensos"),
    ]
    assert "Kemensos" in desk.get(f"/klien/{ngatini.pk}/hibah/").content.decode()
    assert "Menerima PKH" in desk.get(f"/klien/{ngatini.pk}/riwayat/").content.decode()
    assert uploaded(desk, book(AID), kind="other_aid").stage == Stage.NOTHING


def test_they_are_undone_like_any_other(desk, ngatini):
    before = dump()
    listing = decided(desk, uploaded(desk, book(AID), kind="other_aid"))

    desk.post(f"/klien/impor/{listing.pk}/batalkan/", {"reason": "Daftar milik kantor lain."})
    run_jobs()

    assert changed_since(before) == {}


def test_a_list_of_another_kind_says_which_columns_it_needs(desk):
    listing = uploaded(desk, book(AID), kind="deciles")

    assert listing.stage == Stage.UNREADABLE
    assert "“NIK” dan “DESIL”" in listing.failure
