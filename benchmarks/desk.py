"""Lists by page, as an office sends them: how soon the request returns, what is seen of the job, its speed and its memory."""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from benchmarks.serving import Answer, Visitor, send
from ppks.intake.demo.service import WORKER
from ppks.intake.demo.users import PASSWORD

EVERY = 0.25  # seconds between two looks at a job
PATIENCE = 600
STARTED = b"Starting worker"
REASON = "Impor bangku ukur, diambil kembali."
PROGRESS = re.compile(rb'<progress[^>]* value="(\d+)"')


@dataclass
class Worker:
    """The process that does the jobs; `most` is the most memory that it and its parser held together, in MB."""

    process: subprocess.Popen
    most: float = 0.0
    is_watched: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.is_watched.wait(0.03):
            self.most = max(self.most, sum(map(_held, _family(self.process.pid))) / 1024)


@contextmanager
def working() -> Iterator[Worker]:
    """A worker as the demo starts it, while the block runs; it is up before the block begins, as it is on any day."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    with tempfile.TemporaryFile("w+b") as said:
        command = [sys.executable, *WORKER]
        worker = Worker(subprocess.Popen(command, env=environment, start_new_session=True, stdout=said, stderr=said))
        watcher = threading.Thread(target=worker.watch)
        watcher.start()
        try:
            _wait_for(STARTED, said)
            yield worker
        finally:
            worker.is_watched.set()
            watcher.join()
            worker.process.terminate()
            worker.process.wait(60)


def _wait_for(words: bytes, said: BinaryIO) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if words in os.pread(said.fileno(), 1 << 16, 0):
            return
        time.sleep(EVERY)
    raise SystemExit("The worker did not start.")


def _family(pid: int) -> Iterator[int]:
    yield pid
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = told.read_text().split()
        except OSError:  # ended meanwhile
            continue
        for child in children:
            yield from _family(int(child))


def _held(pid: int) -> int:
    """Kilobytes, what is shared counted by shares."""
    try:
        return int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1])
    except (OSError, TypeError):
        return 0


class Desk:
    """Somebody of the province at the import desk."""

    def __init__(self, port: int):
        self.port, self.visitor = port, Visitor(port)
        self.visitor.log_in("provinsi", PASSWORD)

    def upload(self, content: bytes) -> tuple[str, float]:
        """The import's address, and the seconds until the answer."""
        began = time.perf_counter()
        answer = send(self.port, self.visitor.upload("/klien/impor/", "daftar.xlsx", content, kind="recipients"))
        if answer.status != 302:
            raise SystemExit(f"The upload was refused: {answer.status}")
        return answer.headers["location"][0], time.perf_counter() - began

    def follow(self, address: str) -> tuple[float, set[int]]:
        """The seconds until the job has ended, and every percentage that the page showed."""
        began, seen = time.perf_counter(), set()
        while time.perf_counter() - began < PATIENCE:
            answer = self.look(f"{address}kemajuan/")
            if "hx-refresh" in answer.headers:
                return time.perf_counter() - began, seen
            seen.update(map(int, PROGRESS.findall(answer.body)))
            time.sleep(EVERY)
        raise SystemExit("The import has not ended.")

    def look(self, path: str) -> Answer:
        return send(self.port, self.visitor.get(path))

    def post(self, path: str, **values: str) -> None:
        if (answer := send(self.port, self.visitor.post(path, **values))).status != 302:
            raise SystemExit(f"{path}: {answer.status}")


def imported(port: int, content: bytes, rows: int) -> str:
    """A list of new people, all of it written, then undone."""
    desk = Desk(port)
    with working() as worker:
        address, request = desk.upload(content)
        reading, seen = desk.follow(address)
        desk.post(f"{address}simpan/all/")
        writing, more = desk.follow(address)
        if b"Selesai" not in desk.look(address).body:
            raise SystemExit("The import did not succeed.")
        desk.post(f"{address}batalkan/", reason=REASON)
        undone, _ = desk.follow(address)
    return (
        f"{rows:,} people by page: request {request:.1f} s, preview after {reading:.1f} s, written {writing:.1f} s later"
        f" ({rows / (reading + writing):,.0f} rows a second in all), {len(seen)} + {len(more)} steps of progress seen,"
        f" worker and parser {worker.most:.0f} MB, undone in {undone:.1f} s"
    )


def refused(port: int, content: bytes, name: str) -> str:
    """A list whose every row has an error: read, shown, and left."""
    desk = Desk(port)
    with working() as worker:
        address, request = desk.upload(content)
        reading, _ = desk.follow(address)
    desk.post(f"{address}tinggalkan/")
    return f"{name} by page: request {request:.1f} s, preview after {reading:.1f} s, worker and parser {worker.most:.0f} MB"
