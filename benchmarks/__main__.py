"""`make bench`: one table, ratios first. `--people 2000 --visits 20000 --seconds 10` to try it out."""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
AT_ONCE = 8
IMPORTED = 20_000  # rows of a list
WIDE = (4_000, 500)  # rows and columns


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--visits", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=120, help="how long to measure pages")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--no-export", action="store_true")
    parser.add_argument("--no-import", action="store_true")
    return parser.parse_args()


def main() -> None:
    asked = options()
    os.environ.setdefault("PPKS_POSTGRES", str(PROJECT / ".postgres" / "bench"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    from ppks.postgres import embedded

    began = time.monotonic()
    with embedded():
        import django

        django.setup()
        from benchmarks.database import prepare

        prepare(asked.people, asked.visits, say)
        report(asked)
    say(f"{time.monotonic() - began:.0f} s in all")


def report(asked: argparse.Namespace) -> None:
    from django.db import connection

    from benchmarks.measuring import look, measure, table
    from benchmarks.pages import pages
    from benchmarks.serving import served

    port = _free_port()
    with served(port):
        floor, *others = pages(port, asked.people)
        others = [page for page in others if asked.only in page.name]
        if not others:
            raise SystemExit(f"No page is called anything like “{asked.only}”.")
        connection.close()
        for page in (floor, *others) * 3:  # warm: both workers have seen it
            look(port, page)
        measure(port, floor, others, seconds=asked.seconds, at_once=AT_ONCE)
        by_page = [] if asked.no_import else list(desk_lines(port))
    print(
        f"\n{asked.people:,} people, {asked.visits:,} visits; milliseconds, gunicorn with 2 workers, 1 and 8 connections\n"
    )
    print(table(floor, others))
    if not asked.no_export:
        print("\n" + export_line(asked.people))
    if not asked.no_import:
        print("\n" + "\n".join([import_line(), *by_page]))


def export_line(people: int) -> str:
    """Seconds, ratio to bare xlsxwriter, peak memory."""
    from benchmarks.exporting import MOST

    rows = min(people, MOST)
    ours = _in_its_own_process("exporting", "export", rows)
    bare = _in_its_own_process("exporting", "bare", rows, ours["columns"])
    return (
        f"export of {ours['rows']:,} x {ours['columns']}: {ours['seconds'] / bare['seconds']:.2f} x bare xlsxwriter"
        f" ({ours['seconds']:.1f} s to {bare['seconds']:.1f} s), peak {ours['megabytes']:.0f} MB"
        f" ({ours['before']:.0f} MB before it began; bare {bare['megabytes']:.0f} MB)"
    )


def import_line() -> str:
    """Rows a second of reading, comparing and writing together, and peak memory."""
    told = _in_its_own_process("importing", IMPORTED)
    return (
        f"import of {told['rows']:,} new people: {told['rows'] / told['seconds']:,.0f} rows a second"
        f" ({told['reading']:.1f} s of {told['seconds']:.1f} s to read), peak {told['megabytes']:.0f} MB"
    )


def desk_lines(port: int) -> Iterator[str]:
    """The same by page, and a list as wide as nobody needs whose every row has an error."""
    from django.db import connection

    from benchmarks import desk
    from benchmarks.importing import wide_workbook, workbook
    from ppks.kit.owner import as_owner

    with as_owner():
        people = workbook(IMPORTED)
    connection.close()
    yield desk.imported(port, people, IMPORTED)
    yield desk.refused(port, wide_workbook(*WIDE), "{:,} rows x {} columns".format(*WIDE))


def _in_its_own_process(module: str, *arguments: object) -> dict:
    command = [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
