"""Measures every page and the floor by turns, so that what else the machine does hits both."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.serving import exchange, send

COUNTED = b"X-Count-Queries: 1\r\n"


@dataclass
class Page:
    """A page, asked for with these bytes; `busy` are the times under several connections. Milliseconds."""

    name: str
    request: bytes
    queries: int = 0
    kilobytes: float = 0.0
    alone: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def look(port: int, page: Page) -> None:
    """Once, to see that it answers, with how many queries and how much."""
    first, _, rest = page.request.partition(b"\r\n")
    answer = send(port, first + b"\r\n" + COUNTED + rest)
    if answer.status != 200:
        raise SystemExit(f"{page.name}: {answer.status}")
    page.queries, page.kilobytes = int(answer.headers["x-queries"][0]), len(answer.body) / 1024


def measure(port: int, floor: Page, pages: list[Page], *, seconds: float, at_once: int) -> None:
    """Fill in the times. Half of `seconds` alone, half with `at_once` connections; the floor goes before every page."""
    chance = random.Random(1)
    turn = min(0.7, seconds / 2 / len(pages))
    _rounds(pages, seconds / 2, chance, lambda page: _alone(port, floor, 4) or _alone(port, page, 4))
    _rounds(
        pages,
        seconds / 2,
        chance,
        lambda page: _busy(port, floor, at_once, turn / 2) or _busy(port, page, at_once, turn),
    )


def _rounds(pages: list[Page], seconds: float, chance: random.Random, work: Callable[[Page], None]) -> None:
    deadline = time.monotonic() + seconds
    order = pages.copy()
    while time.monotonic() < deadline:
        chance.shuffle(order)
        for page in order:
            work(page)


def _alone(port: int, page: Page, times: int) -> None:
    for _ in range(times):
        page.alone.append(_timed(port, page))


def _busy(port: int, page: Page, at_once: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds

    def ask() -> None:
        while time.monotonic() < deadline:
            page.busy.append(_timed(port, page))

    threads = [threading.Thread(target=ask) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _timed(port: int, page: Page) -> float:
    began = time.perf_counter()
    answer = exchange(port, page.request)
    took = (time.perf_counter() - began) * 1000
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{page.name}: {answer[:40]!r}")
    return took


def table(floor: Page, pages: Iterable[Page]) -> str:
    """Ratios first: p50 to the floor's p50, one connection."""
    lines = ["| x floor | page | p50 | p95 | p50 at 8 | p95 at 8 | queries | kB |", "|--:|:--|--:|--:|--:|--:|--:|--:|"]
    for page in (floor, *pages):
        alone, busy = (f"{median(times):.1f} | {quantiles(times, n=20)[-1]:.1f}" for times in (page.alone, page.busy))
        ratio = median(page.alone) / median(floor.alone)
        lines.append(f"| {ratio:.1f} | {page.name} | {alone} | {busy} | {page.queries} | {page.kilobytes:.0f} |")
    return "\n".join(lines)
