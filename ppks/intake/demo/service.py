"""Web server and job worker of a demo, and its clock every hour: they end with SIGINT or SIGTERM, and with each other."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

from django.conf import settings

HOST = "127.0.0.1"
PATIENCE = 30  # seconds for the first answer, and for an orderly end
WORKER = ("manage.py", "db_worker", "--interval", "0.2", "--no-startup-delay")
TICK, EVERY = ("manage.py", "tick"), 3_600  # seconds


def _start(*arguments: str, **streams: int) -> subprocess.Popen:
    """A child in a session of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen([sys.executable, *arguments], cwd=settings.BASE_DIR, start_new_session=True, **streams)


class Clock:
    """Starts `tick` once it is due. Its end ends nothing; what it says of failures is on its own stderr."""

    def __init__(self):
        self.due, self.child = time.monotonic(), None

    def look(self) -> None:
        if time.monotonic() >= self.due and (self.child is None or self.child.poll() is not None):
            self.due, self.child = time.monotonic() + EVERY, _start(*TICK, stdout=subprocess.DEVNULL)


def serve(out) -> None:
    """Serve on PORT until told to stop; raises SystemExit with 1 when a part ends by itself."""
    port = os.environ.get("PORT", "8000")
    bound = ("--bind", f"{HOST}:{port}", "--workers", "2", "--timeout", "120")
    gunicorn = ("-m", "gunicorn", "ppks.wsgi", *bound, "--log-level", "warning")
    children = [_start(*gunicorn), _start(*WORKER)]
    clock, stopping = Clock(), []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    try:
        if _answers(f"http://{HOST}:{port}/healthz", children, stopping):
            out.write(f"Buka http://{HOST}:{port}/ (Ctrl-C untuk berhenti)")
            out.flush()
        while not stopping and all(child.poll() is None for child in children):
            clock.look()
            time.sleep(0.2)
    finally:
        _end([*children, *filter(None, [clock.child])])
    if not stopping:
        raise SystemExit(1)


def _answers(url: str, children: list[subprocess.Popen], stopping: list) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not stopping and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _end(children: list[subprocess.Popen]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
