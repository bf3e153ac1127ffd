"""Web server and job worker of a demo: they end with SIGINT or SIGTERM, and with each other."""

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
WORKER = ("manage.py", "db_worker", "--interval", "1", "--no-startup-delay")


def _start(*arguments: str) -> subprocess.Popen:
    """A child in a session of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen([sys.executable, *arguments], cwd=settings.BASE_DIR, start_new_session=True)


def serve(out) -> None:
    """Serve on PORT until told to stop; raises SystemExit with 1 when a part ends by itself."""
    port = os.environ.get("PORT", "8000")
    gunicorn = ("-m", "gunicorn", "ppks.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--log-level", "warning")
    children = [_start(*gunicorn), _start(*WORKER)]
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    try:
        if _answers(f"http://{HOST}:{port}/healthz", children, stopping):
            out.write(f"Buka http://{HOST}:{port}/ (Ctrl-C untuk berhenti)")
            out.flush()
        while not stopping and all(child.poll() is None for child in children):
            time.sleep(0.2)
    finally:
        _end(children)
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
