"""A list of many people read, compared and written as the desk's job does it, in a process of its own; then rolled back."""

import json
import re
import sys
import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

HEADINGS = (
    "NO", "NAMA", "NIK", "NO. KK", "L/P", "TEMPAT, TGL LAHIR", "ALAMAT", "KECAMATAN", "KAB/KOTA", "NO. HP", "JENIS PPKS",
    "ASAL UPT", "TAHUN KELUAR", "JENIS USAHA", "TAHUN BANTUAN", "BENTUK BANTUAN", "NILAI BANTUAN (Rp)", "OMZET AWAL",
    "OMZET SEKARANG", "LABA BERSIH/BLN", "TENAGA KERJA", "KONDISI USAHA", "KETERANGAN",
)  # fmt: skip


def workbook(rows: int) -> bytes:
    """So many people of all kab/kota, none of them known yet."""
    import xlsxwriter

    from ppks.regions.models import District

    places = [(d.code, d.name, str(d.region)) for d in District.objects.select_related("region")]
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("DATA")
    sheet.write_row(0, 0, ["DATA PENERIMA BANTUAN PER 26 AGUSTUS 2020"])
    sheet.write_row(2, 0, HEADINGS)
    for number in range(rows):
        code, district, region = places[number % len(places)]
        born, sex = date(1950, 1, 1) + timedelta(days=number % 18_000), "LP"[number % 2]
        nik = f"{code.replace('.', '')}{born.day + 40 * (sex == 'P'):02}{born:%m%y}{9_999 - number % 9_999:04}"
        cells = (number + 1, f"Orang Bangku {number % 9_973}", nik, f"35{number:014}", sex, f"Malang, {born:%d-%m-%Y}",
                 f"Dsn. Wetan RT {number % 30:02}", district, region, f"0812-{number % 9_000 + 1_000}-5933",
                 "Remaja putus sekolah", "UPT PSBR Blitar", 2011, "Menjahit", 2013, "barang", "Rp 2.500.000",
                 700_000 + number % 1_000, 860_000, 300_000, number % 5, "biasa saja", "modal kurang")  # fmt: skip
        sheet.write_row(3 + number, 0, cells)
    book.close()
    return target.getvalue()


def wide_workbook(rows: int, columns: int) -> bytes:
    """As many columns as nobody needs, every cell filled otherwise, and in every row a NIK that is none."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("DATA")
    known = ("NO", "NAMA", "NIK", "ALAMAT", "KECAMATAN", "KAB/KOTA")
    sheet.write_row(0, 0, [*known, *(f"CATATAN {column}" for column in range(len(known), columns))])
    for number in range(rows):
        told = (number + 1, f"Orang Bangku {number}", f"{number}", "Dsn. Wetan", "BALEN", "Kab. Bojonegoro")
        sheet.write_row(1 + number, 0, [*told, *(f"isi {number} {column}" for column in range(len(told), columns))])
    book.close()
    return target.getvalue()


def run(rows: int) -> dict[str, float]:
    import django

    django.setup()
    from django.db import transaction

    from ppks.accounts.models import User
    from ppks.intake.importing import few_collections, go_through
    from ppks.intake.planning import Planner
    from ppks.intake.reading import read
    from ppks.intake.words import vocabulary
    from ppks.intake.writing import Writer, add_up
    from ppks.kit.doors import entered

    user = User.objects.system()
    with transaction.atomic(), few_collections():
        with entered(user, write=True):
            content = workbook(rows)
            began = time.perf_counter()
            reading = read(content, vocabulary=vocabulary(), filename="daftar.xlsx")
            has_read = time.perf_counter()
            planner = Planner(reading, list_date=reading.list_date, user=user, lock=True)
            with Writer(name="daftar.xlsx", sha256="0" * 64, list_date=reading.list_date, by=user) as writer:
                counts = go_through(planner, writer=writer)
            add_up()
        ended = time.perf_counter()  # with the deferred checks of foreign keys
        transaction.set_rollback(True)
    assert counts == {"new": rows}, (counts, planner.problems[:3])
    peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024
    return {"rows": rows, "reading": has_read - began, "seconds": ended - began, "megabytes": peak}


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]))))
