"""Runs the tests as `make` names them: `all`, `fast`, `soak` or `postgres`; says loudly when the browser is left out."""

import os
import shutil
import subprocess
import sys

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
IN_PARALLEL = ("-n2", "--dist", "loadgroup")
BY_FILE = ("-n2", "--dist", "loadfile")  # what a module's tests share is made once; no file here takes long
MISSING = (
    "\n*** Chromium tidak ditemukan: tes peramban TIDAK dijalankan. ***\n"
    "*** Chromium was not found: the browser tests were LEFT OUT. ***\n"
)
NO_OFFICE = (
    "\n*** LibreOffice (soffice) tidak ditemukan: tes yang membukanya dilewati. ***\n"
    "*** LibreOffice was not found: the tests that open files in it are skipped. ***\n"
)


def chromium() -> str | None:
    """The browser's path: CHROMIUM names one, else the first found."""
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM)), None)


def pytest(which: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "pytest", "-m", which, *arguments], check=False).returncode


def run(kind: str) -> int:
    """The exit code of pytest for one kind of run."""
    match kind:
        case "fast":
            return pytest("not browser and not faults and not soak and not long", *BY_FILE)
        case "soak":
            os.environ["SOAK"] = "1"
            return pytest("soak or faults")
        case "postgres":
            return pytest("database_sensitive", *IN_PARALLEL)
    if shutil.which("soffice") is None:
        print(NO_OFFICE, flush=True)
    if chromium():
        return pytest("not soak", *IN_PARALLEL)
    print(MISSING, flush=True)
    return 1 if os.environ.get("REQUIRE_BROWSER") == "1" else pytest("not soak and not browser", *IN_PARALLEL)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1]))
