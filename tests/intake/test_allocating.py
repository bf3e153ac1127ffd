"""Allocations from a workbook: read by name, refused as a whole when a row is unclear, shown before they are stored."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.budget.changing import allocated
from grants.models import AllocationChange
from ppks.intake.allocating import read
from ppks.intake.container import NotReadable
from ppks.intake.vocabulary import Places, Region
from tests import granting
from tests.granting import MILLION
from tests.people import BOJONEGORO, LAMONGAN, TUBAN

PLACES = Places(
    regions={
        code: Region(code, kind, name)
        for code, kind, name in (
            ("35.22", "kabupaten", "Bojonegoro"),
            ("35.23", "kabupaten", "Tuban"),
            ("35.19", "kabupaten", "Madiun"),
            ("35.77", "kota", "Madiun"),
        )
    }
)
CSV = b"ALOKASI HIBAH 2026;;\nNo;Kab/Kota;Alokasi (Rp)\n1;Kab. Bojonegoro;9.000.000\n2;TUBAN;Rp 3.000.000\n;JUMLAH;12.000.000\n"


def workbook(*rows: tuple) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate([("Nomor", "Kabupaten/Kota", "Jumlah"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def test_a_csv_and_a_workbook_say_the_same():
    told = read(workbook((1, "Bojonegoro", 9_000_000), (2, "Kabupaten Tuban", 3_000_000)), "a.xlsx", PLACES)

    assert read(CSV, "a.csv", PLACES).amounts == told.amounts == {"35.22": 9_000_000, "35.23": 3_000_000}
    assert told.problems == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("Bojonegara", 1), "Baris 3, “Bojonegara”: bukan nama kab/kota di Jawa Timur."),
        (
            ("Madiun", 1),
            "Baris 3, “Madiun”: ada kabupaten dan kota dengan nama itu; tulis “Kab.” atau “Kota” di depannya.",
        ),
        (("Kab. Tuban", 1), "Baris 3, “Kab. Tuban”: kab/kota ini sudah ada di baris 2."),
    ],
)
def test_a_row_that_is_unclear_is_said(row, sentence):
    listed = read(workbook((1, "Tuban", 5), (2, *row)), "a.xlsx", PLACES)

    assert listed.problems == [sentence]


@pytest.mark.parametrize("cell", ["banyak", "-5", "1,5"])
def test_an_amount_that_is_none_is_said(cell):
    listed = read(workbook((1, "Tuban", cell)), "a.xlsx", PLACES)

    assert [problem.startswith("Baris 2, “Tuban”: ") for problem in listed.problems] == [True]
    assert listed.amounts == {}


@pytest.mark.parametrize(("content", "sentence"), [(b"a;b\n1;2\n", "Beri judul"), (b"Kab/Kota;Alokasi\n", "Tidak ada")])
def test_a_file_without_columns_or_rows_says_what_it_needs(content, sentence):
    with pytest.raises(NotReadable, match=sentence):
        read(content, "a.csv", PLACES)


@pytest.fixture
def line(db):
    made = granting.line(ceiling=20 * MILLION)
    granting.allocation(made, amount=2 * MILLION, region=LAMONGAN)
    granting.allocation(made, amount=MILLION, region=TUBAN)
    return made


def upload(browse, pptk, line, content: bytes, name: str = "alokasi.csv"):
    sent = {"file": SimpleUploadedFile(name, content), "document": "SK kuota 3", "reason": "Pembagian awal"}
    return browse(pptk).post(f"/anggaran/mata/{line.pk}/alokasi/unggah/", sent)


@pytest.mark.django_db
def test_the_list_is_shown_first_and_stored_by_the_check_page_once(browse, pptk, line):
    shown = upload(browse, pptk, line, CSV)
    before = allocated(line)
    page = shown.context
    answers = dict(page["answers"])
    stored = [browse(pptk).post(page["action"], answers | {"step": "store"}) for _ in range(2)]

    assert shown.status_code == 200
    assert before == {LAMONGAN: 2 * MILLION, TUBAN: MILLION}
    assert [(row["label"], row["before"], row["after"]) for row in page["rows"]] == [
        ("Kab. Bojonegoro", 0, 9 * MILLION),
        ("Kab. Tuban", MILLION, 3 * MILLION),
    ]
    assert [answer.status_code for answer in stored] == [302, 302]
    assert allocated(line) == {LAMONGAN: 2 * MILLION, TUBAN: 3 * MILLION, BOJONEGORO: 9 * MILLION}
    assert AllocationChange.objects.filter(document="SK kuota 3").count() == 2


@pytest.mark.django_db
def test_more_than_the_ceiling_cannot_be_stored(browse, pptk, line):
    page = upload(browse, pptk, line, b"Kab/Kota;Alokasi\nTuban;19.000.000\n").content.decode()

    assert "Jumlah alokasi melebihi pagu" in page
    assert "Simpan perubahan" not in page


@pytest.mark.django_db
def test_a_list_with_an_unclear_row_changes_nothing(browse, pptk, line):
    answer = upload(browse, pptk, line, CSV.replace(b"TUBAN", b"Tubann"))

    assert answer.status_code == 422
    assert "Baris 4, “Tubann”: bukan nama kab/kota di Jawa Timur." in answer.content.decode()
    assert allocated(line) == {LAMONGAN: 2 * MILLION, TUBAN: MILLION}


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04x", b"<html>", b"%PDF-1.7", b""])
def test_what_is_no_list_is_answered_with_a_sentence(browse, pptk, line, content):
    assert upload(browse, pptk, line, content, "alokasi.xlsx").status_code == 422
