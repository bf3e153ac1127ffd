"""The treasurer's own list of SP2D against what is recorded here: four answers, and nothing changes."""

from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from grants.models import PaymentOrder
from ppks.intake.container import NotReadable
from ppks.intake.reconciling import Listed, compare, read
from ppks.kit import dates
from tests import granting
from tests.grants import crowd
from tests.people import BOJONEGORO

URL = "/hibah/salur/cocokkan/"
CSV = b"DAFTAR SP2D;;\nNo;Nomor SP2D;Tanggal SP2D;Nilai\n1;00001/LS;1/1/2026;1.000.000\n2;00002/ls ;2/1/2026;Rp 2.500.000\n"


def workbook(*rows: tuple) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target)
    sheet = book.add_worksheet()
    for number, row in enumerate([("Tgl SP2D", "No. SP2D", "Jumlah (Rp)"), *rows]):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


def test_a_csv_and_a_workbook_say_the_same():
    asked = [(one.number, one.amount) for one in read(CSV, "kas.csv")]
    told = [
        (one.number, one.amount)
        for one in read(workbook(("x", "00001/LS", 400_000), ("x", "00001/ls", 600_000)), "k.xlsx")
    ]

    assert asked == [("00001/LS", 1_000_000), ("00002/ls", 2_500_000)]
    assert told == [("00001/LS", 1_000_000)]


def test_a_file_without_the_two_columns_says_what_it_needs():
    with pytest.raises(NotReadable, match="Nomor SP2D"):
        read(b"a;b\n1;2\n", "kas.csv")


def test_every_number_gets_one_of_the_answers():
    listed = [Listed("A", 1, (2,)), Listed("B", 2, (3,)), Listed("C", 3, (4,)), Listed("E", 0, (5,), "baris 5: rusak")]

    found = {one.number: one.state for one in compare(listed, {"a ": (1, 1), "B": (2, 9), "D": (3, 4)})}

    assert found == {"A": "same", "B": "differs", "C": "only_listed", "D": "only_here", "E": "problem"}


@pytest.mark.django_db
def test_the_page_compares_and_changes_nothing(browse, treasurer):
    call = granting.call(granting.allocation().line)
    (person,) = crowd.enacted(crowd.drafted(crowd.nominated(call, 1, [BOJONEGORO])))
    order = crowd.paid(person).order
    listed = f"Nomor SP2D;Nilai\n{order.number};1.000.000\n99999/LS;5\n".encode()

    page = browse(treasurer).post(URL, {"file": SimpleUploadedFile("kas.csv", listed), "year": dates.today().year})

    assert [(row.state, row.listed, row.here) for row in page.context["rows"]] == [
        ("only_listed", 5, None),
        ("same", 1_000_000, 1_000_000),
    ]
    assert PaymentOrder.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04x", b"<html>", b"%PDF-1.7"])
def test_what_is_no_list_is_answered_with_a_sentence(browse, treasurer, content):
    answer = browse(treasurer).post(URL, {"file": SimpleUploadedFile("kas.xlsx", content), "year": 2026})

    assert answer.status_code == 422
