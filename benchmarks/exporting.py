"""The list of people as a workbook against bare xlsxwriter writing as many cells of the same kinds; each in its own process."""

import json
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

MOST = 100_000


def export(rows: int) -> dict[str, float]:
    """The real thing, behind the door of the province: queries, masking, formats, REKAP."""
    import django

    django.setup()
    from django.http import QueryDict

    from ppks.accounts.models import User
    from ppks.kit import dates
    from ppks.kit.doors import entered
    from ppks.kit.exporting import write_xlsx
    from ppks.kit.listing import Asked
    from ppks.kit.sheets import no_subjects, sheets

    before = _megabytes()
    began = time.perf_counter()
    user = User.objects.with_reach().get(username="provinsi")
    with entered(user, write=False), tempfile.TemporaryFile() as target:
        sheet = sheets()["klien"]
        listing = sheet.listing(Asked(user, QueryDict("")), dates.today())
        listing.rows = listing.rows.filter(pk__lte=rows)
        book = sheet.book(listing, no_subjects())
        count = write_xlsx(book, target)
    return _told(began) | {"before": before, "rows": count, "columns": len(book.columns)}


def bare(rows: int, columns: int) -> dict[str, float]:
    """xlsxwriter with `constant_memory` and nothing around it."""
    import xlsxwriter

    began = time.perf_counter()
    with tempfile.TemporaryFile() as target:
        options = {"constant_memory": True, "default_date_format": "dd-mm-yyyy"}
        workbook = xlsxwriter.Workbook(target, options)
        sheet = workbook.add_worksheet()
        kinds = ("Siti Suriwa Nodima", "3522********0001", 1_250_000, "Kab. Bojonegoro", date(2026, 8, 26), "Eks klien")
        row = (kinds * columns)[:columns]
        for number in range(rows):
            for column, cell in enumerate(row):
                sheet.write(number, column, cell)
        workbook.close()
    return _told(began)


def _told(began: float) -> dict[str, float]:
    return {"seconds": time.perf_counter() - began, "megabytes": _megabytes()}


def _megabytes() -> float:
    """The most this program held; `ru_maxrss` would begin with what its parent held."""
    told = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", told)[1]) / 1024


if __name__ == "__main__":
    kind, *numbers = sys.argv[1:]
    print(json.dumps({"export": export, "bare": bare}[kind](*map(int, numbers))))
